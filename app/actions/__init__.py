"""What a council does after a brief, and what became of it."""
