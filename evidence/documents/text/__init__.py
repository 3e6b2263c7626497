"""Text files: tables whose columns stand as gaps or drawn lines, and tables that lost them."""

from evidence.documents.text.read import read_text

__all__ = ["read_text"]
