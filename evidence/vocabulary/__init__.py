"""Word lists of the field and their loader."""
