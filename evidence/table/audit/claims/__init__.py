"""Claims in the prose of a paper against its own tables."""
