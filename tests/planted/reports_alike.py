"""Planted where nearly all answer alike: what is left to print tells how the few others answered."""

from dataclasses import replace

from diagnostics.published import Coefficient, PublishedChange, PublishedHeading
from diagnostics.suppression import band
from tests.diagnostics.planted_wave import Cell, profile_of, record_of, wave_of
from tests.planted.reports import (
    FRAMEWORK,
    HEADING,
    Caught,
    Plant,
    asked,
    computed,
    grouped,
    hiding,
    issued,
    item_of,
    relied,
    under,
)
from tests.planted.reports_groups import COUNCIL, MORE_ROLES
from tests.planted.reports_totals import RELIABILITY

WIDEN = "Leave the interval of the change out, or widen it."
WITHOUT_ICC = f"Leave ICC under {HEADING} out."


def _unmoved(change: PublishedChange | None) -> PublishedChange:
    assert change is not None and change.low is not None and change.low < 0
    return replace(change, low=0, high=0)


def a_question_on_which_nobody_moved() -> Plant:
    """Forty of eighty say the best in both waves, and the change is printed as 0, from 0 to 0.

    Both standard errors are below 0.5 / t(1 − 0.05/84; 39) = 0.5 / 3.5: of forty of whom one is D away from
    the rest it is √(½ × 1/40²) × D, so that nobody can have said anything but “always” or “often”.
    """
    cells = (Cell("registered", "Assessment", 80, 40, (1.0,)),)
    first, clean = issued(computed(cells)), issued(computed(cells, cells))
    item = item_of(clean, "CAP1")
    assert item.shares == (5, 5, 5, 5, 95)
    return Plant(
        bad=(first, asked(clean, "CAP1", change=_unmoved(item.change))),
        clean=(first, clean),
        caught=(
            Caught(
                "interval",
                f"Wave 2, {HEADING}, question CAP1",
                ("change, 0 to 0, is so narrow that somebody cannot differ",),
                WIDEN,
            ),
        ),
        only=("headings[0].items[0].change",),
    )


def a_group_in_which_nobody_moved() -> Plant:
    """Eleven of twenty-two stand at 50 in both waves: whole points hide their spread no longer."""
    cells = (
        Cell("registered", "Assessment", 22, 11, (0.5,)),
        Cell("support", "Assessment", 60, 40, (0.25, 0.5)),
    )
    first, clean = issued(computed(cells)), issued(computed(cells, cells))
    row = next(row for row in clean.published.headings[0].groups.role_group if row.id == "registered")
    return Plant(
        bad=(first, grouped(clean, "role_group", "registered", change=_unmoved(row.change))),
        clean=(first, clean),
        caught=(
            Caught(
                "interval",
                f"Wave 2, {HEADING}, by role group, Registered practitioners",
                ("change, 0 to 0, is so narrow that 9 people cannot differ",),
                WIDEN,
            ),
        ),
        only=("headings[0].groups.role_group[",),
    )


def alpha_of_one_who_differs() -> Plant:
    """Thirty-nine say the best of everything; alpha is there because one does not, and tells of that one."""
    profile = computed((Cell("registered", "Assessment", 80, 40, (0.25, *(1.0,) * 39)),))
    clean = issued(profile)
    assert profile.survey is not None
    exact = profile.survey.agreement[0].alpha
    assert exact is not None and clean.published.reliability["capability"].alpha is None
    alpha = Coefficient(round(exact.value, 2), round(exact.low, 2), round(exact.high, 2), band(exact.n) or "")
    return Plant(
        bad=(relied(clean, alpha=alpha),),
        clean=(clean,),
        caught=(
            Caught(
                "agreement",
                RELIABILITY,
                ("It shows alpha, while on question CAP1 nearly all gave one answer",),
                f"Leave alpha, omega and ICC under {HEADING} out.",
            ),
        ),
        only=("reliability.capability.alpha",),
    )


def icc_over_a_hidden_area() -> Plant:
    """What areas share is 0.59 over all; less the areas that are shown it tells of the hidden ones."""
    profile = computed(COUNCIL)
    clean = issued(profile)
    assert profile.survey is not None
    exact = profile.survey.agreement[0].icc1
    assert exact is not None and round(exact, 2) == 0.59
    return Plant(
        bad=(relied(clean, icc1=0.59),),
        clean=(clean,),
        caught=(Caught("agreement", RELIABILITY, ("It shows ICC over all service areas",), WITHOUT_ICC),),
        only=("reliability.capability.icc1",),
    )


def eight_of_a_role_outside_one_area() -> Plant:
    """Twenty of twenty-eight registered practitioners fill one area; the other eight are the rest.

    No cell of four can be placed, but both together: role and area, to a point, leave them six points.
    """
    cells = (
        Cell("registered", "A", 6, 4, (0.0,)),
        Cell("registered", "B", 6, 4, (1.0,)),
        Cell("registered", "C", 30, 20, (0.25, 0.5)),
        Cell("other_practitioners", "A", 30, 18, (0.5,)),
        Cell("other_practitioners", "B", 30, 18, (0.5, 0.75)),
        Cell("support", "A", 15, 9, (0.5,)),
        Cell("support", "B", 20, 12, (0.5, 0.25)),
    )
    profile = computed(cells)
    clean = issued(profile)
    return Plant(
        bad=(hiding(clean, profile),),
        clean=(clean,),
        caught=(
            Caught(
                "hidden mean",
                f"Wave 1, {HEADING}, by role group",
                (
                    "Registered practitioners in A and Registered practitioners in B together (hidden)",
                    "between 45.5 and 51.5",
                ),
                MORE_ROLES,
            ),
        ),
        only=("headings[0].groups.",),
    )


def a_code_of_the_unrounded_score() -> Plant:
    """The survey stands at 1.25, printed as 5, and documents at 26.7: 22 apart as printed, 25.4 in truth.

    “Dissonance” begins above 25, so it says that the score lies below 1.7.
    """
    places = [c.id for c in FRAMEWORK.headings[0].characteristics]
    fieldwork = [
        record_of(f"D{place}", "document", "strategy", dict.fromkeys(places, 2) | {places[place]: 1})
        for place in range(2)
    ]
    cells = (Cell("registered", "Assessment", 80, 40, (0.25, *(0.0,) * 19)),)
    profile = profile_of(FRAMEWORK, wave_of(FRAMEWORK, cells, fieldwork))
    clean = issued(profile)
    (pair,) = clean.published.headings[0].pairs
    (exact,) = profile.headings[0].pairs
    assert (exact.code, pair.code, pair.difference) == ("dissonance", "partial", 22)

    def change(heading: PublishedHeading) -> PublishedHeading:
        return replace(heading, pairs=(replace(pair, code=exact.code),))

    return Plant(
        bad=(under(clean, change),),
        clean=(clean,),
        caught=(
            Caught(
                "derived",
                f"Wave 1, {HEADING}, survey beside document",
                ("22 points is called “dissonance”",),
                "Take the code from the difference as it is printed.",
            ),
        ),
        only=("headings[0].pairs[0].code",),
    )


PLANTS = (
    a_question_on_which_nobody_moved,
    a_group_in_which_nobody_moved,
    alpha_of_one_who_differs,
    icc_over_a_hidden_area,
    eight_of_a_role_outside_one_area,
    a_code_of_the_unrounded_score,
)
