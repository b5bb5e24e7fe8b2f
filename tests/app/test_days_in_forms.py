"""A day that is asked for in three boxes: whatever stands in them is a day, or is said to be none."""

from datetime import date
from typing import Annotated

import pytest
from starlette.datastructures import FormData

from app.web.forms import DateParts, Form, Says, bind


class Asked(Form):
    """A form that asks for one day."""

    day: Annotated[date, DateParts(), Says("Enter the day", "The day must be a real date")]


def sent(day: str, month: str, year: str) -> FormData:
    return FormData([("day-day", day), ("day-month", month), ("day-year", year)])


def test_a_day_is_read_from_its_boxes() -> None:
    bound = bind(Asked, sent(" 1", "03 ", "2027"))
    assert bound.data == Asked(day=date(2027, 3, 1))


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "2", "2027"),
        ("1", "3", "9" * 5000),
        ("1", "9" * 5000, "2027"),
        ("9" * 20, "3", "2027"),
        ("1", "3", "9" * 20),
        ("1", "3", "-1"),
        ("1", "3", "0"),
        ("1", "3", "٢٠٢٧"),
        ("1", "", "2027"),
    ],
    ids=[
        "no such day",
        "a long year",
        "a long month",
        "a large day",
        "a large year",
        "a minus",
        "nought",
        "other digits",
        "no month",
    ],
)
def test_what_is_no_day_is_said_to_be_none_and_is_kept_as_it_was_typed(
    day: str, month: str, year: str
) -> None:
    bound = bind(Asked, sent(day, month, year))
    assert (bound.data, bound.error("day")) == (None, "The day must be a real date")
    assert [bound.value(f"day-{part}") for part in ("day", "month", "year")] == [day, month, year]
