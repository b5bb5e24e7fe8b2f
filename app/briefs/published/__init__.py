"""Published briefs: reading them, downloading their files, and deciding who else may read them."""
