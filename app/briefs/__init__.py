"""The brief insight document: wording, rendering, files."""
