"""Reads of surveys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.audit.queries import is_noted, noted_at
from app.commissioning.models import Authority, Diagnostic
from app.database.direct import Direct, Statement, within
from app.survey.asked import AskedSurvey
from app.survey.models import CLOSED, LAUNCHED, Custody, Survey
from app.survey.windows import closable_at, list_goes_at

# What the log says of a survey once the database has forgotten its answers.
ANSWERS_FORGOTTEN = "answers of the survey deleted"
# What it says where answers came in, and too few of them can be read for the survey to be opened.
TOO_FEW_READABLE = "too few answers of the survey can be read"
# What it says of one that was neither closed nor given up in time, once its list of addresses is forgotten.
LIST_FORGOTTEN = "addresses and drafts of the survey deleted"
# Made once, for the pages that all staff open.
_ASKING = Statement(
    select(Authority.name, Diagnostic.contact_name, Diagnostic.contact_email, Diagnostic.contact_phone)
    .join(Diagnostic, Diagnostic.authority_code == Authority.code)
    .where(Diagnostic.id == bindparam("diagnostic_id"))
)


def authority_name(session: Session, survey: Survey) -> str:
    """Give the name of the council whose staff are asked."""
    return asking(session, survey).council


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks staff, and whom they can ask."""

    council: str
    contact: str


def asking(session: Session | Direct, survey: Survey | AskedSurvey) -> Asking:
    """Give the council whose staff are asked, and in one line whom they can ask."""
    found = within(session).one(_ASKING, {"diagnostic_id": survey.diagnostic_id})
    if found is None:
        raise NoResultFound
    council, *contact = found
    return Asking(council, ", ".join(part for part in contact if part))


def contact_of(session: Session, survey: Survey) -> str:
    """Give in one line whom staff can ask."""
    return asking(session, survey).contact


def find_survey(session: Session, diagnostic_id: UUID, *, lock: bool = False) -> Survey | None:
    """Give the survey of a diagnostic, if it was launched."""
    return session.get(Survey, diagnostic_id, with_for_update=lock or None)


def custodies_of(session: Session, diagnostic_id: UUID) -> list[tuple[Custody, str]]:
    """Give the custodians of a survey's key, with their names."""
    query = (
        select(Custody, Account.name)
        .join(Account, Account.id == Custody.account_id)
        .where(Custody.diagnostic_id == diagnostic_id)
        .order_by(Account.name)
    )
    return [(custody, name) for custody, name in session.execute(query)]


@dataclass(frozen=True, slots=True)
class OldCopy:
    """A custodian who has a copy of the key of a survey that is over: old backups could be opened with it."""

    account_id: UUID
    name: str


def old_copies(session: Session, diagnostic_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[OldCopy]]:
    """Give the copies that nobody has said to be destroyed, of each survey that is over and has some left."""
    query = (
        select(Custody.diagnostic_id, Custody.account_id, Account.name)
        .join(Account, Account.id == Custody.account_id)
        .join(Survey, Survey.diagnostic_id == Custody.diagnostic_id)
        .where(
            Custody.diagnostic_id.in_(diagnostic_ids),
            Survey.state != LAUNCHED,
            Custody.copies > 0,
            Custody.destroyed_at.is_(None),
        )
        .order_by(Account.name)
    )
    found: dict[UUID, list[OldCopy]] = {}
    for diagnostic_id, account_id, name in session.execute(query):
        found.setdefault(diagnostic_id, []).append(OldCopy(account_id, name))
    return found


def surveys_in_state(session: Session, *states: str) -> Sequence[Survey]:
    """Give the surveys in any of some states."""
    return session.scalars(select(Survey).where(Survey.state.in_(states))).all()


def surveys_to_forget(session: Session) -> Sequence[Survey]:
    """Give the surveys whose answers were deleted, and of which the database's files may still hold some."""
    return session.scalars(
        select(Survey)
        .join(Diagnostic, Diagnostic.id == Survey.diagnostic_id)
        .where(
            Survey.state == CLOSED,
            Survey.purged_on.is_not(None),
            ~is_noted(ANSWERS_FORGOTTEN, Diagnostic.authority_code, Diagnostic.id),
        )
        .order_by(Survey.diagnostic_id)
    ).all()


def answers_went_on(session: Session, diagnostic_id: UUID) -> date | None:
    """Give the day on which the answers of a closed survey were deleted, if they were."""
    return session.scalar(select(Survey.purged_on).where(Survey.diagnostic_id == diagnostic_id))


def has_old_list(session: Session, survey: Survey, moment: datetime) -> bool:
    """Say whether a launched survey waits longer for its close than its list of addresses is kept."""
    goes_at = list_goes_at(survey.closes_on)
    if moment < goes_at:
        return False
    went_at = _noted_at(session, survey, LIST_FORGOTTEN)
    return went_at is None or went_at < goes_at


def list_went_at(session: Session, survey: Survey) -> datetime | None:
    """Give when a list to which invitations had gone was deleted before the survey was closed, if it was."""
    return _noted_at(session, survey, LIST_FORGOTTEN) if survey.issued else None


def _noted_at(session: Session, survey: Survey, action: str) -> datetime | None:
    authority_code = session.get_one(Diagnostic, survey.diagnostic_id).authority_code
    return noted_at(session, action, authority_code, survey.diagnostic_id)


def found_too_few_readable(session: Session, survey: Survey) -> bool:
    """Say whether the close, since the survey's last day, found too few answers that can be read."""
    at = _noted_at(session, survey, TOO_FEW_READABLE)
    return at is not None and at >= closable_at(survey.closes_on)
