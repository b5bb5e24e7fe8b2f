"""The commands that run the service, by subject. What is slow to import is imported inside them."""
