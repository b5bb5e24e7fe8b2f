"""Notes: writing them, losing nothing, and taking out what names somebody."""
