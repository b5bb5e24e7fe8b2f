"""The fieldwork plan: so many interviews, observations and documents, and with whom."""
