"""What was heard, seen and read on site: records with their notes, ratings, quotes and files."""
