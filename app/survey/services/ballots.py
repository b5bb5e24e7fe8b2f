"""Making ballots, finding the one that a link holds, keeping drafts, and spending a ballot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    CursorResult,
    Result,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.survey.models import INDIVIDUAL, OPEN, Ballot, Draft, SealedAnswers, SpentMark, Survey
from app.survey.questionnaire import Questionnaire
from app.survey.sealing import Given, keep_draft, random_id, seal, take_draft
from app.survey.tokens import draft_box, finder_of, hash_of, looks_like_token, new_token
from app.survey.windows import may_go_on, may_start
from app.web.errors import Problem

_BALLOTS, _MARKS = cast("Table", Ballot.__table__), cast("Table", SpentMark.__table__)
_DRAFTS, _INBOX = cast("Table", Draft.__table__), cast("Table", SealedAnswers.__table__)


def _survey_of(table: type[Ballot | SpentMark]) -> Select[Survey]:
    found = select(Survey).join(table, table.diagnostic_id == Survey.diagnostic_id)
    return found.where(table.token_hash == bindparam("hash"))


# Made once: to make such a statement takes longer than to have it executed.
_UNSPENT, _SPENT = _survey_of(Ballot), _survey_of(SpentMark)
_KIND = select(_BALLOTS.c.kind).where(_BALLOTS.c.token_hash == bindparam("hash"))
_SPEND = delete(_BALLOTS).where(_BALLOTS.c.token_hash == bindparam("hash"))
_DRAFT = select(_DRAFTS.c.sealed).where(_DRAFTS.c.found_by == bindparam("finder"))
_DRAFT_LOCKED = _DRAFT.with_for_update()
_REPLACE_DRAFT = (
    update(_DRAFTS).where(_DRAFTS.c.found_by == bindparam("finder")).values(sealed=bindparam("box"))
)
_FORGET_DRAFT = delete(_DRAFTS).where(_DRAFTS.c.found_by == bindparam("finder"))


class BallotState(Enum):
    """What a link is worth."""

    UNKNOWN = "unknown"
    READY = "ready"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class Found:
    """What a link's token leads to; the survey is None where the token is nobody's."""

    state: BallotState
    survey: Survey | None = None


class NotComplete(Problem):
    """The answers cannot be taken as they are; nothing was spent."""

    status = 400
    title = "Your answers are not complete"


def make_ballots(session: Session, survey: Survey, number: int, kind: str = INDIVIDUAL) -> list[str]:
    """Make a batch of ballots and give their tokens, in an order that tells nothing.

    The rows are written in the order of their hashes, which is random; the tokens are given in the order in
    which they were made. The two have nothing in common.
    """
    tokens = [new_token() for _ in range(number)]
    rows = sorted(
        (
            {"token_hash": hash_of(token), "diagnostic_id": survey.diagnostic_id, "kind": kind}
            for token in tokens
        ),
        key=_by_hash,
    )
    if rows:
        session.execute(insert(Ballot), rows)
    return tokens


def _by_hash(row: Mapping[str, Any]) -> bytes:
    found: bytes = row["token_hash"]
    return found


def find_ballot(session: Session, token: str) -> Found:
    """Give what a token leads to. Reading writes nothing."""
    if not looks_like_token(token):
        return Found(BallotState.UNKNOWN)
    for query, state in ((_UNSPENT, BallotState.READY), (_SPENT, BallotState.SPENT)):
        survey = session.scalars(query, {"hash": hash_of(token)}).one_or_none()
        if survey is not None:
            return Found(state, survey)
    return Found(BallotState.UNKNOWN)


def find_draft(session: Session, token: str, diagnostic_id: UUID, *, lock: bool = False) -> Given | None:
    """Give what was answered with a link so far, if anything; ``lock`` keeps other tabs waiting."""
    query = _DRAFT_LOCKED if lock else _DRAFT
    sealed = session.scalar(query, {"finder": finder_of(token, diagnostic_id)})
    return None if sealed is None else take_draft(sealed, draft_box(token, diagnostic_id))


def save_draft(session: Session, token: str, diagnostic_id: UUID, given: Given) -> None:
    """Keep what was answered so far, in place of what was kept before."""
    found_by = finder_of(token, diagnostic_id)
    kept = {"finder": found_by, "box": keep_draft(given, draft_box(token, diagnostic_id))}
    if rows_of(session.execute(_REPLACE_DRAFT, kept)) == 1:
        return
    try:
        with session.begin_nested():
            row = {"found_by": found_by, "diagnostic_id": diagnostic_id, "sealed": kept["box"]}
            session.execute(insert(_DRAFTS), row)
    except IntegrityError:
        # Another tab made it in the meantime.
        session.execute(_REPLACE_DRAFT, kept)


def may_answer(session: Session, token: str, survey: Survey, moment: datetime) -> bool:
    """Say whether a link may be answered now: begun by then, or in the hour after it by whoever had begun."""
    if may_start(survey, moment):
        return True
    if not may_go_on(survey, moment):
        return False
    found_by = finder_of(token, survey.diagnostic_id)
    return session.scalar(select(Draft.found_by).where(Draft.found_by == found_by)) is not None


def start_open(session: Session, survey: Survey) -> str:
    """Give a visitor of the open link a ballot of their own."""
    return make_ballots(session, survey, 1, OPEN)[0]


def submit(
    session: Session, token: str, survey: Survey, questionnaire: Questionnaire, given: Given
) -> BallotState:
    """Spend a ballot and put its answers into the inbox, all or nothing.

    Gives `BallotState.READY` where this submission was taken, `BallotState.SPENT` where an earlier one was,
    and `BallotState.UNKNOWN` where the ballot is nobody's.

    Raises
    ------
    NotComplete
        Where the answers are not complete or not possible; nothing is spent.
    """
    given = questionnaire.fitted(given)
    refused = questionnaire.refuses(given)
    if refused:
        raise NotComplete(
            f"Your answers were not sent, because {refused}. Nothing is lost: check your answers."
        )
    ballot = {"hash": hash_of(token)}
    kind = session.scalar(_KIND, ballot)
    if rows_of(session.execute(_SPEND, ballot)) != 1 or kind is None:
        return find_ballot(session, token).state
    whose = {"diagnostic_id": survey.diagnostic_id}
    session.execute(insert(_MARKS), {**whose, "token_hash": hash_of(token), "kind": kind})
    session.execute(insert(_INBOX), {**whose, "id": random_id(), "sealed": seal(given, survey.public_key)})
    session.execute(_FORGET_DRAFT, {"finder": finder_of(token, survey.diagnostic_id)})
    return BallotState.READY


def count(session: Session, diagnostic_id: UUID, table: type[Ballot | SpentMark], kind: str) -> int:
    """Count the ballots of a kind that are still out, or that are spent."""
    counted = select(func.count()).select_from(table)
    return session.scalar(counted.where(table.diagnostic_id == diagnostic_id, table.kind == kind)) or 0


def rows_of(result: Result[Any]) -> int:
    """Say how many rows a statement changed."""
    return cast("CursorResult[Any]", result).rowcount
