"""What may be seen before the close: how many have answered, in steps, and at most once a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.survey.models import LAUNCHED, Survey
from app.survey.services.closing import returned

LEAST_STEP = 10
_SHARE = 20


@dataclass(frozen=True, slots=True)
class Counted:
    """How many have answered at least, of how many, on which day; None before the first count."""

    at_least: int
    people: int
    on: date | None

    @property
    def rate(self) -> int:
        """The share who have answered at least, in whole per cent, rounded down."""
        return 100 * self.at_least // self.people if self.people else 0


def step(people: int) -> int:
    """Give the steps in which answers are counted: ten people or a twentieth of all, in tens."""
    return max(LEAST_STEP, 10 * round(people / _SHARE / 10))


def count_for_today(session: Session, survey: Survey, day: date) -> bool:
    """Count once a day; say whether this was the time."""
    if survey.state != LAUNCHED or survey.counted_on == day:
        return False
    steps = step(survey.people)
    survey.counted = {"at_least": steps * (returned(session, survey.diagnostic_id) // steps)}
    survey.counted_on = day
    return True


def counted(survey: Survey) -> Counted:
    """Give the last count."""
    return Counted(survey.counted.get("at_least", 0), survey.people, survey.counted_on)
