"""Rating a record: a stage or not seen, what was seen or missed, being done, looking, and reconciling."""

from collections.abc import Mapping

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.accounts.person import Person
from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.fieldwork.models import (
    FIGURES,
    LOOKED,
    RATED,
    RATING,
    FieldworkRecord,
    Rater,
    ReconciledRating,
    RecordRater,
    RecordRating,
    SignMark,
)
from app.fieldwork.queries import lock_diagnostic, lock_record
from app.fieldwork.ratings.queries import (
    find_rater,
    find_rater_called,
    marks_of,
    own_ratings,
    rater_labels,
    reconciled_of,
    standing_of,
)
from app.fieldwork.ratings.standing import (
    Standing,
    check_may_look,
    check_may_rate,
    check_may_reconcile,
    check_may_reopen,
)
from app.interchange.vocabulary import folded
from app.web.dates import now
from app.web.errors import Conflict
from diagnostics.evidence import RECONCILED

_MOST_INITIALS = 4


def initials_of(name: str) -> str:
    """Give the initials of a name in capitals, "R" where it has no letters."""
    letters = [word[0].upper() for word in name.replace("-", " ").split() if word[0].isalpha()]
    return "".join(letters[:_MOST_INITIALS]) or "R"


def free_label(name: str, taken: set[str]) -> str:
    """Give the initials of a name, with a number where files call somebody else so."""
    used = {folded(one) for one in taken} | {FIGURES, RECONCILED}
    initials = initials_of(name)
    label, number = initials, 1
    while folded(label) in used:
        number += 1
        label = f"{initials}{number}"
    return label


def rater_for(session: Session, diagnostic: Diagnostic, person: Person) -> Rater:
    """Give a person as a rater of a diagnostic; whoever rates for the first time gets a label.

    Call it before a record is locked, so that two transactions never wait for each other.
    """
    found = find_rater(session, diagnostic.id, person.id)
    if found is not None:
        return found
    # Whoever else begins waits here, so that no two get the same label.
    lock_diagnostic(session, diagnostic)
    found = find_rater(session, diagnostic.id, person.id)
    if found is not None:
        return found
    label = free_label(person.name, set(rater_labels(session, diagnostic.id)))
    made = Rater(diagnostic_id=diagnostic.id, account_id=person.id, label=label)
    session.add(made)
    session.flush()
    return made


def rater_called(session: Session, diagnostic: Diagnostic, label: str) -> Rater:
    """Give a rater of a diagnostic that is no account, such as the figures.

    Call it before a record is locked, too.
    """
    found = find_rater_called(session, diagnostic.id, label)
    if found is not None:
        return found
    lock_diagnostic(session, diagnostic)
    found = find_rater_called(session, diagnostic.id, label)
    if found is None:
        found = Rater(diagnostic_id=diagnostic.id, account_id=None, label=label)
        session.add(found)
        session.flush()
    return found


def rate(
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    person: Person,
    characteristic: str,
    stage: int | None,
    reason: str,
) -> None:
    """Keep a person's stage for a characteristic; ``stage`` None means that it was not seen.

    Raises
    ------
    Conflict
        Where this person is done, or has looked at another's ratings.
    """
    rater = rater_for(session, diagnostic, person)
    standing = _locked(session, record, person)
    check_may_rate(standing)
    if standing.own is None:
        session.add(RecordRater(record_id=record.id, rater_id=rater.id, state=RATING))
        _log(session, diagnostic, "rating begun", record, person)
    found = session.get(RecordRating, (record.id, characteristic, rater.id), populate_existing=True)
    if found is None:
        found = RecordRating(record_id=record.id, characteristic=characteristic, rater_id=rater.id)
        session.add(found)
    found.stage, found.reason, found.saved_at = stage, reason, now()
    session.flush()


def take_rating_back(
    session: Session, diagnostic: Diagnostic, record: FieldworkRecord, person: Person, characteristic: str
) -> None:
    """Remove a person's rating of a characteristic; without any left they have not begun.

    Raises
    ------
    Conflict
        Where this person is done, or has looked at another's ratings.
    """
    rater = rater_for(session, diagnostic, person)
    standing = _locked(session, record, person)
    check_may_rate(standing)
    mine = RecordRating.record_id == record.id, RecordRating.rater_id == rater.id
    session.execute(delete(RecordRating).where(*mine, RecordRating.characteristic == characteristic))
    left = session.scalar(select(func.count()).select_from(RecordRating).where(*mine))
    if standing.own == RATING and not left:
        session.execute(
            delete(RecordRater).where(RecordRater.record_id == record.id, RecordRater.rater_id == rater.id)
        )
        _log(session, diagnostic, "rating taken back", record, person)


