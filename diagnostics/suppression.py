"""How coarse a printed number is, and which groups are too small. The constants are ours, with reasons."""

import math
from collections.abc import Sequence

from diagnostics.published_parts import HIGHEST_PRINTED, LOWEST_PRINTED

# Bands, not counts: a count that moves by one between two releases gives away one person.
BAND_STARTS = (10, 20, 50, 100)
SHARE_STEP = 5
# What an attacker can still call a hidden group's mean must span at least this many points.
LEAST_SPAN = 10.0
# Under so many answers near-unanimity shows through any table of answers or coefficient of agreement. The
# number of answers is no secret, so hiding them all by it tells nobody how they were answered.
LEAST_FOR_DETAIL = 30
# Agreement of 1 would say that everybody gave the same answer; within these ends somebody may have differed.
MOST_AGREEMENT = 0.95
HALF_A_POINT = 0.5
SURE_DECIMALS = 9


def whole(value: float) -> int:
    """Round to a whole number, halves away from zero. Numbers are rounded last, and once.

    What differs from a half only by what computers lose in a sum is a half: 69 of 120 are 57.5 %.
    """
    return int(math.copysign(math.floor(round(abs(value), SURE_DECIMALS) + 0.5), value))


def at_least(value: float) -> int:
    """Round up to a whole number, but for what computers lose in a sum."""
    return math.ceil(round(value, SURE_DECIMALS))


def printed_score(score: float) -> int:
    """Give a score as it is printed: whole points within 5 ("5 or lower") and 95 ("95 or higher")."""
    return min(HIGHEST_PRINTED, max(LOWEST_PRINTED, whole(score)))


def within_the_ends(score: float) -> float:
    """Take a score that is printed as "5 or lower" or "95 or higher" for 5 or 95."""
    printed = printed_score(score)
    return float(printed) if printed in (LOWEST_PRINTED, HIGHEST_PRINTED) else score


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


def primary_groups(answers: Sequence[int], people: Sequence[int | None], threshold: int) -> frozenset[int]:
    """Give the groups that are too small to be shown, for one measure.

    Parameters
    ----------
    answers : sequence of int, length G
        Answers to this measure in each group.
    people : sequence of int or None, length G
        Headcount in the frame; None for people who did not say, who are never shown.
    threshold : int
        Fewer answers than this, or fewer people in the frame, are too few.

    Returns
    -------
    frozenset of int
        Positions. A group of people who did not say is left out where it is empty.
    """
    return frozenset(
        g
        for g, (n, headcount) in enumerate(zip(answers, people, strict=True))
        if (headcount is None and n > 0) or (headcount is not None and min(n, headcount) < threshold)
    )


def hidden_rates(answered: Sequence[int], people: Sequence[int | None], threshold: int) -> frozenset[int]:
    """Choose the groups of one breakdown whose response is not shown.

    Too small ones, and then the next smallest until the hidden ones hold ``threshold`` answers
    together (with those who did not say their group, who alone need no company), and no hidden
    group's rate can be placed within a span of fewer than 10 points by somebody who has the number
    of answers, the frame, and the bands and rates of the shown groups.

    Parameters
    ----------
    answered, people : sequences, length G
        As in ``primary_groups``; the groups make up all answers.
    threshold : int

    Returns
    -------
    frozenset of int
        Positions of the hidden groups.
    """
    hidden = set(primary_groups(answered, people, threshold))
    shown = sorted(
        (g for g, n in enumerate(answered) if n > 0 and g not in hidden), key=lambda g: (answered[g], g)
    )
    while hidden and shown and not _rates_protected(hidden, shown, answered, people, threshold):
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def _rates_protected(
    hidden: set[int],
    shown: list[int],
    answered: Sequence[int],
    people: Sequence[int | None],
    threshold: int,
) -> bool:
    rows = sum(answered[g] for g in hidden if people[g] is not None)
    if rows and sum(answered[g] for g in hidden) < threshold:
        return False
    # Nobody outside knows how many did not say their group, so a hidden group may have been silent.
    most = sum(answered) - sum(_fewest_answers(answered[g], people[g] or 0) for g in shown)
    return all(
        100 * min(headcount, most) / headcount >= min(LEAST_SPAN, 100 * sum(answered) / headcount)
        for g in hidden
        if (headcount := people[g])
    )


def _fewest_answers(n: int, people: int) -> int:
    """Say how few answers a shown group may have, from its printed rate and band."""
    rate = printed_share(min(1.0, n / people))
    least = 0 if rate == LOWEST_PRINTED else math.ceil(people * (rate - SHARE_STEP / 2) / 100)
    return max(least, *(start for start in BAND_STARTS if start <= n))


def what_print_tells(mean: float) -> tuple[float, float]:
    """Say between which ends a mean must lie, 0 to 100, from what is printed of it."""
    printed = printed_score(mean)
    least = 0.0 if printed == LOWEST_PRINTED else printed - HALF_A_POINT
    most = 100.0 if printed == HIGHEST_PRINTED else printed + HALF_A_POINT
    return least, most


def printed_total(mean: float) -> tuple[float, float]:
    """Say between which ends the authority's mean must lie.

    It is taken as known to its last digit, since its interval, the tipping point and the differences
    between sources tell it again, more finely than its whole points. Only "5 or lower" and "95 or
    higher" stay as they are, since nothing that is printed beside them tells more.
    """
    at_an_end = printed_score(mean) in (LOWEST_PRINTED, HIGHEST_PRINTED)
    return what_print_tells(mean) if at_an_end else (mean, mean)
