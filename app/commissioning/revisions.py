"""Two people at one diagnostic: each change makes a revision, and nobody overwrites what they have not seen.

A page carries the version that it shows. Other parts of a diagnostic make revisions too, so a version also
holds a digest of what the page is about: only a change of that is a clash.
"""

import hashlib
import json
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.commissioning.models import DRAFT, Diagnostic
from app.web.errors import Conflict


def check_is_draft(diagnostic: Diagnostic) -> None:
    """Stop a change to a diagnostic that is no draft.

    Raises
    ------
    Conflict
        Where it has been launched.
    """
    if diagnostic.state != DRAFT:
        raise Conflict("This diagnostic has been launched, so what was agreed for it stays as it was.")


def lock_draft(session: Session, diagnostic: Diagnostic) -> None:
    """Read a diagnostic anew, and hold it until the transaction ends.

    Raises
    ------
    Conflict
        Where it has been launched, so that this may not change any more.
    """
    columns = [column.key for column in inspect(Diagnostic).column_attrs]
    session.refresh(diagnostic, attribute_names=columns, with_for_update=True)
    check_is_draft(diagnostic)


def version_of(diagnostic: Diagnostic, content: Any) -> str:
    """Name a version of something of a diagnostic, for a page to carry."""
    text = json.dumps(content, ensure_ascii=False)
    return f"{diagnostic.revision}.{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def is_current(version: str, diagnostic: Diagnostic, content: Any) -> bool:
    """Say whether what a page showed is still what is saved."""
    revision, _, digest = version.partition(".")
    now, _, here = version_of(diagnostic, content).partition(".")
    return revision == now or digest == here
