"""Dates and times as people in England write them."""

from calendar import monthrange
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Give this moment."""
    return datetime.now(UTC)


def today() -> date:
    """Give the day that it is in London."""
    return now().astimezone(LONDON).date()


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later, or the last of that month where it has no such day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def uk_date(day: date | datetime) -> str:
    """Write a day: 3 December 2026."""
    if isinstance(day, datetime):
        day = day.astimezone(LONDON).date()
    return f"{day.day} {day:%B %Y}"


def uk_time(moment: datetime) -> str:
    """Write a moment: 3 December 2026 at 2:05pm."""
    return f"{uk_date(moment)} at {uk_clock(moment)}"


def uk_clock(moment: datetime) -> str:
    """Write the time of a moment: 2:05pm."""
    local = moment.astimezone(LONDON)
    clock = f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"
    return {"12:00am": "midnight", "12:00pm": "midday"}.get(clock, clock)
