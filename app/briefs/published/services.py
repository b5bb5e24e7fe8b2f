"""Deciding who else may read what a diagnostic published."""

from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.audit.services import note
from app.briefs.models import PUBLISHED, BriefShare, InsightBrief
from app.briefs.queries import bytes_of, files_of, newest_published
from app.commissioning.models import Authority, Diagnostic
from app.fieldwork.queries import lock_diagnostic
from app.web.errors import Conflict, NotFound


def check_is_published(session: Session, diagnostic: Diagnostic) -> InsightBrief:
    """Give the brief that counts.

    Raises
    ------
    Conflict
        Where none is published.
    """
    newest = newest_published(session, diagnostic.id)
    if newest is None:
        raise Conflict("No brief is published yet, so there is nothing to share.")
    return newest.brief


def damaged_files(session: Session, brief: InsightBrief) -> tuple[str, ...]:
    """Name the files of a published brief that are not as they were published; read one after the other."""
    return tuple(
        one.name
        for one in files_of(session, brief.id)
        if sha256(bytes_of(session, brief.id, one.name)).hexdigest() != one.sha256
    )


def share(session: Session, diagnostic: Diagnostic, authority_code: str, account_id: UUID) -> str:
    """Let the people of another council read the brief, with its later versions; give the council's name.

    Raises
    ------
    Conflict
        Where no brief is published.
    NotFound
        Where there is no such council, or it is the brief's own.
    """
    lock_diagnostic(session, diagnostic)
    check_is_published(session, diagnostic)
    other = session.get(Authority, authority_code)
    if other is None or other.code == diagnostic.authority_code:
        raise NotFound("There is no such council to share with.")
    there = session.scalars(
        select(BriefShare.id).where(
            BriefShare.diagnostic_id == diagnostic.id, BriefShare.authority_code == other.code
        )
    ).first()
    if there is None:
        session.add(BriefShare(diagnostic_id=diagnostic.id, authority_code=other.code, shared_by=account_id))
        session.flush()
        _note(session, "brief shared", diagnostic, account_id, other.code)
    return other.name


def stop_sharing(session: Session, diagnostic: Diagnostic, authority_code: str, account_id: UUID) -> None:
    """Keep another council from reading the brief from now on."""
    gone = session.execute(
        delete(BriefShare)
        .where(BriefShare.diagnostic_id == diagnostic.id, BriefShare.authority_code == authority_code)
        .returning(BriefShare.id)
    ).all()
    if gone:
        _note(session, "brief no longer shared", diagnostic, account_id, authority_code)


def set_public(session: Session, diagnostic: Diagnostic, account_id: UUID, *, public: bool) -> None:
    """Let everybody read the brief's page, or nobody but its council and those it is shared with.

    It is for all its versions: a correction reaches whoever could read what it mends.

    Raises
    ------
    Conflict
        Where no brief is published.
    """
    lock_diagnostic(session, diagnostic)
    check_is_published(session, diagnostic)
    changed = False
    for brief in session.scalars(
        select(InsightBrief).where(
            InsightBrief.diagnostic_id == diagnostic.id, InsightBrief.state == PUBLISHED
        )
    ):
        changed = changed or brief.public != public
        brief.public = public
    if changed:
        _note(session, "brief made public" if public else "brief no longer public", diagnostic, account_id)


def _note(session: Session, action: str, diagnostic: Diagnostic, account_id: UUID, council: str = "") -> None:
    details = {"council": council} if council else {}
    note(
        session, action, account_id,
        authority_code=diagnostic.authority_code, subject_id=diagnostic.id, **details,
    )  # fmt: skip
