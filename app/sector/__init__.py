"""The sector room: what many councils have in common, and nothing by which one could be told."""
