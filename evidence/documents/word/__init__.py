"""Word documents: runs of text, tables, notes."""
