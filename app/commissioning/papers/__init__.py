"""The papers: notices, the information sheet and the impact assessment, from a diagnostic's own facts."""
