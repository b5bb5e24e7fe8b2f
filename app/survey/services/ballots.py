"""Making ballots, finding the one that a link holds, keeping drafts, and spending a ballot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    LargeBinary,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.database.direct import Direct, Statement, within
from app.survey.asked import AskedSurvey, by_token
from app.survey.models import INDIVIDUAL, OPEN, Ballot, Draft, SealedAnswers, SpentMark, Survey
from app.survey.questionnaire import Questionnaire
from app.survey.sealing import Given, keep_draft, random_id, seal, take_draft
from app.survey.tokens import draft_box, finder_of, hash_of, looks_like_token, new_token
from app.survey.windows import may_go_on, may_start
from app.web.errors import Problem

_BALLOTS, _MARKS = cast("Table", Ballot.__table__), cast("Table", SpentMark.__table__)
_DRAFTS, _INBOX = cast("Table", Draft.__table__), cast("Table", SealedAnswers.__table__)


# Made once: to make such a statement takes longer than to have it executed.
_DRAFT = select(_DRAFTS.c.sealed).where(_DRAFTS.c.found_by == bindparam("finder"))
_UNSPENT = Statement(by_token(Ballot).add_columns(_BALLOTS.c.kind, _DRAFT.scalar_subquery()))
_SPENT = Statement(by_token(SpentMark))
_SPEND = Statement(
    delete(_BALLOTS).where(_BALLOTS.c.token_hash == bindparam("hash")).returning(_BALLOTS.c.kind)
)
# A draft is kept only in place of the one that was read, whose beginning is random and tells it from all
# others: so no tab undoes what another has kept meanwhile, and nobody has to wait.
_BEGINNING = 24
_NEW = {
    column.name: bindparam(name, type_=column.type)
    for name, column in (
        ("finder", _DRAFTS.c.found_by),
        ("whose", _DRAFTS.c.diagnostic_id),
        ("sealed", _DRAFTS.c.sealed),
    )
}
# The ballot is held on to, so that the first draft does not come after somebody has spent it elsewhere.
_BY_HOLDER = (
    select(*_NEW.values())
    .select_from(_BALLOTS)
    .where(_BALLOTS.c.token_hash == bindparam("hash"))
    .with_for_update(read=True, key_share=True)
)
# Each engine has words of its own.
_FIRST_DRAFT = {
    name: Statement(engine.insert(_DRAFTS).from_select([*_NEW], _BY_HOLDER).on_conflict_do_nothing())
    for name, engine in (("postgresql", postgresql), ("sqlite", sqlite))
}
_NEXT_DRAFT = Statement(
    update(_DRAFTS)
    .where(_DRAFTS.c.found_by == bindparam("finder"))
    .where(
        func.substr(_DRAFTS.c.sealed, literal_column("1"), literal_column(str(_BEGINNING)), type_=LargeBinary)
        == bindparam("before")
    )
    .values(sealed=bindparam("sealed"))
)
_MARK, _SEND = Statement(insert(_MARKS)), Statement(insert(_INBOX))
_FORGET_DRAFT = Statement(delete(_DRAFTS).where(_DRAFTS.c.found_by == bindparam("finder")))
# PostgreSQL shows with each row the transaction that wrote it, and keeps rows in the order in which they
# came. So the ballots that were there before are written anew together with the new ones, in the order of
# their hashes. The open link needs none of this: its ballots belong to no address.
_GONE = (
    delete(_BALLOTS)
    .where(_BALLOTS.c.diagnostic_id == bindparam("whose"), _BALLOTS.c.kind == INDIVIDUAL)
    .returning(*_BALLOTS.c)
    .cte("gone")
)
_MIX = insert(_BALLOTS).from_select(
    [column.name for column in _BALLOTS.c], select(*_GONE.c).order_by(_GONE.c.token_hash)
)


class BallotState(Enum):
    """What a link is worth."""

    UNKNOWN = "unknown"
    READY = "ready"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class Found:
    """What a link's token leads to; the survey is None where the token is nobody's.

    ``draft`` is what was answered so far, and ``kept`` the same as it is sealed; None where nobody has begun
    or the ballot is spent. ``kind`` is told of a ballot that is not spent.
    """

    state: BallotState
    survey: AskedSurvey | None = None
    draft: Given | None = None
    kept: bytes | None = None
    kind: str = INDIVIDUAL


class NotComplete(Problem):
    """The answers cannot be taken as they are; nothing was spent."""

    status = 400
    title = "Your answers are not complete"


def make_ballots(
    session: Session, survey: Survey | AskedSurvey, number: int, kind: str = INDIVIDUAL
) -> list[str]:
    """Make a batch of ballots and give their tokens, in an order that tells nothing.

    The rows are written in the order of their hashes, which is random; the tokens are given in the order in
    which they were made. The two have nothing in common. No batch of invitations can be told from those
    before it: whoever joined late may be alone in theirs, and would be seen to have answered.
    """
    tokens = [new_token() for _ in range(number)]
    rows = sorted(
        (
            {"token_hash": hash_of(token), "diagnostic_id": survey.diagnostic_id, "kind": kind}
            for token in tokens
        ),
        key=_by_hash,
    )
    if rows and kind == INDIVIDUAL and session.connection().dialect.name == "postgresql":
        _lock_for_mixing(session, survey.diagnostic_id)
        session.execute(insert(Ballot), rows)
        session.execute(_MIX, {"whose": survey.diagnostic_id})
    elif rows:
        session.execute(insert(Ballot), rows)
    return tokens


def _lock_for_mixing(session: Session, diagnostic_id: UUID) -> None:
    """Have those who spend a ballot wait for as long as the ballots of a survey are written anew.

    Otherwise a ballot that is being spent would seem not to be there. First the survey, as the close does it,
    but so that rows may still point at it, as those who have deleted their ballot already must write some.
    """
    session.execute(
        select(Survey.diagnostic_id)
        .where(Survey.diagnostic_id == diagnostic_id)
        .with_for_update(key_share=True)
    )
    session.execute(text("LOCK TABLE ballots IN SHARE ROW EXCLUSIVE MODE"))


def unmake_ballots(session: Session, tokens: Iterable[str]) -> None:
    """Delete ballots whose tokens nobody was given."""
    session.execute(delete(Ballot).where(Ballot.token_hash.in_([hash_of(token) for token in tokens])))


def _by_hash(row: Mapping[str, Any]) -> bytes:
    found: bytes = row["token_hash"]
    return found


def find_ballot(session: Session | Direct, token: str) -> Found:
    """Give what a token leads to, with the draft. Reading writes nothing."""
    if not looks_like_token(token):
        return Found(BallotState.UNKNOWN)
    direct, hashed = within(session), hash_of(token)
    unspent = direct.one(_UNSPENT, {"hash": hashed, "finder": finder_of(token)})
    if unspent is not None:
        *columns, kind, sealed = unspent
        survey = AskedSurvey(*columns)
        box = draft_box(token, survey.diagnostic_id)
        draft = None if sealed is None else take_draft(sealed, box)
        return Found(BallotState.READY, survey, draft, sealed, kind)
    spent = direct.one(_SPENT, {"hash": hashed})
    return Found(BallotState.UNKNOWN) if spent is None else Found(BallotState.SPENT, AskedSurvey(*spent))


def save_draft(
    session: Session | Direct,
    token: str,
    diagnostic_id: UUID,
    given: Given,
    *,
    instead_of: bytes | None = None,
) -> bool:
    """Keep what was answered so far, in place of the draft that was read, or as the first one.

    It is one statement, so that it needs no transaction around it. Gives False, and keeps nothing, where
    another tab has kept or sent something meanwhile.
    """
    direct = within(session)
    values = {"finder": finder_of(token), "sealed": keep_draft(given, draft_box(token, diagnostic_id))}
    if instead_of is not None:
        return direct.run(_NEXT_DRAFT, {**values, "before": instead_of[:_BEGINNING]}) == 1
    first = _FIRST_DRAFT[direct.engine]
    return direct.run(first, {**values, "whose": diagnostic_id, "hash": hash_of(token)}) == 1


def may_answer(found: Found, moment: datetime) -> bool:
    """Say whether a link may be answered now: begun by then, or in the hour after it by whoever had begun."""
    if found.survey is None or found.state is not BallotState.READY:
        return False
    begun = found.draft is not None
    return may_start(found.survey, moment) or (begun and may_go_on(found.survey, moment))


def start_open(session: Session, survey: AskedSurvey) -> str:
    """Give a visitor of the open link a ballot of their own."""
    return make_ballots(session, survey, 1, OPEN)[0]


def submit(
    session: Session | Direct,
    token: str,
    survey: Survey | AskedSurvey,
    questionnaire: Questionnaire,
    given: Given,
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
    direct, hashed = within(session), hash_of(token)
    spent = direct.one(_SPEND, {"hash": hashed})
    if spent is None:
        return find_ballot(direct, token).state
    whose = {"diagnostic_id": survey.diagnostic_id}
    direct.run(_MARK, {**whose, "token_hash": hashed, "kind": spent[0]})
    direct.run(_SEND, {**whose, "id": random_id(), "sealed": seal(given, survey.public_key)})
    direct.run(_FORGET_DRAFT, {"finder": finder_of(token)})
    return BallotState.READY


def count(session: Session, diagnostic_id: UUID, table: type[Ballot | SpentMark], kind: str) -> int:
    """Count the ballots of a kind that are still out, or that are spent."""
    counted = select(func.count()).select_from(table)
    return session.scalar(counted.where(table.diagnostic_id == diagnostic_id, table.kind == kind)) or 0
