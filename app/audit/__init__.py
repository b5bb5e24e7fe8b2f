"""Who did what: an append-only log of what signed-in people change."""
