"""Reliability and agreement: coefficients that tell how the few who stand apart have answered."""

import math
from collections.abc import Iterator

from diagnostics.audit_counts import TOLERANCE
from diagnostics.audit_reading import HIGHEST, Reading, group_rows
from diagnostics.audit_report import Weakness
from diagnostics.published import PublishedHeading, PublishedReliability

# Sum of squares of one person who is two options away from all the others, on one item.
LEAST_SQUARES = 4.0
# Fewer items of one mind leave too little spread for one person who differs on all of them.
FEWEST_ITEMS = 3
HALF_A_HUNDREDTH = 0.005


def agreement(reading: Reading, heading: PublishedHeading) -> Iterator[Weakness]:
    """Attack what is printed of reliability and agreement under one heading."""
    row = reading.published.reliability.get(heading.id)
    if row is None:
        return
    for found, mend in (
        *_too_high(reading, heading, row),
        *_of_the_few(heading, row),
        *_of_areas(reading, heading, row),
    ):
        yield Weakness("agreement", f"{reading.name}, {heading.name}, reliability and agreement", found, mend)


_Told = Iterator[tuple[str, str]]


def _too_high(reading: Reading, heading: PublishedHeading, row: PublishedReliability) -> _Told:
    """Find agreement so high that nobody can be two options away from the others on one item.

    ``r*wg = 1 − v`` and ``rwg(j) = J(1−v) / (J(1−v) + v)``, v the mean item variance over the null
    ``(A²−1)/12``, over the J items that everybody is shown.
    """
    mend = f"Leave agreement under {heading.name} out."
    told = []
    j = len(items := _for_everybody(reading, heading))
    if row.r_star_wg is not None:
        told.append((row.r_star_wg, 1 - (row.r_star_wg - HALF_A_HUNDREDTH)))
    if row.r_wg_j is not None:
        least = row.r_wg_j - HALF_A_HUNDREDTH
        told.append((row.r_wg_j, j * (1 - least) / (least + j * (1 - least)) if least > 0 else math.inf))
    if told and j < FEWEST_ITEMS:
        yield f"Agreement rests on {j} questions that everybody is shown, fewer than {FEWEST_ITEMS}.", mend
    if not items:
        return
    n = min(int(reading.rated[:, i].sum()) for i in items)
    options = len(reading.knowledge.items[items[0]].scores)
    for printed, spread in told:
        squares = spread * (options**2 - 1) / 12 * (n - 1) * j
        if squares < LEAST_SQUARES - TOLERANCE:
            yield f"Agreement of {printed:g} leaves nobody two answers away from the others.", mend


def _for_everybody(reading: Reading, heading: PublishedHeading) -> list[int]:
    return [
        i
        for i, item in enumerate(reading.knowledge.items)
        if item.heading == heading.id and item.to_everybody
    ]


def _of_the_few(heading: PublishedHeading, row: PublishedReliability) -> _Told:
    """Find coefficients that are undefined where all agree, and so tell how the few others answered."""
    present = [
        name
        for name, value in (("alpha", row.alpha), ("omega", row.omega), ("ICC", row.icc1), ("ICC", row.icc2))
        if value is not None
    ]
    if not present:
        return
    alike = [item.code for item in heading.items if item.shares is not None and max(item.shares) >= HIGHEST]
    hidden = [item.code for item in heading.items if item.shares is None]
    capped = row.r_star_wg is not None and row.r_star_wg >= HIGHEST / 100
    if alike:
        why = f"on question {alike[0]} nearly all gave one answer"
    elif hidden:
        why = f"question {hidden[0]} is hidden"
    elif capped:
        why = f"agreement stands at {row.r_star_wg:g}"
    else:
        return
    yield (
        f"It shows {' and '.join(dict.fromkeys(present))}, while {why}: "
        "whether it exists, and its value, tell how the few others answered.",
        f"Leave alpha, omega and ICC under {heading.name} out.",
    )


def _of_areas(reading: Reading, heading: PublishedHeading, row: PublishedReliability) -> _Told:
    """Find ICC over areas of which one is hidden: the shown ones taken from it place the hidden one."""
    column = reading.place(heading.id)
    if column is None or (row.icc1 is None and row.icc2 is None):
        return
    areas = reading.breakdowns[1]
    shown = {area.id for area in group_rows(heading, areas.kind) if not area.suppressed}
    counts = areas.sums(reading.scored[:, column]).tolist()
    for area, n in zip(areas.groups, counts, strict=False):
        if n > 0 and area.id not in shown:
            name = reading.name_of(areas.kind, area.id)
            yield (
                f"It shows ICC over all service areas, and {name} is hidden: the areas that are shown, taken "
                "from it, place those that are not.",
                f"Leave ICC under {heading.name} out.",
            )
            return
