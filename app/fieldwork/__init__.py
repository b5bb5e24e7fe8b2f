"""Fieldwork: interviews, observations, documents and data, with their notes, ratings and quotes."""
