"""A review folder as one object."""

from evidence.review.review import Review

__all__ = ["Review"]
