"""Articles in XML: JATS and what it descends from, and the dialects of publishers."""
