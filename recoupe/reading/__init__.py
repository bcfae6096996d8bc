"""Article -> Reading: one file a thing that is read."""
