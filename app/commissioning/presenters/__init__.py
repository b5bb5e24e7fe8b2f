"""Authorities and diagnostics in words and rows."""
