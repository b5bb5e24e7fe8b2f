"""What changes accounts: joining, signing in, recovering, roles, leaving."""
