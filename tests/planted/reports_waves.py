"""Planted in the second of two waves: what its changes tell of the first, each wave clean by itself."""

from dataclasses import replace

from diagnostics.published import GroupScore, PublishedChange, PublishedHeading
from diagnostics.releases import Release
from diagnostics.suppression import whole
from tests.diagnostics.planted_wave import Cell
from tests.planted.reports import (
    HEADING,
    Caught,
    Plant,
    asked,
    computed,
    grouped,
    issued,
    item_of,
    true_mean,
    under,
)
from tests.planted.reports_groups import COUNCIL

SECOND_BY_ROLE = f"Wave 2, {HEADING}, by role group"


LATER = (*COUNCIL[:4], replace(COUNCIL[4], answered=10))


def nine_last_wave_and_ten_now() -> Plant:
    """Business support had nine answers and has ten: its change tells the score that was hidden last wave."""
    profile, before = computed(LATER, COUNCIL), computed(COUNCIL)
    first, clean = issued(before), issued(profile)
    row = clean.published.headings[0].groups.role_group[4]
    assert not row.suppressed and row.change is None
    moved = whole(true_mean(profile, "role_group", "support") - true_mean(before, "role_group", "support"))
    change = PublishedChange(moved, moved - 9, moved + 9, False, 12, None)
    return Plant(
        bad=(first, grouped(clean, "role_group", "support", change=change)),
        clean=(first, clean),
        caught=(
            Caught(
                "derived",
                f"{SECOND_BY_ROLE}, Business support and commissioning",
                ("tells the score of the last wave, which was hidden",),
                "Leave the change out.",
            ),
        ),
        only=("headings[0].groups.role_group[4].change",),
    )


def a_change_of_a_hidden_group() -> Plant:
    """Ten last wave and nine now: the row is hidden, but not its change."""
    profile, before = computed(COUNCIL, LATER), computed(LATER)
    first, clean = issued(before), issued(profile)
    moved = whole(true_mean(profile, "role_group", "support") - true_mean(before, "role_group", "support"))
    change = PublishedChange(moved, moved - 9, moved + 9, False, 12, None)
    return Plant(
        bad=(first, grouped(clean, "role_group", "support", change=change)),
        clean=(first, clean),
        caught=(
            Caught(
                "form",
                f"{SECOND_BY_ROLE}, Business support and commissioning",
                ("not shown, but its change is",),
                "Leave all its numbers out.",
            ),
        ),
        only=("headings[0].groups.role_group[4].change",),
    )


def _managers(release: Release) -> GroupScore:
    return release.published.headings[0].groups.role_group[1]


def _two_waves() -> tuple[Release, Release, PublishedChange]:
    """Two clean waves, in the second of which managers stand a little higher, and the managers' change."""
    moved = (COUNCIL[0], replace(COUNCIL[1], levels=(0.25, 0.5, 0.5)), *COUNCIL[2:])
    first, clean = issued(computed(COUNCIL)), issued(computed(moved, COUNCIL))
    change = _managers(clean).change
    assert change is not None and change.difference is not None
    return first, clean, change


def a_change_of_unrounded_scores() -> Plant:
    """The scores stand as whole points, and their change is taken before they are rounded."""
    first, clean, change = _two_waves()
    assert change.difference is not None and change.low is not None and change.high is not None
    finer = replace(change, difference=change.difference + 1, low=change.low + 1, high=change.high + 1)
    return Plant(
        bad=(first, grouped(clean, "role_group", "team_managers", change=finer)),
        clean=(first, clean),
        caught=(
            Caught(
                "derived",
                f"{SECOND_BY_ROLE}, Team managers",
                ("not the difference of the printed scores",),
                "Subtract the printed scores.",
            ),
        ),
        only=("headings[0].groups.role_group[1].change",),
    )


def a_lopsided_change() -> Plant:
    """The ends are rounded from the exact change: further below than above, they tell its decimals."""
    first, clean, change = _two_waves()
    assert change.low is not None
    return Plant(
        bad=(
            first,
            grouped(clean, "role_group", "team_managers", change=replace(change, low=change.low - 1)),
        ),
        clean=(first, clean),
        caught=(
            Caught(
                "derived",
                f"{SECOND_BY_ROLE}, Team managers",
                ("does not lie evenly about",),
                "Print as far below the change as above it.",
            ),
        ),
        only=("headings[0].groups.role_group[1].change.low",),
    )


def a_change_since_a_wave_without_a_score() -> Plant:
    """Nine answered last wave, so there was no score; forty answer now, and the change from it is shown."""
    few, many = (Cell("registered", "Assessment", 80, n, (0.25, 0.5)) for n in (9, 40))
    first, clean = issued(computed((few,))), issued(computed((many,), (few,)))
    change = PublishedChange(1, -8, 10, False, 13, None)

    def changed(heading: PublishedHeading) -> PublishedHeading:
        return replace(heading, change=change)

    return Plant(
        bad=(first, under(clean, changed)),
        clean=(first, clean),
        caught=(
            Caught(
                "derived",
                f"Wave 2, {HEADING}, survey",
                ("tells the score of the last wave",),
                "Leave the change out.",
            ),
        ),
        only=("headings[0].change",),
    )


def a_change_of_a_question_hidden_last_wave() -> Plant:
    """Twenty answered a question last wave, too few for its table; forty do now, 12 points higher."""
    few, many = (
        (Cell("registered", "Assessment", 80, 20, (0.25, 0.5)),),
        (Cell("registered", "Assessment", 80, 40, (0.5,)),),
    )
    first, clean = issued(computed(few)), issued(computed(many, few))
    assert item_of(first, "CAP1").suppressed and not item_of(clean, "CAP1").suppressed
    assert item_of(clean, "CAP1").change is None
    change = PublishedChange(12, 5, 19, True, 9, None)
    return Plant(
        bad=(first, asked(clean, "CAP1", change=change)),
        clean=(first, clean),
        caught=(
            Caught(
                "derived",
                f"Wave 2, {HEADING}, question CAP1",
                ("tells the score of the last wave, which was hidden",),
                "Leave the change out.",
            ),
        ),
        only=("headings[0].items[0].change",),
    )


PLANTS = (
    nine_last_wave_and_ten_now,
    a_change_of_a_hidden_group,
    a_change_of_unrounded_scores,
    a_lopsided_change,
    a_change_since_a_wave_without_a_score,
    a_change_of_a_question_hidden_last_wave,
)
