"""Quotes: from a note to a brief, by two people."""
