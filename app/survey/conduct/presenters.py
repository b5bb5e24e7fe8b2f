"""The page of a survey as its template prints it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.survey.models import CLOSED, DESTROYED, INDIVIDUAL, LAUNCHED, OPEN, Custody, Survey
from app.survey.services.watching import Counted, counted
from app.survey.windows import closable_at, closes_at, opens_at
from app.web.dates import LONDON, uk_date


@dataclass(frozen=True, slots=True)
class Custodian:
    """One custodian, and what they have done; ``left`` where they can no longer open the survey's page."""

    id: UUID
    name: str
    is_you: bool
    fetched: bool
    destroyed: bool
    left: bool


@dataclass(frozen=True, slots=True)
class Links:
    """One kind of link after the close: how many were given out, None where nobody counted, and used."""

    words: str
    issued: int | None
    returned: int


@dataclass(frozen=True, slots=True)
class SurveyView:
    """What a survey's page says. ``stage`` is one of waiting, open, ending, too_few, closed, destroyed."""

    stage: str
    headline: str
    unreadable: bool
    key_missing: bool
    key_lost: bool
    custodians: tuple[Custodian, ...]
    you_hold: Custodian | None
    keys_in_hand: bool
    count: Counted
    answers: int
    links: tuple[Links, ...]
    copies_left: bool
    complete: bool


def stage_of(survey: Survey, moment: datetime, *, too_few: bool) -> str:
    """Say where a survey stands at a moment."""
    if survey.state == CLOSED:
        return "closed"
    if survey.state == DESTROYED:
        return "destroyed"
    if moment < opens_at(survey.opens_on):
        return "waiting"
    if moment < closes_at(survey.closes_on):
        return "open"
    if moment >= closable_at(survey.closes_on) and too_few:
        return "too_few"
    return "ending"


def view_of(
    survey: Survey,
    custodies: list[tuple[Custody, str]],
    you: UUID,
    moment: datetime,
    *,
    left: Collection[UUID],
    too_few: bool,
    unreadable: bool,
    key_missing: bool,
    key_lost: bool,
) -> SurveyView:
    """Give a survey as its page shows it.

    ``left`` are the people who have left the council. ``too_few`` tells that it cannot be opened yet,
    ``unreadable`` that this is so although enough answered. ``key_missing`` tells that it waits, or will, for
    a key that is not on this machine, ``key_lost`` that nobody has brought it back for long.
    """
    stage = stage_of(survey, moment, too_few=too_few)
    custodians = tuple(
        Custodian(
            id=custody.account_id,
            name=name,
            is_you=custody.account_id == you,
            fetched=custody.copies > 0,
            destroyed=custody.destroyed_at is not None,
            left=custody.account_id in left,
        )
        for custody, name in custodies
    )
    copies_left = any(one.fetched and not one.destroyed for one in custodians)
    return SurveyView(
        stage=stage,
        headline=_headline(survey, stage, moment, unreadable=unreadable, key_missing=key_missing),
        unreadable=unreadable,
        key_missing=key_missing,
        key_lost=key_lost,
        custodians=custodians,
        you_hold=next((one for one in custodians if one.is_you), None),
        keys_in_hand=all(one.fetched for one in custodians),
        count=counted(survey),
        answers=sum(survey.returned.values()),
        links=_links(survey),
        copies_left=copies_left,
        complete=survey.state != LAUNCHED and survey.key_destroyed_at is not None and not copies_left,
    )


def _links(survey: Survey) -> tuple[Links, ...]:
    """Give the links by their kind, only once the survey is closed."""
    if survey.state != CLOSED:
        return ()
    by_kind = (
        Links("Personal links sent by email", survey.issued, survey.returned.get(INDIVIDUAL, 0)),
        Links("Links made for visitors of the open link", survey.issued_open, survey.returned.get(OPEN, 0)),
    )
    return tuple(links for links in by_kind if links.issued or links.returned)


def _headline(survey: Survey, stage: str, moment: datetime, *, unreadable: bool, key_missing: bool) -> str:
    if stage == "waiting":
        return f"The survey opens on {uk_date(survey.opens_on)}"
    if stage == "open":
        left = (survey.closes_on - moment.astimezone(LONDON).date()).days
        days = (
            "today is the last day" if left == 0 else f"{left} more day{'' if left == 1 else 's'} after today"
        )
        return f"The survey is open until {uk_date(survey.closes_on)}: {days}"
    if stage == "too_few" and unreadable:
        return f"Fewer than {survey.threshold} answers can be read, so the survey cannot be opened"
    if stage == "too_few":
        return f"Fewer than {survey.threshold} people have answered, so the survey cannot be opened"
    if stage == "closed":
        return f"The survey closed on {uk_date(survey.closed_on or survey.closes_on)}"
    if stage == "destroyed":
        return "The survey was given up, and its answers were destroyed unread"
    if key_missing and moment >= closes_at(survey.closes_on):
        return "The survey is over. Its answers cannot be opened, because the key is not on this machine"
    return "The survey is over. Its answers will be opened within the next hours"
