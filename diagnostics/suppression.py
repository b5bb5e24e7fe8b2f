"""Which groups are hidden, and how coarse a printed number is. The constants are ours, with their reasons."""

import math
from collections.abc import Sequence

# Bands, not counts: a count that moves by one between two releases gives away one person.
BAND_STARTS = (10, 20, 50, 100)
# The end of a scale says the same of everybody, so it is printed as "5 or lower" and "95 or higher".
LOWEST_PRINTED, HIGHEST_PRINTED = 5, 95
SHARE_STEP = 5
# What an attacker can still call a hidden group's mean must span at least this many points.
LEAST_SPAN = 10.0
HALF_A_POINT = 0.5


def whole(value: float) -> int:
    """Round to a whole number, halves away from zero. Numbers are rounded last, and once."""
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


def printed_score(score: float) -> int:
    """Give a score as it is printed: whole points within 5 ("5 or lower") and 95 ("95 or higher")."""
    return min(HIGHEST_PRINTED, max(LOWEST_PRINTED, whole(score)))


def printed_share(share: float) -> int:
    """Give a share, 0 to 1, in per cent to the nearest 5, within 5 ("or fewer") and 95 ("or more")."""
    return min(HIGHEST_PRINTED, max(LOWEST_PRINTED, SHARE_STEP * whole(100 * share / SHARE_STEP)))


def band(n: int) -> str:
    """Give the band of a number of people, from 10: "10 to 19", "20 to 49", "50 to 99", "100 or more"."""
    starts = [start for start in BAND_STARTS if start <= n]
    if not starts:
        return f"fewer than {BAND_STARTS[0]}"
    if starts[-1] == BAND_STARTS[-1]:
        return f"{BAND_STARTS[-1]} or more"
    return f"{starts[-1]} to {BAND_STARTS[len(starts)] - 1}"


def hidden_groups(
    answers: Sequence[int],
    people: Sequence[int | None],
    threshold: int,
    *,
    weight: Sequence[float] | None = None,
    mean: Sequence[float] | None = None,
) -> frozenset[int]:
    """Choose the groups of one breakdown that must not be shown, for one measure.

    Primary: fewer than ``threshold`` answers to the measure, or people in the frame. Complementary:
    the next smallest follow until the hidden ones hold ``threshold`` answers together and an
    attacker who has the total and the shown groups cannot place a hidden group's mean within a span
    of fewer than 10 points.

    Parameters
    ----------
    answers : sequence of int, length G
        Answers to this measure in each group; the groups make up the published total.
    people : sequence of int or None, length G
        Headcount in the frame; None for people who did not say, who are never shown.
    threshold : int
    weight, mean : sequences of float, length G, optional
        Sum of weights and mean, 0 to 100, of each group. Without them only counts are protected.

    Returns
    -------
    frozenset of int
        Positions of the hidden groups.
    """
    groups = [g for g, n in enumerate(answers) if n > 0 or people[g] is not None]
    hidden = {
        g
        for g in groups
        if answers[g] < threshold or (headcount := people[g]) is None or headcount < threshold
    }
    shown = sorted((g for g in groups if g not in hidden), key=lambda g: (answers[g], g))
    while hidden and shown and not _protected(hidden, shown, answers, threshold, weight, mean):
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def _protected(
    hidden: set[int],
    shown: list[int],
    answers: Sequence[int],
    threshold: int,
    weight: Sequence[float] | None,
    mean: Sequence[float] | None,
) -> bool:
    if sum(answers[g] for g in hidden) < threshold:
        return False
    if weight is None or mean is None:
        return True
    return all(span >= LEAST_SPAN for span in feasible_spans(hidden, shown, answers, weight, mean).values())


def feasible_spans(
    hidden: set[int],
    shown: Sequence[int],
    answers: Sequence[int],
    weight: Sequence[float],
    mean: Sequence[float],
) -> dict[int, float]:
    """Say how wide an attacker must leave each hidden group's mean, in points.

    The attacker has the printed means of the shown groups (each true to half a point, or only to "5
    or lower" and "95 or higher"), every weight and every count. The total is taken as known to its
    last digit, since its interval, the tipping point and the differences between sources tell it
    again, more finely than its whole points; only "5 or lower" and "95 or higher" stay as they are.
    What is left over for the hidden groups is bounded; each of them can lie wherever the others,
    somewhere from 0 to 100, allow.

    Returns
    -------
    dict of position to span
        For the hidden groups that have answers.
    """
    present = [g for g in (*hidden, *shown) if answers[g] > 0]
    total_weight = sum(weight[g] for g in present)
    total = sum(weight[g] * mean[g] for g in present) / total_weight
    low, high = (total_weight * end for end in printed_total(total))
    for g in shown:
        if answers[g] > 0:
            least, most = what_print_tells(mean[g])
            low, high = low - weight[g] * most, high - weight[g] * least
    spans = {}
    concealed = [g for g in hidden if answers[g] > 0]
    for g in concealed:
        others = sum(weight[o] for o in concealed if o != g)
        least = max(0.0, (low - 100 * others) / weight[g])
        most = min(100.0, high / weight[g])
        spans[g] = most - least
    return spans


def what_print_tells(mean: float) -> tuple[float, float]:
    """Say between which ends a mean must lie, 0 to 100, from what is printed of it."""
    printed = printed_score(mean)
    least = 0.0 if printed == LOWEST_PRINTED else printed - HALF_A_POINT
    most = 100.0 if printed == HIGHEST_PRINTED else printed + HALF_A_POINT
    return least, most


def printed_total(mean: float) -> tuple[float, float]:
    """Say between which ends the authority's mean must lie: one point, but for the ends of the scale."""
    at_an_end = printed_score(mean) in (LOWEST_PRINTED, HIGHEST_PRINTED)
    return what_print_tells(mean) if at_an_end else (mean, mean)
