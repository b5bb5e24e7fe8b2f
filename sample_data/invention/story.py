"""What differs from one invented council to the next: who works there, who answered, what they think."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sample_data.invention import opinions
from sample_data.invention.comments import HELPS_MOST, ONE_CHANGE

Levels = Mapping[str, Sequence[float]]
Cells = Sequence[tuple[str, str, int]]


@dataclass(frozen=True, slots=True)
class Story:
    """One wave of one council.

    Attributes
    ----------
    frame : sequence of (str, str, int)
        Role group, service area, headcount.
    culture, otherwise : mapping of str to float
        How far each area stands from the others, under culture and under every other heading; in points.
    levels : mapping of str to sequence of float
        The level of each heading by role group.
    lower : mapping of str to float
        How much lower each heading stands in this wave than ``levels`` say.
    lower_items : mapping of str to float
        The same for single items, in place of what their heading has.
    helps_most, one_change : sequence of str
        The comments to draw from; within a wave none stands twice.
    comments_share : float
        How many of those who answered write one.
    stop_early : int
        How many give up halfway.
    easier : mapping of str to float
        How far single items lie above where they lie in other councils.
    """

    frame: Cells
    culture: Mapping[str, float]
    otherwise: Mapping[str, float]
    levels: Levels
    lower: Mapping[str, float]
    lower_items: Mapping[str, float]
    helps_most: Sequence[str] = tuple(HELPS_MOST)
    one_change: Sequence[str] = tuple(ONE_CHANGE)
    comments_share: float = 1 / 3
    stop_early: int = 2
    easier: Mapping[str, float] = field(default_factory=dict)


def wexbourne(wave: int, frame: Cells) -> Story:
    """Give the story of Wexbourne."""
    first = wave == 1
    items = {code: item.lower_before for code, item in opinions.ITEMS.items()}
    return Story(
        frame=frame,
        culture=opinions.AREA_CULTURE,
        otherwise=opinions.AREA_OTHERWISE,
        levels=opinions.LEVELS,
        lower=opinions.LOWER_BEFORE if first else {},
        lower_items={code: lower for code, lower in items.items() if lower is not None} if first else {},
    )
