"""One rule per function, each with a code."""