def mark_signs(
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    person: Person,
    changes: Mapping[str, str | None],
) -> None:
    """Keep what was seen or missed, or how criteria are met; None takes a mark away.

    Marks belong to the record, not to a rater: like its notes, whoever rates it sees them. What is not in
    ``changes`` stays, so that two people who mark different signs lose nothing.

    Raises
    ------
    Conflict
        Where this person is done, or has looked at another's ratings.
    """
    check_may_rate(_locked(session, record, person))
    kept = marks_of(session, record.id)
    for sign, mark in changes.items():
        if kept.get(sign) == mark:
            continue
        session.execute(delete(SignMark).where(SignMark.record_id == record.id, SignMark.sign == sign))
        if mark is not None:
            session.add(SignMark(record_id=record.id, sign=sign, mark=mark))
    session.flush()
    _log(session, diagnostic, "signs marked", record, person)


def say_done(session: Session, diagnostic: Diagnostic, record: FieldworkRecord, person: Person) -> None:
    """Close a person's ratings of a record: from now on they count, and others may come to see them.

    Raises
    ------
    Conflict
        Where this person has not rated, is done already, or a stage has no reason.
    """
    rater = rater_for(session, diagnostic, person)
    standing = _locked(session, record, person)
    check_may_rate(standing)
    mine = own_ratings(session, record.id, person.id)
    if standing.own is None or not mine:
        raise Conflict("Rate at least one characteristic before you say that you are done.")
    if any(one.stage is not None and not one.reason for one in mine.values()):
        raise Conflict("Every stage needs a reason before you say that you are done.")
    _set_state(session, record, rater, RATED)
    _log(session, diagnostic, "rating done", record, person)


def reopen(session: Session, diagnostic: Diagnostic, record: FieldworkRecord, person: Person) -> None:
    """Open a person's ratings again, while nobody else can have seen them.

    Raises
    ------
    Conflict
        Where they are open already, or somebody can have seen them.
    """
    rater = rater_for(session, diagnostic, person)
    check_may_reopen(_locked(session, record, person))
    _set_state(session, record, rater, RATING)
    _log(session, diagnostic, "rating reopened", record, person)


def look(session: Session, diagnostic: Diagnostic, record: FieldworkRecord, person: Person) -> None:
    """Let a person see the ratings of others; from now on they cannot rate this record.

    Raises
    ------
    Conflict
        Where they rate it themselves, nobody is done, or a second rater is at work.
    """
    rater = rater_for(session, diagnostic, person)
    standing = _locked(session, record, person)
    check_may_look(standing)
    if standing.own is None:
        session.add(RecordRater(record_id=record.id, rater_id=rater.id, state=LOOKED))
        _log(session, diagnostic, "ratings looked at", record, person)


def reconcile(
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    person: Person,
    characteristic: str,
    stage: int | None,
    reason: str,
    version: str,
) -> bool:
    """Keep what the raters agreed, and say whether nobody else had changed it; their own ratings stay.

    Where somebody had, nothing is changed.

    Raises
    ------
    Conflict
        Where fewer than two are done, or this person may not.
    """
    check_may_reconcile(_locked(session, record, person))
    found = reconciled_of(session, record.id).get(characteristic)
    if version_of(found) != version:
        return False
    if found is None:
        found = ReconciledRating(record_id=record.id, characteristic=characteristic)
        session.add(found)
    found.stage, found.reason = stage, reason
    found.saved_by, found.saved_at = person.id, now()
    session.flush()
    _log(session, diagnostic, "rating reconciled", record, person)
    return True


def version_of(reconciled: ReconciledRating | None) -> str:
    """Name the version of a reconciled rating, for a page to carry."""
    return "" if reconciled is None else reconciled.saved_at.isoformat()


def _locked(session: Session, record: FieldworkRecord, person: Person) -> Standing:
    """Hold a record, so that what its raters have done stays as it is read."""
    lock_record(session, record)
    return standing_of(session, record, person.id)


def _set_state(session: Session, record: FieldworkRecord, rater: Rater, state: str) -> None:
    found = session.get_one(RecordRater, (record.id, rater.id), populate_existing=True)
    found.state = state
    found.done_at = now() if state == RATED else None
    session.flush()


def _log(
    session: Session, diagnostic: Diagnostic, action: str, record: FieldworkRecord, person: Person
) -> None:
    """Log what was done with a record, never which stage: programme leads read the log, and rate."""
    note(
        session,
        action,
        person.id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        record=record.code,
    )
