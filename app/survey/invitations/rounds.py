"""When staff may be written to, and for how long at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.web.dates import LONDON, now

# Nobody is written to in the night.
_FIRST_HOUR, _LAST_HOUR = 8, 19
# Between two messages that ask the same person to answer.
APART = timedelta(days=2)
# Then the worker's other work has its turn: closing, ordinary mail, profiles.
LONGEST = timedelta(seconds=20)


def by_day(moment: datetime) -> bool:
    """Say whether staff may be written to at this hour."""
    return _FIRST_HOUR <= moment.astimezone(LONDON).hour < _LAST_HOUR


@dataclass(slots=True)
class Round:
    """One round of sending. It ends with the day, and after so much time or so many messages."""

    left: int
    until: datetime

    @classmethod
    def begun(cls, a_minute: int) -> "Round":
        """Begin a round in which as many messages may leave as its time allows for."""
        return cls(max(1, round(a_minute * (LONGEST / timedelta(minutes=1)))), now() + LONGEST)

    def goes_on(self) -> bool:
        """Say whether there is room for one more message."""
        moment = now()
        return self.left > 0 and moment < self.until and by_day(moment)
