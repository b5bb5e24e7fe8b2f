"""Ratings, blind where two rate, and what they rest on: signs, criteria, figures."""
