"""The verbs that change authorities and diagnostics."""

from app.commissioning.services.authorities import sync_authorities

__all__ = ["sync_authorities"]
