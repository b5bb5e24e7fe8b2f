"""Launching, watching and ending a survey: the pages for those who run it, and for its custodians."""
