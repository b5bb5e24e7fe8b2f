"""Planted in the tables of groups: what is left of a hidden group, or what the tables together tell of it."""

from diagnostics.suppression import whole
from tests.diagnostics.planted_wave import Cell
from tests.planted.reports import (
    HEADING,
    Caught,
    Plant,
    computed,
    grouped,
    hiding,
    issued,
    surveyed,
    true_mean,
)

# Everybody answered and all weigh the same, so that whole points are all that is known of the total.
TWO_AREAS = (
    Cell("registered", "Assessment", 21, 21, (0.25,)),
    Cell("registered", "Early help", 9, 9, (0.75,)),
)
# Half of everybody answered: nine of business support, and four larger groups.
COUNCIL = (
    Cell("leaders", "Assessment", 20, 10, (0.25, 0.5)),
    Cell("team_managers", "Assessment", 42, 21, (0.25, 0.5)),
    Cell("registered", "Children in care", 80, 40, (0.25, 0.5)),
    Cell("other_practitioners", "Early help", 62, 31, (0.25, 0.5)),
    Cell("support", "Youth justice", 18, 9, (0.75, 1.0)),
)
SUPPORT = f"Wave 1, {HEADING}, by role group, Business support and commissioning"
BY_ROLE, BY_AREA = f"Wave 1, {HEADING}, by role group", f"Wave 1, {HEADING}, by service area"
MORE_ROLES, MORE_AREAS = (f"Hide one more {kind} under {HEADING}." for kind in ("role group", "service area"))


def one_hidden_area_under_the_total() -> Plant:
    """Nine of thirty are hidden alone; the total and the other area, both to a point, leave them 5.7 points.

    Lowest: (30 × 39.5 − 21 × 25.5) / 9 = 72.2; highest: (30 × 40.5 − 21 × 24.5) / 9 = 77.8. They said 75.
    """
    profile = computed(TWO_AREAS)
    clean = issued(profile)
    return Plant(
        bad=(hiding(clean, profile, service_area=["Early help"]),),
        clean=(clean,),
        caught=(
            Caught("base", BY_AREA, ("hold 9 answers together, fewer than 10",), MORE_AREAS),
            Caught("hidden mean", BY_AREA, ("Early help (hidden)", "between 72.2 and 77.8"), MORE_AREAS),
        ),
        only=("headings[0].groups.service_area[0]",),
    )


def one_hidden_role_under_the_total() -> Plant:
    """Nine of 111, hidden alone: too few to place by whole points, and too few to subtract all the same.

    The hidden area of leaders and managers is told by the two shown roles: from (10 × 37.5 + 21 × 36.5) / 31
    = 36.8 to (10 × 38.5 + 21 × 37.5) / 31 = 37.8.
    """
    profile = computed(COUNCIL)
    clean = issued(profile)
    areas = [row.id for row in clean.published.headings[0].groups.service_area if row.suppressed]
    return Plant(
        bad=(hiding(clean, profile, role_group=["support"], service_area=areas),),
        clean=(clean,),
        caught=(
            Caught("base", BY_ROLE, ("hold 9 answers together",), MORE_ROLES),
            Caught("hidden mean", BY_AREA, ("Assessment (hidden)", "between 36.8 and 37.8"), MORE_AREAS),
        ),
        only=("headings[0].groups.role_group[0]",),
    )


def means_that_solve() -> Plant:
    """Twenty are hidden in company, and all said the worst: the total leaves their two means no room.

    Fifty people, 30.5 at the most, of whom thirty had 49.5 at the least, leave (1525 − 1485) = 40 points
    for eight people (5 each) and for twelve (3.3 each).
    """
    cells = (
        Cell("registered", "Assessment", 30, 30, (0.5,)),
        Cell("registered", "Early help", 8, 8, (0.0,)),
        Cell("registered", "Youth justice", 12, 12, (0.0,)),
    )
    profile = computed(cells)
    clean = issued(profile)
    return Plant(
        bad=(hiding(clean, profile, service_area=["Early help", "Youth justice"]),),
        clean=(clean,),
        caught=(
            Caught("hidden mean", BY_AREA, ("Early help (hidden)", "between 0 and 5."), MORE_AREAS),
            Caught("hidden mean", BY_AREA, ("Youth justice (hidden)", "between 0 and 3.3."), MORE_AREAS),
        ),
        only=("headings[0].groups.service_area",),
    )


