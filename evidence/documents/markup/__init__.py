"""What XML and HTML share: text as runs, rows and cells of a table, its heads."""
