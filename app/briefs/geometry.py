"""Where things stand in a chart. The unit is 0.1 mm, so that print sizes can be read off."""

from collections.abc import Sequence
from dataclasses import dataclass

HATCH_EVERY = 16


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an axis."""

    x: float
    width: float

    @property
    def end(self) -> float:
        """Where it ends."""
        return round(self.x + self.width, 1)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, with the path of its 45° hatching, cut at its edges."""

    x: float
    y: float
    width: float
    height: float

    @property
    def hatch(self) -> str:
        """The hatching as an SVG path."""
        parts = []
        offset = HATCH_EVERY / 2
        while offset < self.width + self.height:
            left = max(0.0, offset - self.height)
            right = min(self.width, offset)
            parts.append(
                f"M{self.x + left:g} {self.y + min(offset, self.height):g}"
                f"L{self.x + right:g} {self.y + max(0.0, offset - self.width):g}"
            )
            offset += HATCH_EVERY
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear axis from ``low`` to ``high`` over ``width`` units, starting at ``start``."""

    low: float
    high: float
    width: float
    start: float = 0

    def at(self, value: float) -> float:
        """Give the place of a value, held within the axis."""
        held = min(max(value, self.low), self.high)
        return round(self.start + (held - self.low) / (self.high - self.low) * self.width, 1)

    def span(self, low: float, high: float) -> Span:
        """Give the stretch from one value to another."""
        return Span(self.at(low), round(self.at(high) - self.at(low), 1))


def spread(places: Sequence[float], apart: float, low: float, high: float) -> tuple[float, ...]:
    """Move labels in ascending order as little as needed so that they stand apart and inside the chart.

    Parameters
    ----------
    places
        Wanted places in ascending order.
    apart
        Least distance between two labels.
    low, high
        Edges that the labels must keep to.
    """
    groups: list[list[float]] = []  # [sum of wanted places, count]
    for place in places:
        groups.append([place, 1])
        while len(groups) > 1 and _touch(groups[-2], groups[-1], apart):
            total, count = groups.pop()
            groups[-1][0] += total
            groups[-1][1] += count
    moved: list[float] = []
    for total, count in groups:
        first = total / count - apart * (count - 1) / 2
        first = min(max(first, low), high - apart * (count - 1))
        moved.extend(round(first + apart * place, 1) for place in range(int(count)))
    for place in range(1, len(moved)):
        moved[place] = max(moved[place], round(moved[place - 1] + apart, 1))
    return tuple(moved)


def _touch(left: Sequence[float], right: Sequence[float], apart: float) -> bool:
    between = right[0] / right[1] - left[0] / left[1]
    return between < apart * (left[1] + right[1]) / 2
