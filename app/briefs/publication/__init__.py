"""Signing, publishing and reading a brief, and sharing it."""
