"""What the pages of ratings may send."""

import math
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from starlette.datastructures import FormData

from app.fieldwork.ratings.figures import PER_CENT, figure_field, shown_figure_field
from app.fieldwork.ratings.schedule import NOT_SEEN, UNMARKED, Sign, mark_field, shown_mark_field
from app.interchange.vocabulary import cleaned
from app.web.forms import Bound, Form, Says
from diagnostics.framework_parts import Indicator

MOST_REASON = 2000
# What a button of a page does beside saving.
NEXT, BACK, TAKE_BACK = "next", "back", "take_back"
# No more than a page can show again without loss.
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,9})(?:\.[0-9]{1,4})?")
_WHOLE = 100.0


def tidied(text: str) -> str:
    """Give a text as it is kept: no blanks around it, no control characters, one kind of line break."""
    return cleaned(text.replace("\r\n", "\n").replace("\r", "\n"))


Stage = Annotated[
    Literal["", "1", "2", "3", "4", "not_seen"], Says("Choose a stage, or that you did not see it")
]
Reason = Annotated[
    str,
    AfterValidator(tidied),
    Field(max_length=MOST_REASON),
    Says("Give a reason", too_long=f"The reason must be {MOST_REASON:,} characters or fewer"),
]


class RatingForm(Form):
    """A rating of one characteristic; marks of signs are read on their own."""

    stage: Stage = ""
    reason: Reason = ""
    then: Literal["next", "back", "take_back"] = "next"


class ReconcileForm(Form):
    """What two raters agreed; ``version`` is that of the agreed rating that the page showed."""

    stage: Stage = ""
    reason: Reason = ""
    version: str = ""


def stage_in(chosen: str) -> int | None:
    """Give the stage that was chosen; None for not seen."""
    return None if chosen in ("", NOT_SEEN) else int(chosen)


def with_reason_asked(form: Bound[RatingForm] | Bound[ReconcileForm]) -> dict[str, str]:
    """Say what is missing in a stage and its reason, by field."""
    data = form.data
    if data is None:
        return {}
    if not data.stage:
        return {"stage": "Choose a stage, or that you did not see it"}
    if data.stage != NOT_SEEN and not data.reason:
        return {"reason": "Say what you heard, saw or read that makes it this stage"}
    return {}


def changed_marks(sent: FormData, signs: Iterable[Sign], known: Iterable[str]) -> Mapping[str, str | None]:
    """Give the marks that were changed on a page, by sign; None where one was taken away."""
    marks = {UNMARKED: None, **{mark: mark for mark in known}}
    found: dict[str, str | None] = {}
    for sign in signs:
        now, before = str(sent.get(mark_field(sign), "")), str(sent.get(shown_mark_field(sign), UNMARKED))
        if now in marks and now != before:
            found[sign.id] = marks[now]
    return found


def figure_in(indicator: Indicator, text: str) -> float | None:
    """Read a figure such as 31, 12.5, 1,200 or 55%; None where it is none that the indicator can have."""
    plain = text.strip().removesuffix("%").strip() if indicator.unit.startswith(PER_CENT) else text.strip()
    if not _NUMBER.fullmatch(plain):
        return None
    value = float(plain.replace(",", ""))
    return value if value <= most_of(indicator) else None


def most_of(indicator: Indicator) -> float:
    """Give the largest value that an indicator can have."""
    return _WHOLE if indicator.unit.startswith(PER_CENT) else math.inf


def read_figures(
    sent: FormData, indicators: Iterable[Indicator]
) -> tuple[Mapping[str, float], dict[str, str]]:
    """Read the figures of a page: the values that were given, and what is wrong, by field."""
    values: dict[str, float] = {}
    errors: dict[str, str] = {}
    for one in indicators:
        text = cleaned(str(sent.get(figure_field(one), "")))
        if not text:
            continue
        value = figure_in(one, text)
        if value is None:
            most = most_of(one)
            span = "such as 12 or 12.5" if math.isinf(most) else f"from 0 to {most:g}"
            errors[figure_field(one)] = f"“{one.name}” must be a number {span}"
        else:
            values[one.id] = value
    return values, errors


def shown_figures(sent: FormData, indicators: Iterable[Indicator]) -> Mapping[str, float]:
    """Give the figures that the page had shown."""
    found = {one.id: figure_in(one, str(sent.get(shown_figure_field(one), ""))) for one in indicators}
    return {id_: value for id_, value in found.items() if value is not None}
