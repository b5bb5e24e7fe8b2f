"""Who gathers the evidence of a diagnostic, and choosing others."""
