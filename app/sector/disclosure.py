"""What may be shown of councils together. Three rules, which hold against somebody who knows them.

*Groups.* Published briefs are put into groups of `GROUP` councils, in their order. A group is described once
it is full, and stays as it is: each brief is counted in one group, so that no two looks at the page differ in
fewer councils than a group has, and nobody learns from two what neither of them tells.

*Sides.* Of a group it is told whether a number is more than half, never the number. Each side covers at least
`LEAST` numbers, also that in which all or no councils are. The side is the same for everything: two tables
that speak of nearly the same would otherwise tell the number between their sides.

*Middles.* Of scores only the middle one is told, with half of the group on either side of it.

What the page says of several groups is worked out from what may be said of each, and so tells nothing more.
It is assumed that nobody knows beforehand which of the answers always go together.
"""

from collections.abc import Mapping, Sequence

from app.profiles.council_groups import GROUP, LEAST


def more_than_half(count: int) -> bool:
    """Say whether more than half of a group are in a kind.

    With "half or more" two kinds could have half each, and all others would be known to have none.
    """
    return count > LEAST


def where_most_are(counts: Sequence[int]) -> int | None:
    """Say in which kind more than half of a group are; None where in none."""
    return next((place for place, count in enumerate(counts) if more_than_half(count)), None)


def chosen_by_most(counts: Mapping[str, int], each: int) -> tuple[str, ...] | None:
    """Give what more than half of a group chose where every council chose ``each`` things.

    None where so many were chosen by most that next to nothing is left for the others: their numbers could
    then be worked out.
    """
    found = tuple(sorted(one for one, count in counts.items() if more_than_half(count)))
    left = each * GROUP - len(found) * (LEAST + 1)
    return found if left >= LEAST else None


def middle(scores: Sequence[int]) -> float:
    """Give the median of a group's scores."""
    ordered = sorted(scores)
    return (ordered[LEAST - 1] + ordered[LEAST]) / 2
