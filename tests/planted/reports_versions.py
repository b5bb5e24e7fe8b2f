"""Planted in versions of one wave that people hold side by side, each clean by itself."""

from dataclasses import replace

from diagnostics.profile import Profile
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
    hiding,
    issued,
    item_of,
    true_mean,
)
from tests.planted.reports_answers import question

BOTH = "Wave 1 (version 1) and Wave 1 (version 2)"
SUBTRACT = "fewer than 10 people. Whoever holds both can subtract"
NEWER = "Publish the newer version with the next wave, or when 10 or more answers differ."


def team_of(n: int) -> tuple[Cell, ...]:
    """Twenty-four practitioners half of whom say “rarely” and half “sometimes”, and one who says “always”."""
    team = Cell("registered", "Assessment", 60, 24, (0.25, 0.5))
    return (team, Cell("registered", "Early help", 10, n - 24, (1.0,)))[: n - 23]


def a_release_at_24_and_at_25() -> Plant:
    """The twenty-fifth answers late, and the report is published again, not with the next wave.

    The first version shows the area of twenty-four, so the second cannot hide it beside the late one.
    """
    first, second = computed(team_of(24)), computed(team_of(25))
    wave_2 = computed(team_of(25), team_of(24))
    return Plant(
        bad=(issued(first), issued(second)),
        clean=(issued(first), issued(wave_2)),
        caught=(
            Caught("version", f"{BOTH}, all tables", (SUBTRACT,), NEWER),
            Caught(
                "hidden mean",
                f"Wave 1 (version 2), {HEADING}, by service area",
                ("Assessment (hidden)", "between 37.5 and 37.6"),
            ),
        ),
    )


def the_answer_of_the_twenty_fifth() -> Plant:
    """Shares to the unit: 0, 50, 50, 0, 0 % of 24, and 0, 48, 48, 0, 4 % of 25, who said “always”."""
    first, second = computed(team_of(24)), computed(team_of(25))
    bad = tuple(_to_the_unit(issued(profile), profile) for profile in (first, second))
    code = item_of(bad[0], "CAP1")
    assert [item_of(release, "CAP1").shares for release in bad] == [(0, 50, 50, 0, 0), (0, 48, 48, 0, 4)]
    return Plant(
        bad=bad,
        clean=(issued(first), issued(computed(team_of(25), team_of(24)))),
        caught=(
            Caught("item", f"Wave 1 (version 1) and {question(code, 'Wave 1 (version 2)')}", ("“Always”",)),
            Caught("form", f"Wave 1 (version 2), {HEADING}, question CAP1", ("48 %, finer than",)),
            Caught("form", f"Wave 1 (version 2), {HEADING}, question CAP1", ("fewer than 30 people",)),
            Caught("version", f"{BOTH}, all tables", (SUBTRACT,)),
            Caught(
                "hidden mean",
                f"Wave 1 (version 2), {HEADING}, by service area",
                ("Assessment (hidden)", "between 37.5 and 37.6"),
            ),
        ),
    )


def _to_the_unit(release: Release, profile: Profile) -> Release:
    assert profile.survey is not None
    answers = profile.survey.items[0]
    assert answers is not None
    shares = tuple(whole(100 * share) for share in answers.shares)
    return asked(release, "CAP1", shares=shares, n_band="20 to 49", suppressed=False)


def the_mean_of_the_thirteenth() -> Plant:
    """Leaders twelve, practitioners twelve and then thirteen: means to a tenth of a point are subtracted.

    52.1 of twelve, then 53.8 of thirteen: the thirteenth lies between 13 × 53.75 − 12 × 52.15 = 72.95 and
    13 × 53.85 − 12 × 52.05 = 75.45, and said 75.
    """
    joiners = (
        Cell("leaders", "Assessment", 20, 12, (0.25,)),
        Cell("registered", "Assessment", 40, 12, (0.5,) * 11 + (0.75,)),
    )
    joined = (joiners[0], replace(joiners[1], answered=13, levels=(0.5,) * 11 + (0.75, 0.75)))
    releases = tuple(_to_a_tenth(computed(cells)) for cells in (joiners, joined))
    row = f"{HEADING}, by role group, Registered practitioners"
    return Plant(
        bad=releases,
        clean=(issued(computed(joiners)), issued(computed(joined, joiners))),
        caught=(
            Caught(
                "hidden mean",
                f"Wave 1 (version 2), {HEADING}, by service area",
                ("who are in one version only", "between 73 and 75.4"),
            ),
            Caught("form", f"Wave 1 (version 1), {row}", ("52.1, finer than whole points",)),
            Caught("form", f"Wave 1 (version 2), {row}", ("53.8, finer than whole points",)),
            Caught("version", f"{BOTH}, all tables", (SUBTRACT,), NEWER),
        ),
    )


def _to_a_tenth(profile: Profile) -> Release:
    mean = round(true_mean(profile, "role_group", "registered"), 1)
    return grouped(issued(profile), "role_group", "registered", score=mean)


