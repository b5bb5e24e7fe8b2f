"""The close: the inbox is opened, shuffled, coarsened and stored; what came in is destroyed, then the key.

Each part can be done again after a crash: the answers are moved in one transaction, the sweep leaves nothing
to sweep twice, and the key goes last, when everything else is on disk.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from secrets import SystemRandom
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.database.sweeping import sweep_tables
from app.survey.answers import packed
from app.survey.keys import KeyMissing, KeyStore
from app.survey.models import (
    CLOSED,
    DESTROYED,
    INDIVIDUAL,
    LAUNCHED,
    OPEN,
    Ballot,
    Draft,
    PlannedReminder,
    Response,
    SealedAnswers,
    SpentMark,
    StaffAddress,
    Survey,
    SurveyComment,
)
from app.survey.queries import TOO_FEW_READABLE, found_too_few_readable
from app.survey.questionnaire import Questionnaire, questionnaire_of
from app.survey.sealing import CannotUnseal, Given, random_id, unseal
from app.survey.services.ballots import count
from app.survey.windows import may_close
from app.web.dates import today
from app.web.logs import log
from diagnostics.coarsening import Kept, coarsen

_shuffle = SystemRandom().shuffle
# Whatever could tie a person to an answer; it goes at the close.
_SWEPT = (Ballot, SpentMark, Draft, SealedAnswers)


class Outcome(Enum):
    """What came of an attempt to close."""

    NOT_YET = "not yet"
    TOO_FEW = "too few"
    UNREADABLE = "too few can be read"
    NO_KEY = "no key"
    CLOSED = "closed"


def close(database: Database, keys: KeyStore, diagnostic_id: UUID, moment: datetime) -> Outcome:
    """Close a survey whose time is over, if enough people answered.

    What cannot be read does not count among them: where too few answers are left, everything stays as it is.

    Raises
    ------
    app.survey.questionnaire.FrameworkChanged
        Where the framework was edited since the launch.
    """
    with database.transaction() as session:
        survey = session.get_one(Survey, diagnostic_id, with_for_update=True)
        if survey.state == LAUNCHED:
            if not may_close(survey, moment):
                return Outcome.NOT_YET
            if returned(session, diagnostic_id) < survey.threshold:
                return Outcome.TOO_FEW
            try:
                outcome = _move(session, survey, keys.fitting(diagnostic_id, survey.public_key))
            except KeyMissing:
                return Outcome.NO_KEY
            if outcome is Outcome.UNREADABLE:
                _note_unreadable(session, survey)
                return outcome
        elif survey.state != CLOSED:
            return Outcome.NOT_YET
    finish(database, keys, diagnostic_id, moment)
    return Outcome.CLOSED


def destroy_unopened(session: Session, survey: Survey) -> None:
    """Give a survey up: its answers go without anybody having read one. `finish` must follow."""
    survey.state = DESTROYED
    survey.closed_on = today()
    survey.returned = {}
    _empty(session, survey.diagnostic_id)


def finish(database: Database, keys: KeyStore, diagnostic_id: UUID, moment: datetime) -> None:
    """Sweep the database's files, then destroy the key, of a survey that is over."""
    sweep(database)
    keys.destroy(diagnostic_id)
    with database.transaction() as session:
        survey = session.get_one(Survey, diagnostic_id, with_for_update=True)
        survey.swept_at = survey.swept_at or moment
        survey.key_destroyed_at = survey.key_destroyed_at or moment


def returned(session: Session, diagnostic_id: UUID) -> int:
    """Count the answers in the inbox."""
    counted = select(func.count()).select_from(SealedAnswers)
    return session.scalar(counted.where(SealedAnswers.diagnostic_id == diagnostic_id)) or 0


def too_few(session: Session, survey: Survey) -> bool:
    """Say whether too few answers are here to be opened, or to be read, as far as the close has found."""
    few = returned(session, survey.diagnostic_id) < survey.threshold
    return few or found_too_few_readable(session, survey)


def _note_unreadable(session: Session, survey: Survey) -> None:
    if not found_too_few_readable(session, survey):
        diagnostic = session.get_one(Diagnostic, survey.diagnostic_id)
        note(
            session, TOO_FEW_READABLE, None,
            authority_code=diagnostic.authority_code, subject_id=diagnostic.id,
        )  # fmt: skip


def _move(session: Session, survey: Survey, private_key: bytes) -> Outcome:
    questionnaire = questionnaire_of(survey)
    given = _opened(session, survey.diagnostic_id, private_key, questionnaire)
    if len(given) < survey.threshold:
        return Outcome.UNREADABLE
    _shuffle(given)
    framework = questionnaire.framework
    kept = coarsen(
        [one.role_group or None for one in given],
        [one.service_area or None for one in given],
        survey.threshold,
        {group.id: group.neighbours for group in framework.role_groups},
    )
    _store(session, survey, given, kept, questionnaire)
    _count_links(session, survey)
    survey.merged = {role: list(members) for role, members in kept.merged.items()}
    survey.state = CLOSED
    session.get_one(Diagnostic, survey.diagnostic_id).state = CLOSED
    survey.closed_on = today()
    _empty(session, survey.diagnostic_id)
    return Outcome.CLOSED


