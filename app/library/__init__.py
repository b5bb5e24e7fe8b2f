"""The evidence library: what others have found out, and what to do with it."""
