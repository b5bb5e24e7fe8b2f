"""Sending mail: written down with what caused it, sent when that is kept."""
