"""What a wave hands on to the next: enough to compare with, and nothing that anybody answered.

It outlives the answers. Once these are deleted, the next wave can still be compared with this one.
"""

import json
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
from pydantic import TypeAdapter

from diagnostics.crossing import Turnout
from diagnostics.side_knowledge import KnownCell
from diagnostics.survey_groups import Mean


@dataclass(frozen=True, slots=True)
class KeptGroup:
    """A group of a breakdown with its mean under each heading; None where that was not published."""

    id: str
    members: tuple[str, ...]
    people: int
    means: tuple[Mean | None, ...]


@dataclass(frozen=True, slots=True)
class KeptSurvey:
    """A wave's survey: means of the whole authority and of the groups that were shown, and who answered.

    Attributes
    ----------
    n, frame : int
        People who answered, and people in the frame.
    headings, items : tuple of Mean or None
        In the framework's order; None where too few answered to that measure.
    items_shown : tuple of bool, one an item
    role_groups, service_areas : tuple of KeptGroup
    cells : tuple of KnownCell
        How many answered in each cell, and what each weighs; never how they answered.
    """

    n: int
    frame: int
    headings: tuple[Mean | None, ...]
    items: tuple[Mean | None, ...]
    items_shown: tuple[bool, ...]
    role_groups: tuple[KeptGroup, ...]
    service_areas: tuple[KeptGroup, ...]
    cells: tuple[KnownCell, ...]

    @property
    def turnout(self) -> Turnout:
        """Who answered, cell by cell."""
        cells = self.cells
        return Turnout(
            n=self.n,
            frame=self.frame,
            role_groups=tuple(cell.role_group for cell in cells),
            service_areas=tuple(cell.service_area for cell in cells),
            people=np.array([cell.people for cell in cells], np.int64),
            answered=np.array([cell.answered for cell in cells], np.int64),
            weight=np.array([cell.weight for cell in cells], np.float64),
            scored=np.array([cell.scored for cell in cells], np.int64),
            rated=np.array([cell.rated for cell in cells], np.int64),
        )


@dataclass(frozen=True, slots=True)
class LastWave:
    """The wave before, as far as the next is compared with it. ``inputs`` is the digest of what made it."""

    schema: Literal["last-wave/1"]
    inputs: str
    framework: str
    version: str
    survey: KeptSurvey | None

    def to_json(self) -> str:
        """Give it as JSON text; numbers come back as they were, to the last digit."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")) + "\n"


_ADAPTER: TypeAdapter[LastWave] = TypeAdapter(LastWave)


def read_last_wave(text: str) -> LastWave:
    """Read a wave from its JSON text.

    Raises
    ------
    pydantic.ValidationError
        Where the text is not of schema ``last-wave/1``.
    """
    return _ADAPTER.validate_json(text)
