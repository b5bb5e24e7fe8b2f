"""What an attacker is assumed to know beside the report: everything but the answers.

The auditor attacks with it. It counts people cell by cell, so it is kept inside and never published.
Nothing here knows the computed profile: the auditor must not lean on what made it.
"""

import json
from dataclasses import asdict, dataclass
from typing import Literal

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A group as it is reported: its id and the framework's role groups, or the area, that it joins."""

    id: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item: its code, what each option scores (0 to 100, worst first), its heading, who is shown it."""

    code: str
    scores: tuple[float, ...]
    heading: str
    to_everybody: bool


@dataclass(frozen=True, slots=True)
class KnownMethod:
    """What the framework says of the method: weights of the sources, where stages begin, and the sides.

    ``sides`` names, for each role group of the framework that stands on one, the side of the
    comparison between leaders and practitioners: upper or lower. Two sources agree up to
    ``agreement_within`` points apart, and in part up to ``partial_within``. That weighting moved a
    score by more than ``weighting_gap`` points is said in words.
    """

    source_weights: dict[str, float]
    stage_cuts: tuple[float, float, float]
    sides: dict[str, str]
    agreement_within: float
    partial_within: float
    weighting_gap: float


@dataclass(frozen=True, slots=True)
class KnownCell:
    """One role group in one service area (null: not said): how many people, and what each weighs.

    ``people`` counts the frame (0 where the role or area was not said), ``answered`` those who
    answered at all. ``scored`` (a heading), ``rated`` (an item) and ``ticking`` (the question about
    needs) count those who answered to that measure. Everybody in a cell has the same ``weight``.
    """

    role_group: str | None
    service_area: str | None
    people: int
    answered: int
    weight: float
    scored: tuple[int, ...]
    rated: tuple[int, ...]
    ticking: int


@dataclass(frozen=True, slots=True)
class SideKnowledge:
    """All that is known beside one published profile, which has the same ``digest``.

    ``inputs`` is the digest of everything that the profile was computed from.
    ``answers`` is a digest of the answers alone: two versions of a wave with the same one rest on
    the same answers. ``headings`` and ``items`` give the order of ``scored`` and ``rated``.
    """

    schema: Literal["side-knowledge/1"]
    digest: str
    inputs: str
    answers: str
    authority: str
    wave: int
    threshold: int
    method: KnownMethod
    headings: tuple[str, ...]
    items: tuple[KnownItem, ...]
    role_groups: tuple[KnownGroup, ...]
    service_areas: tuple[KnownGroup, ...]
    cells: tuple[KnownCell, ...]

    def to_json(self) -> str:
        """Give it as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")) + "\n"


_ADAPTER: TypeAdapter[SideKnowledge] = TypeAdapter(SideKnowledge)


def read_side_knowledge(text: str) -> SideKnowledge:
    """Read side knowledge from its JSON text.

    Raises
    ------
    pydantic.ValidationError
        Where the text is not side knowledge of schema ``side-knowledge/1``.
    """
    return _ADAPTER.validate_json(text)
