"""From the evidence to a profile that may be published, and to what stays inside beside it."""
