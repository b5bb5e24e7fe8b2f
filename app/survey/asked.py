"""A survey as whoever answers it meets it: the few columns that every one of their pages needs.

Everybody opens such pages within a few days. What was frozen at the launch is read once a process, and the
rest with every page, as plain values; to load whole rows with all their lists took half of a page's time.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, Table, bindparam, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from app.database.direct import Direct, Statement, within
from app.survey.models import Ballot, SpentMark, Survey
from app.survey.questionnaire import Questionnaire, frozen_questionnaire
from app.survey.tokens import looks_like_code

_SURVEYS = cast("Table", Survey.__table__)
_MOST_KNOWN = 500
_known: dict[tuple[UUID, bytes], Questionnaire] = {}


@dataclass(frozen=True, slots=True)
class AskedSurvey:
    """What the respondents' pages need of a survey; each value is that of the survey's column."""

    diagnostic_id: UUID
    public_key: bytes
    state: str
    keys_fetched: bool
    opens_on: date
    closes_on: date
    threshold: int
    raw_data_months: int


_COLUMNS = tuple(_SURVEYS.c[name] for name in AskedSurvey.__slots__)


def by_token(table: type[Ballot | SpentMark]) -> Select[Any]:
    """Give the statement that finds the survey of a ballot, or of a spent one, by ``hash``."""
    tokens = cast("Table", table.__table__)
    found = select(*_COLUMNS).join(tokens, tokens.c.diagnostic_id == _SURVEYS.c.diagnostic_id)
    return found.where(tokens.c.token_hash == bindparam("hash"))


_BY_CODE = Statement(select(*_COLUMNS).where(_SURVEYS.c.open_code == bindparam("code")))
_FROZEN = Statement(
    select(*(_SURVEYS.c[name] for name in ("framework", "framework_digest", "groups", "areas"))).where(
        _SURVEYS.c.diagnostic_id == bindparam("survey")
    )
)


def open_survey(session: Session, code: str) -> AskedSurvey | None:
    """Give the survey of an open link."""
    if not looks_like_code(code):
        return None
    row = within(session).one(_BY_CODE, {"code": code})
    return None if row is None else AskedSurvey(*row)


def questionnaire_asked(session: Session | Direct, survey: AskedSurvey) -> Questionnaire:
    """Give a survey's questionnaire, which nothing changes after the launch.

    Every launch makes a key, so that a survey which is launched anew is another one here.

    Raises
    ------
    app.survey.questionnaire.FrameworkChanged
        Where the framework's file was edited since the launch.
    """
    key = survey.diagnostic_id, survey.public_key
    found = _known.get(key)
    if found is None:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        frozen = within(session).one(_FROZEN, {"survey": survey.diagnostic_id})
        if frozen is None:
            raise NoResultFound
        found = _known[key] = frozen_questionnaire(*frozen)
    return found
