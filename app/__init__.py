"""The service: files, pages and commands around the method."""
