"""Pages: a file a group of pages. What a module here makes with `page` or `action` is found, and is there."""
