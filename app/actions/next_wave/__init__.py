"""What changed since the last wave, and what became of the plan between the two."""
