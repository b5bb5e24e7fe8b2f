"""Drafting a brief: begin it, change one thing at a time, move it to a newer profile, discard it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.audit.services import note
from app.briefs.editing.applying import Inconsistent, check_sentence, edited
from app.briefs.editing.changing import fitted
from app.briefs.editing.edits import Edits, read_edits
from app.briefs.models import DRAFT, BriefSignature, InsightBrief
from app.briefs.queries import briefs_of, find_draft, newest_published, next_number
from app.commissioning.models import Diagnostic
from app.fieldwork.queries import lock_diagnostic
from app.profiles.models import ProfileSnapshot
from app.profiles.queries import newest_snapshot, profile_of
from app.web.errors import Changed, Conflict
from diagnostics.published import PublishedProfile

LONGEST_CORRECTION = 400
Change = Callable[[Edits, PublishedProfile], Edits]
_NO_DRAFT = "There is no draft of this brief. Begin one first."


CHANGED = (
    "Somebody else changed the draft while the page was open. Nothing of yours is kept yet: "
    "look at the draft as it is now, and send yours again if it still fits"
)


class Stale(Changed):
    """Somebody else changed the draft after the page was made. Nothing was kept."""

    def __init__(self) -> None:
        super().__init__(f"{CHANGED}.")


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A version of a brief as it stands: what it is drawn from, what was changed, what comes of it."""

    brief: InsightBrief
    snapshot: ProfileSnapshot
    proposed: PublishedProfile
    edits: Edits
    told: PublishedProfile


def draft_of(session: Session, diagnostic: Diagnostic) -> Draft | None:
    """Give the draft of a diagnostic's brief, if there is one."""
    brief = find_draft(session, diagnostic.id)
    return None if brief is None else opened(session, brief)


def opened(session: Session, brief: InsightBrief) -> Draft:
    """Put a version together with what it is drawn from."""
    snapshot = session.get_one(ProfileSnapshot, brief.snapshot_id)
    proposed, edits = profile_of(snapshot), read_edits(brief.edits)
    return Draft(brief, snapshot, proposed, edits, edited(proposed, edits))


def check_draft(session: Session, diagnostic: Diagnostic) -> Draft:
    """Give the draft of a diagnostic's brief.

    Raises
    ------
    Conflict
        Where there is none.
    """
    draft = draft_of(session, diagnostic)
    if draft is None:
        raise Conflict(_NO_DRAFT)
    return draft


def open_draft(session: Session, diagnostic: Diagnostic) -> Draft:
    """Give a draft that can be changed now.

    Raises
    ------
    Conflict
        Where there is none, or it is being published.
    """
    draft = check_draft(session, diagnostic)
    if draft.brief.state != DRAFT:
        raise Conflict("The brief is being published, so it cannot be changed now.")
    return draft


def seen_draft(session: Session, diagnostic: Diagnostic, seen: int) -> Draft:
    """Hold a draft that somebody wants to change, and that is as their page showed it.

    Raises
    ------
    Conflict
        Where there is none, or it is being published.
    Stale
        Where somebody else changed it after the page was made.
    """
    lock_diagnostic(session, diagnostic)
    draft = open_draft(session, diagnostic)
    if draft.brief.revision != seen:
        raise Stale
    return draft


def why_not_begin(session: Session, diagnostic: Diagnostic) -> str:
    """Say why no draft can be begun now; nothing where one can."""
    if find_draft(session, diagnostic.id) is not None:
        return "There is a draft already."
    snapshot = newest_snapshot(session, diagnostic.id)
    if snapshot is None:
        return "There is no profile yet. A brief is drawn from one."
    return ""


def begin(session: Session, diagnostic: Diagnostic, correction: str, account_id: UUID) -> InsightBrief:
    """Begin the brief, or a new version of what is published.

    A new version begins with what was changed in the one that it replaces. ``correction`` says what it mends.

    Raises
    ------
    Conflict
        Where there is a draft or no profile.
    Inconsistent
        Where a new version does not say what it mends, or says a number that no page shows.
    """
    lock_diagnostic(session, diagnostic)
    why_not = why_not_begin(session, diagnostic)
    snapshot = newest_snapshot(session, diagnostic.id)
    if why_not or snapshot is None:
        raise Conflict(why_not)
    last, proposed = newest_published(session, diagnostic.id), profile_of(snapshot)
    edits, left_out = Edits(), ""
    if last is not None:
        if not correction:
            raise Inconsistent("Say what the new version mends")
        check_sentence(correction, None, proposed)
        edits, lost = fitted(proposed, read_edits(last.brief.edits))
        left_out = _left_out(lost)
    brief = InsightBrief(
        diagnostic_id=diagnostic.id,
        number=next_number(session, diagnostic.id),
        snapshot_id=snapshot.id,
        replaces_id=None if last is None else last.brief.id,
        edits=edits.to_json(),
        correction="" if last is None else correction,
        problem=left_out,
        made_by=account_id,
    )
    session.add(brief)
    session.flush()
    _note(session, "brief begun", diagnostic, brief, account_id)
    return brief


