"""Language-neutral text work, without knowledge of news."""
