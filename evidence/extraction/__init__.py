"""From a document to series."""
