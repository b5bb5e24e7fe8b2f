"""Invitations: the list of addresses, what goes to it and when. It never learns who has answered."""
