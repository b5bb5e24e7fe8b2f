"""What leaves the method together: the published profile, and beside it what stays inside."""

from dataclasses import dataclass

from diagnostics.published import PublishedProfile
from diagnostics.side_knowledge import SideKnowledge


@dataclass(frozen=True, slots=True)
class Release:
    """A published profile, and what an attacker is assumed to know beside it (never published)."""

    published: PublishedProfile
    knowledge: SideKnowledge


@dataclass(frozen=True, slots=True)
class Withheld:
    """A line of the internal log: what is not shown, and why. The reason never leaves.

    ``table`` is "role group", "service area" or "authority"; ``group`` is the group's id, or empty.
    """

    measure: str
    table: str
    group: str
    reason: str