def change(session: Session, diagnostic: Diagnostic, seen: int, make: Change, account_id: UUID) -> Draft:
    """Change one thing in the draft. Signatures for the text as it was do not count any more.

    Raises
    ------
    Conflict
        Where there is no draft, or it is being published.
    Stale
        Where somebody else changed it after the page was made.
    Inconsistent
        Where the change does not make a brief.
    """
    draft = seen_draft(session, diagnostic, seen)
    edits = make(draft.edits, draft.proposed)
    if edits == draft.edits:
        return draft
    edited(draft.proposed, edits)
    draft.brief.edits = edits.to_json()
    _changed(session, "brief changed", diagnostic, draft.brief, account_id)
    return opened(session, draft.brief)


def renew(session: Session, diagnostic: Diagnostic, seen: int, account_id: UUID) -> Draft:
    """Move the draft to the newest profile, with those changes that fit it; ``problem`` names the others.

    Raises
    ------
    Conflict
        Where there is no draft, it is being published, or it is drawn from the newest profile.
    Stale
        Where somebody else changed it after the page was made.
    """
    draft = seen_draft(session, diagnostic, seen)
    newest = newest_snapshot(session, diagnostic.id)
    if newest is None or newest.id == draft.snapshot.id:
        raise Conflict("The draft is drawn from the newest profile already.")
    edits, lost = fitted(profile_of(newest), draft.edits)
    draft.brief.snapshot_id, draft.brief.edits = newest.id, edits.to_json()
    _changed(session, "brief moved to a newer profile", diagnostic, draft.brief, account_id)
    draft.brief.problem = _left_out(lost)
    return opened(session, draft.brief)


def begin_anew(session: Session, diagnostic: Diagnostic, seen: int, account_id: UUID) -> Draft:
    """Take back all that was changed, so that the draft says what the profile proposes.

    Raises
    ------
    Conflict
        Where there is no draft, or it is being published.
    Stale
        Where somebody else changed it after the page was made.
    """
    draft = seen_draft(session, diagnostic, seen)
    draft.brief.edits = {}
    _changed(session, "all changes of a brief taken back", diagnostic, draft.brief, account_id)
    return opened(session, draft.brief)


def discard(session: Session, diagnostic: Diagnostic, seen: int, account_id: UUID) -> None:
    """Delete the draft. What is published stays.

    Raises
    ------
    Conflict
        Where there is no draft, or it is being published.
    Stale
        Where somebody else changed it after the page was made.
    """
    draft = seen_draft(session, diagnostic, seen)
    session.execute(delete(BriefSignature).where(BriefSignature.brief_id == draft.brief.id))
    _note(session, "draft of a brief discarded", diagnostic, draft.brief, account_id)
    session.delete(draft.brief)
    session.flush()


def replaces(session: Session, brief: InsightBrief) -> InsightBrief | None:
    """Give the version that this one replaces."""
    return next((one for one in briefs_of(session, brief.diagnostic_id) if one.id == brief.replaces_id), None)


def _left_out(lost: Sequence[str]) -> str:
    if not lost:
        return ""
    return "\n".join(("These changes do not fit the newest profile and were left out:", *lost))


def _changed(
    session: Session, action: str, diagnostic: Diagnostic, brief: InsightBrief, account_id: UUID
) -> None:
    brief.revision += 1
    brief.problem = ""
    session.flush()
    _note(session, action, diagnostic, brief, account_id)


def _note(
    session: Session, action: str, diagnostic: Diagnostic, brief: InsightBrief, account_id: UUID
) -> None:
    note(
        session, action, account_id,
        authority_code=diagnostic.authority_code, subject_id=diagnostic.id, number=brief.number,
    )  # fmt: skip
