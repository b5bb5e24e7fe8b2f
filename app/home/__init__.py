"""Where people arrive: what waits for them, and the pages about the service."""
