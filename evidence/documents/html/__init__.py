"""Article pages in HTML: blocks and tables, what stands around them, what is hidden."""
