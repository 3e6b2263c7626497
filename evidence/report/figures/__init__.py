"""The figures of the report: a picture, and the table that says the same, one module a kind."""
