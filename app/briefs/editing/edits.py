"""What somebody changed of the proposed brief, as it is kept beside the draft."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a finding: its bold beginning, which may be empty, and the rest."""

    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Added:
    """A sentence that somebody added under a heading, with the marks of its evidence."""

    id: str
    heading: str
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """Two findings of one heading that became one: ``gone`` is told in the words of ``kept``."""

    kept: str
    gone: str


@dataclass(frozen=True, slots=True)
class ChosenStrength:
    """The strength to keep: a finding of a heading, and the title above it."""

    finding: str
    title: str


@dataclass(frozen=True, slots=True)
class Edits:
    """All that was changed. ``verdict`` names another finding; own words for it stand in ``wordings``.

    ``order`` holds findings by heading; those that it does not name follow. ``steps`` are the first steps in
    another choice or order, and ``steps_reason`` says why the ranking was overruled.
    """

    wordings: Mapping[str, Wording] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    merged: tuple[Merged, ...] = ()
    order: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    added: tuple[Added, ...] = ()
    verdict: str = ""
    strength: ChosenStrength | None = None
    steps: tuple[str, ...] = ()
    steps_reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """Give what is stored."""
        return asdict(self)


_ADAPTER: TypeAdapter[Edits] = TypeAdapter(Edits)


def read_edits(stored: Mapping[str, Any]) -> Edits:
    """Read what was stored; nothing is no change."""
    return _ADAPTER.validate_python(dict(stored))
