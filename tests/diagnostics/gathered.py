"""Records of fieldwork in tests: as few words as they need."""

from collections.abc import Iterable
from datetime import date

from diagnostics.evidence import Frame, FrameCell
from diagnostics.fieldwork_coverage import Gathered
from diagnostics.published import Source
from tests.diagnostics.small_framework import published

TODAY = date(2026, 11, 26)
RECENT = date(2026, 11, 1)
FRAME = Frame(
    (
        FrameCell("leaders", "Early help", 5),
        FrameCell("registered", "Early help", 20),
        FrameCell("registered", "Fostering", 30),
        FrameCell("support", "Quality", 12),
    )
)
KINDS = {"interview": "interview", "observation": "team_meeting", "document": "strategy"}


def of(heading: str, number: int = 5) -> frozenset[str]:
    """Give the first characteristics of a heading."""
    found = next(one for one in published().headings if one.id == heading)
    return frozenset([c.id for c in found.characteristics][:number])


def every() -> frozenset[str]:
    return frozenset(c.id for c in published().characteristics)


def record(
    name: str,
    source: Source = "interview",
    role: str | None = None,
    area: str | None = None,
    *,
    kind: str = "",
    month: date | None = RECENT,
    raters: int = 1,
    seen: Iterable[str] = (),
    twice: Iterable[str] = (),
) -> Gathered:
    return Gathered(
        name, source, kind or KINDS[source], role, area, month, raters, frozenset(seen), frozenset(twice)
    )