def _count_links(session: Session, survey: Survey) -> None:
    """Count for each kind of link what was given out and what came back, before both are deleted."""
    spent, unspent = (
        {kind: count(session, survey.diagnostic_id, table, kind) for kind in (INDIVIDUAL, OPEN)}
        for table in (SpentMark, Ballot)
    )
    survey.returned = spent
    survey.issued_open = spent[OPEN] + unspent[OPEN]
    # Where a process ended just after a message had left, its link was not counted. It may be used.
    survey.issued = max(survey.issued, spent[INDIVIDUAL])
    survey.orphaned = max(0, spent[INDIVIDUAL] + unspent[INDIVIDUAL] - survey.issued)


def _opened(
    session: Session, diagnostic_id: UUID, private_key: bytes, questionnaire: Questionnaire
) -> list[Given]:
    """Open the inbox. What nobody could have sent through the pages is left out, and counted in the log."""
    found: list[Given] = []
    for sealed in session.scalars(
        select(SealedAnswers.sealed).where(SealedAnswers.diagnostic_id == diagnostic_id)
    ):
        try:
            given = unseal(sealed, private_key)
        except CannotUnseal:
            continue
        if not questionnaire.refuses(given):
            found.append(given)
    unreadable = returned(session, diagnostic_id) - len(found)
    if unreadable:
        log().warning("there are answers that cannot be read", number=unreadable)
    return found


def _store(
    session: Session, survey: Survey, given: Sequence[Given], kept: Kept, questionnaire: Questionnaire
) -> None:
    """Write the answers under random keys and in their order, so that no row's place tells anything."""
    names = {area.value: area.words for area in questionnaire.areas}
    members_of: dict[str | None, tuple[str, ...]] = {None: ("",)}
    members_of.update(kept.merged)
    asked = {role: _asked_of(questionnaire, members) for role, members in members_of.items()}
    rows: list[dict[str, Any]] = [
        {
            "id": random_id(),
            "diagnostic_id": survey.diagnostic_id,
            "role_group": role,
            "service_area": None if area is None else names[area],
            "answers": packed(one, questionnaire.framework, asked[role]),
        }
        for one, role, area in zip(given, kept.role_group, kept.service_area, strict=True)
    ]
    session.execute(insert(Response), sorted(rows, key=_by_id))
    written = Counter(question for one in given for question in one.comments)
    for question in written:
        texts = [one.comments[question] for one in given if one.comments.get(question)]
        comments: list[dict[str, Any]] = [
            {
                "id": random_id(),
                "diagnostic_id": survey.diagnostic_id,
                "question": question,
                "text": comment,
            }
            for comment in texts
        ]
        if comments:
            session.execute(insert(SurveyComment), sorted(comments, key=_by_id))


def _by_id(row: Mapping[str, Any]) -> bytes:
    key: bytes = row["id"]
    return key


def _asked_of(questionnaire: Questionnaire, members: Sequence[str]) -> frozenset[str]:
    """Give the questions that all of these role groups were asked; others would tell them apart."""
    return frozenset.intersection(
        *(frozenset(question.code for question in questionnaire.all_shown(role)) for role in members)
    )


def purge_answers(session: Session, survey: Survey, day: date) -> None:
    """Delete the stored answers and comments of a survey whose time is up; `sweep` must follow."""
    for table in (Response, SurveyComment):
        session.execute(delete(table).where(table.diagnostic_id == survey.diagnostic_id))
    survey.purged_on = day


def forget_list(session: Session, diagnostic_id: UUID) -> None:
    """Delete the addresses, reminders and drafts of a survey that nobody closed in time; `sweep` must follow.

    The sealed answers stay, and so do the ballots: the links go on working if the survey is extended.
    """
    for table in (Draft, StaffAddress, PlannedReminder):
        session.execute(delete(table).where(table.diagnostic_id == diagnostic_id))


def _empty(session: Session, diagnostic_id: UUID) -> None:
    for table in (*_SWEPT, StaffAddress, PlannedReminder):
        session.execute(delete(table).where(table.diagnostic_id == diagnostic_id))


def sweep(database: Database) -> None:
    """Have the database forget what was deleted: its files are written anew, and its log is cut."""
    if not sweep_tables(database, (*_SWEPT, StaffAddress, Response, SurveyComment)):
        log().warning("the database's log could not be cut: the role needs pg_checkpoint")
