"""One module per command: a few lines over ``Review`` and the rooms below."""
