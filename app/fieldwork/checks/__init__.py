"""What to put right, or to know, before the fieldwork is analysed."""
