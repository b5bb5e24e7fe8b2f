"""What became of the plan in a quarter, for a scrutiny committee."""
