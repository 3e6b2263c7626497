"""Borderless tables, columns and reading order from glyphs, rules and shades alone.

Nothing here knows a file format: PDF pages and OCR results both arrive as ``RawPage``.
"""
