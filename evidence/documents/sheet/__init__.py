"""Tables that come as sheets: delimited text and Excel workbooks."""