def an_area_that_is_the_hidden_role() -> Plant:
    """Leaders are hidden for the sake of nine others, but twelve leaders are all of one area, which is shown.

    The area's printed 25 puts the leaders' mean at 25.5 at the most, and what is left of the total puts the
    nine of business support, who said 75, within five points.
    """
    cells = (
        Cell("leaders", "Directorate", 12, 12, (0.25,)),
        Cell("registered", "Assessment", 36, 36, (0.5,)),
        Cell("support", "Assessment", 10, 9, (0.75,)),
    )
    profile = computed(cells)
    clean = issued(profile)
    return Plant(
        bad=(hiding(clean, profile, role_group=["leaders", "support"]),),
        clean=(clean,),
        caught=(
            Caught("hidden mean", BY_ROLE, ("Leaders (hidden)", "and 25.5."), MORE_ROLES),
            Caught("hidden mean", BY_ROLE, ("Business support", "between 72.6 and 77.1"), MORE_ROLES),
        ),
        only=("headings[0].groups.",),
    )


def nine_between_a_role_and_an_area() -> Plant:
    """Thirty practitioners and twenty-one of them in one area are shown; the nine elsewhere are the rest.

    Lowest: (30 × 64.5 − 21 × 50.5) / 9 = 97.2. They said 100. No group is hidden here, and none is small.
    """
    cells = (
        Cell("registered", "Assessment", 21, 21, (0.5,)),
        Cell("registered", "Early help", 9, 9, (1.0,)),
        Cell("support", "Early help", 20, 20, (0.25,)),
    )
    profile = computed(cells)
    clean = issued(profile)
    return Plant(
        bad=(hiding(clean, profile),),
        clean=(clean,),
        caught=(
            Caught(
                "hidden mean",
                BY_AREA,
                ("Registered practitioners in Early help (hidden)", "between 97.2 and 100"),
                MORE_AREAS,
            ),
        ),
        only=("headings[0].groups.",),
    )


def six_leaders_in_a_merged_group() -> Plant:
    """Six leaders joined twenty managers; an area that holds the managers alone takes them apart again.

    Lowest: (26 × 61.5 − 20 × 50.5) / 6 = 98.2. They said 100.
    """
    cells = (
        Cell("leaders", "Assessment", 3, 3, (1.0,)),
        Cell("leaders", "Early help", 3, 3, (1.0,)),
        Cell("team_managers", "Locality", 20, 20, (0.5,)),
        Cell("support", "Assessment", 20, 20, (0.25,)),
        Cell("support", "Early help", 20, 20, (0.25,)),
    )
    profile = computed(cells)
    clean = issued(profile)
    return Plant(
        bad=(hiding(clean, profile),),
        clean=(clean,),
        caught=(Caught("hidden mean", BY_ROLE, ("leaders (hidden)", "between 98.2 and 100"), MORE_ROLES),),
        only=("headings[0].groups.",),
    )


def a_group_of_nine_answers() -> Plant:
    """Eighteen people, nine answers: the group is shown like any other."""
    profile = computed(COUNCIL)
    clean = issued(profile)
    score = whole(true_mean(profile, "role_group", "support"))
    bad = grouped(clean, "role_group", "support", score=score, n_band="10 to 19", suppressed=False)
    return Plant(
        bad=(bad,),
        clean=(clean,),
        caught=(
            Caught("form", SUPPORT, ("fewer than 10 answers",), "Hide it."),
            Caught("form", SUPPORT, ("“10 to 19”, which is not the band",)),
            Caught("hidden mean", BY_AREA, ("Youth justice (hidden)", "between 85.5 and 86.5"), MORE_AREAS),
        ),
        only=("headings[0].groups.role_group[4]",),
    )


def an_area_of_nine_people_with_twelve_answers() -> Plant:
    """The list counts nine people there, but twelve say that it is theirs: the smaller number decides."""
    cells = (
        Cell("registered", "Assessment", 60, 40, (0.25, 0.5)),
        Cell("registered", "Early help", 60, 40, (0.25, 0.5)),
        Cell("registered", "Youth justice", 9, 12, (0.25, 0.5)),
    )
    profile = computed(cells)
    clean = issued(profile)
    hidden = [row.id for row in clean.published.headings[0].groups.service_area if row.suppressed]
    return Plant(
        bad=(hiding(clean, profile, service_area=[name for name in hidden if name != "Youth justice"]),),
        clean=(clean,),
        caught=(Caught("form", f"{BY_AREA}, Youth justice", ("fewer than 10 people",), "Hide it."),),
        only=("headings[0].groups.service_area[2]",),
    )


def a_score_that_the_template_hides() -> Plant:
    """The row says that it is suppressed, and the page prints “not shown”; the JSON has the score."""
    profile = computed(COUNCIL)
    clean = issued(profile)
    score = whole(true_mean(profile, "role_group", "support"))
    return Plant(
        bad=(grouped(clean, "role_group", "support", score=score),),
        clean=(clean,),
        caught=(
            Caught("form", SUPPORT, ("not shown, but a number or a band",), "Leave all its numbers out."),
            Caught("hidden mean", BY_AREA, ("Youth justice (hidden)", "between 85.5 and 86.5"), MORE_AREAS),
        ),
        only=("headings[0].groups.role_group[4].score",),
    )


