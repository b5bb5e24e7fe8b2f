"""The papers of a diagnostic."""