FORTY_AS_FIRST_ENTERED = (Cell("registered", "Assessment", 80, 40, (0.25, 0.5)),)
FORTY_ENTERED_AGAIN = (Cell("registered", "Assessment", 80, 40, (0.25, 0.5) * 19 + (0.25, 1.0)),)


def an_answer_that_was_corrected() -> Plant:
    """As many answered, but one person's answers were entered again: who has both sees what it changed."""
    first, second = computed(FORTY_AS_FIRST_ENTERED), computed(FORTY_ENTERED_AGAIN)
    return Plant(
        bad=(issued(first), issued(second)),
        clean=(issued(first), issued(first)),
        caught=(Caught("version", f"{BOTH}, all tables", ("although as many answered",), NEWER),),
    )


def versions_that_hide_different_areas() -> Plant:
    """Nine need company: one version hides the ten beside them, the next the eleven, and both nobody.

    Lowest: (30 × 47.5 − 10 × 50.5 − 11 × 25.5) / 9 = 71.1; highest: (30 × 48.5 − 10 × 49.5 − 11 × 24.5) / 9 =
    76.7. They said 75.
    """
    cells = (
        Cell("registered", "Assessment", 11, 11, (0.25,)),
        Cell("registered", "Early help", 10, 10, (0.5,)),
        Cell("registered", "Youth justice", 9, 9, (0.75,)),
    )
    profile = computed(cells)
    first = hiding(issued(profile), profile, service_area=["Youth justice", "Early help"])
    second = hiding(issued(profile), profile, service_area=["Youth justice", "Assessment"])
    return Plant(
        bad=(first, second),
        clean=(first, first),
        caught=tuple(
            Caught(
                "hidden mean",
                f"Wave 1 (version {version}), {HEADING}, by service area",
                ("Youth justice (hidden)", "between 71.1 and 76.7"),
                f"Hide one more service area under {HEADING}.",
            )
            for version in (1, 2)
        ),
        only=("headings[0].groups.service_area",),
    )


# Twice as many people as answers in every group, so that all weigh the same.
THREE_ROLES = (
    Cell("leaders", "Assessment", 20, 10, (0.75,)),
    Cell("registered", "Assessment", 60, 30, (0.25,)),
    Cell("support", "Assessment", 18, 9, (0.5,)),
)


def a_corrected_frame() -> Plant:
    """The same answers and the same hidden groups, but leaders are 60 and not 20: two sums of two unknowns.

    98 T₁ = 20 L + 18 S + 60 R and 138 T₂ = 60 L + 18 S + 60 R. The difference is 40 L, known within 49 + 69
    points either way by whole points: L within 5.9 points. The tipping points tell both totals more finely.
    """
    corrected = (replace(THREE_ROLES[0], headcount=60), *THREE_ROLES[1:])
    first, second = computed(THREE_ROLES), computed(corrected)
    code = item_of(issued(first), "CAP1")
    return Plant(
        bad=(issued(first), issued(second)),
        clean=(issued(first),),
        caught=(
            *(
                Caught(
                    "hidden mean",
                    f"Wave 1 (version {version}), {HEADING}, by role group",
                    ("Leaders (hidden)", "between 74.5 and 77.5"),
                    f"Hide one more role group under {HEADING}.",
                )
                for version in (1, 2)
            ),
            Caught(
                "item",
                f"Wave 1 (version 1) and {question(code, 'Wave 1 (version 2)')}",
                ("A person among Leaders",),
                "Hide this question.",
            ),
        ),
    )


def a_group_shown_again_in_a_correction() -> Plant:
    """The first version hides leaders for the sake of nine others; the corrected one shows them."""
    corrected = computed((*THREE_ROLES[:2], replace(THREE_ROLES[2], headcount=20)))
    first, clean = issued(computed(THREE_ROLES)), issued(corrected)
    second = hiding(clean, corrected, role_group=["support"])
    return Plant(
        bad=(first, second),
        clean=(first, clean),
        caught=(
            Caught("base", f"Wave 1 (version 2), {HEADING}, by role group", ("hold 9 answers together",)),
            Caught(
                "hidden mean",
                f"Wave 1 (version 1), {HEADING}, by role group",
                ("Leaders (hidden)", "between 74.5 and 75.5"),
            ),
        ),
        only=("headings[0].groups.",),
    )


def corrections() -> dict[str, tuple[Profile, Profile]]:
    """Give the first and the second version of what was planted as corrections."""
    first = computed(THREE_ROLES)
    return {
        "a late answer": (computed(team_of(24)), computed(team_of(25))),
        "an answer entered again": (computed(FORTY_AS_FIRST_ENTERED), computed(FORTY_ENTERED_AGAIN)),
        "another headcount": (first, computed((replace(THREE_ROLES[0], headcount=60), *THREE_ROLES[1:]))),
    }


PLANTS = (
    a_release_at_24_and_at_25,
    the_answer_of_the_twenty_fifth,
    the_mean_of_the_thirteenth,
    an_answer_that_was_corrected,
    versions_that_hide_different_areas,
    a_corrected_frame,
    a_group_shown_again_in_a_correction,
)
