"""What is kept of a diagnostic, until when, who deletes it, and whether that was done."""

from dataclasses import dataclass
from datetime import date, datetime

from app.commissioning.models import Diagnostic
from app.fieldwork.retention import must_go_on as notes_go_on
from app.survey.models import DESTROYED, Survey
from app.survey.windows import LIST_DAYS
from app.survey.windows import must_go_on as answers_go_on
from app.web.dates import months_after, uk_date

_STAYS = "Stays with the diagnostic"
_MINUTELY = "The service, every minute"


@dataclass(frozen=True, slots=True)
class Kept:
    """A class of data, in words."""

    what: str
    until: str
    who: str
    done: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The days on which the service deleted what is kept for a time; None where it has not yet.

    ``addresses`` is for a list that was deleted although its survey was neither closed nor given up.
    """

    addresses: date | None
    notes: date | None
    words: date | None
    drafts: date | None


def kept_of(diagnostic: Diagnostic, survey: Survey | None, gone: Gone) -> tuple[Kept, ...]:
    """Put every class of data of a diagnostic into words; the service carries each promise out."""
    answers = _answers(diagnostic, survey)
    closed = survey is not None and survey.closed_on is not None
    close = _day("The close of the survey", survey.closes_on if survey else diagnostic.survey_closes_on)
    swept = _done(survey.swept_at if survey else None)
    survey_rows = (
        Kept("Staff addresses", close,
             f"The service, at the close, in any case {LIST_DAYS} days after the last day",
             swept if closed else _done(gone.addresses)),
        Kept("Links, unfinished answers and sealed answers", close, "The service, at the close", swept),
        Kept("The key of the survey on this machine", close, "The service, at the close",
             _done(survey.key_destroyed_at if survey else None)),
        Kept("Answers and comments of the survey", answers, _MINUTELY,
             _done(_answers_went(survey))),
    )  # fmt: skip
    notes = (
        Kept("Fieldwork notes, quotes, reasons for ratings, own codes and files",
             _day("The end of the time that people were promised", notes_go_on(diagnostic)),
             _MINUTELY, _done(gone.notes)),
        Kept("Stages of ratings, without reasons", _STAYS, "Nobody", "Kept, to compare waves by"),
    )  # fmt: skip
    return (
        *survey_rows,
        *(notes if diagnostic.with_fieldwork else ()),
        Kept("The commission: scope, dates, people with a part in it, the workforce in numbers", _STAYS,
             "Nobody", "Kept, to begin the next wave with"),
        Kept("Computed profiles, with the quotes and reasons that they show", _STAYS, "Nobody",
             "Kept, to compare waves by"),
        Kept("Published briefs and their files", _STAYS, "Nobody", "Kept as published"),
        Kept("Right of reply: comments, answers to them, and answers to the three questions", answers,
             _MINUTELY, _done(gone.words)),
        Kept("Who decided on codes and why, beyond the reasons that a profile holds", answers, _MINUTELY,
             _done(gone.words)),
        Kept("What kept a profile from being computed", answers, _MINUTELY, _done(gone.words)),
        Kept("Drafts of briefs that nobody published", answers, _MINUTELY, _done(gone.drafts)),
        Kept("Actions and notes on them", _STAYS, "Nobody", "Kept, so that the next wave can look back"),
        Kept("Accounts", "Until the person closes the account", "The person, or whoever manages people",
             "Sessions and links that are over are deleted every 10 minutes"),
        Kept("Log of what was done", "For as long as the service runs", "Nobody",
             "Holds no names and nothing that anybody wrote"),
        Kept("Mail", "Until it is sent, or 30 days where it could not be sent", "The service, every hour",
             "Sealed until it leaves"),
    )  # fmt: skip


def _answers(diagnostic: Diagnostic, survey: Survey | None) -> str:
    if survey is not None and (day := answers_go_on(survey)) is not None:
        return uk_date(day)
    closes = survey.closes_on if survey else diagnostic.survey_closes_on
    months = survey.raw_data_months if survey else diagnostic.raw_data_months
    if closes is None:
        return f"{months} months after the survey closes"
    return f"About {uk_date(months_after(closes, months))}: {months} months after the survey closes"


def _answers_went(survey: Survey | None) -> date | datetime | None:
    """Give when the answers went: in time, or unread because the survey was given up."""
    if survey is None:
        return None
    return survey.swept_at if survey.state == DESTROYED else survey.purged_on


def _day(words: str, day: date | None) -> str:
    return words if day is None else f"{words}, {uk_date(day)}"


def _done(when: date | datetime | None) -> str:
    return "Not yet" if when is None else f"Deleted on {uk_date(when)}"