def a_band_left_on_a_hidden_group() -> Plant:
    """That leaders have ten to nineteen answers tells that they are hidden for another group's sake."""
    clean = issued(computed(COUNCIL))
    return Plant(
        bad=(grouped(clean, "role_group", "leaders", n_band="10 to 19"),),
        clean=(clean,),
        caught=(
            Caught("form", f"{BY_ROLE}, Leaders", ("a number or a band",), "Leave all its numbers out."),
        ),
        only=("headings[0].groups.role_group[0].n_band",),
    )


def a_count_of_a_group() -> Plant:
    """Twenty-one managers, to the person: with one more or fewer in the next version, one person is told."""
    clean = issued(computed(COUNCIL))
    return Plant(
        bad=(grouped(clean, "role_group", "team_managers", n_band="21"),),
        clean=(clean,),
        caught=(Caught("form", f"{BY_ROLE}, Team managers", ("“21”, which is no band",)),),
        only=("headings[0].groups.role_group[1].n_band",),
    )


def a_count_of_the_survey() -> Plant:
    """How many have a score under a heading, to the person."""
    profile = computed(COUNCIL)
    clean = issued(profile)
    return Plant(
        bad=(surveyed(clean, n=111, n_band=None),),
        clean=(clean,),
        caught=(
            Caught("form", f"Wave 1, {HEADING}, survey", ("counted as 111, not banded",)),
            Caught("form", f"Wave 1, {HEADING}, survey", ("“None”, which is no band",)),
        ),
        only=("headings[0].sources.survey.n",),
    )


def a_group_score_with_a_decimal() -> Plant:
    """A tenth of a point tells ten times as much as a point."""
    profile = computed(COUNCIL)
    clean = issued(profile)
    score = round(true_mean(profile, "role_group", "team_managers"), 1)
    return Plant(
        bad=(grouped(clean, "role_group", "team_managers", score=score),),
        clean=(clean,),
        caught=(Caught("form", f"{BY_ROLE}, Team managers", ("36.9, finer than whole points",)),),
        only=("headings[0].groups.role_group[1].score",),
    )


def a_group_at_the_end_of_the_scale() -> Plant:
    """Twenty-one say the best of everything: 100 tells of each of them, “95 or higher” of none."""
    cells = (
        Cell("registered", "Assessment", 21, 21, (1.0,)),
        Cell("registered", "Early help", 40, 40, (0.25,)),
    )
    clean = issued(computed(cells))
    assert clean.published.headings[0].groups.service_area[0].score == 95
    return Plant(
        bad=(grouped(clean, "service_area", "Assessment", score=100),),
        clean=(clean,),
        caught=(Caught("form", f"{BY_AREA}, Assessment", ("100, beyond “5 or lower” or “95 or higher”",)),),
        only=("headings[0].groups.service_area[0].score",),
    )


def a_group_under_the_note_on_weighting() -> Plant:
    """Leaders at 50 beside 46 in all leave the registered anywhere up to 83. But the note names the heading.

    Leaders, registered and support weigh 45, 12 and 13 of 70, and are 30, 12 and 9 of 51. The weighted mean
    less the plain one, 0.0546 l − 0.0639 r + 0.0092 s, is 3 or more (and not −3 or less, with l at 50). As
    45 l + 12 r + 13 s is about 70 × 46.2 and l at most 50.5, r is 6.2 at the most. They said 0.
    """
    cells = (
        Cell("leaders", "Assessment", 45, 30, (0.5,)),
        Cell("registered", "Assessment", 12, 12, (0.0,)),
        Cell("support", "Assessment", 13, 9, (0.75,)),
    )
    profile = computed(cells)
    clean = issued(profile)
    note = clean.published.response.weighting_note
    assert note is not None and HEADING.casefold() in note.casefold()
    return Plant(
        bad=(hiding(clean, profile, role_group=["registered", "support"]),),
        clean=(clean,),
        caught=(
            Caught(
                "hidden mean",
                BY_ROLE,
                ("Registered practitioners (hidden)", "between 0 and 6.1"),
                MORE_ROLES,
            ),
        ),
        only=("headings[0].groups.role_group",),
    )


PLANTS = (
    one_hidden_area_under_the_total,
    one_hidden_role_under_the_total,
    means_that_solve,
    an_area_that_is_the_hidden_role,
    nine_between_a_role_and_an_area,
    six_leaders_in_a_merged_group,
    a_group_of_nine_answers,
    an_area_of_nine_people_with_twelve_answers,
    a_score_that_the_template_hides,
    a_band_left_on_a_hidden_group,
    a_count_of_a_group,
    a_count_of_the_survey,
    a_group_score_with_a_decimal,
    a_group_at_the_end_of_the_scale,
    a_group_under_the_note_on_weighting,
)
