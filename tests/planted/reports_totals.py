"""Planted in what is said of the authority as a whole: numbers beside the score that tell it more finely."""

from dataclasses import replace
from typing import Any

from diagnostics.publication import published_pairs, published_range
from diagnostics.published import Gap, PublishedHeading
from diagnostics.suppression import printed_score, whole
from tests.diagnostics.planted_wave import Cell
from tests.planted.reports import (
    HEADING,
    Caught,
    Plant,
    computed,
    issued,
    relied,
    surveyed,
    under,
)

SURVEY = f"Wave 1, {HEADING}, survey"
GAP = f"Wave 1, {HEADING}, gap between leaders and practitioners"
RELIABILITY = f"Wave 1, {HEADING}, reliability and agreement"
# One of ten says 75 and nine say 100: the score is 97.5, and printed as “95 or higher”.
NEARLY_ALL = (Cell("registered", "Assessment", 80, 40, (0.75, *(1.0,) * 9)),)
UNDONE = ("“95 or higher”", "between ")
# Leaders at 75 and managers at 50, so 59.8 together; practitioners at 25 and, seven of them, at 50: 27.5.
SIDES = (
    Cell("leaders", "Assessment", 40, 20, (0.75,)),
    Cell("team_managers", "Assessment", 62, 31, (0.5,)),
    Cell("registered", "Assessment", 80, 40, (0.25,)),
    Cell("other_practitioners", "Assessment", 62, 31, (0.25, 0.25, 0.25, 0.5)),
)


def a_mean_beyond_95() -> Plant:
    """The authority's score is 97.5; printed as 98 it tells that hardly anybody answered otherwise."""
    profile = computed(NEARLY_ALL)
    clean = issued(profile)
    assert profile.survey is not None
    mean = profile.survey.headings[0]
    assert mean is not None
    return Plant(
        bad=(surveyed(clean, score=whole(mean.value)),),
        clean=(clean,),
        caught=(Caught("form", SURVEY, ("98, beyond “5 or lower” or “95 or higher”",)),),
        only=("headings[0].sources.survey.score",),
    )


def a_combined_score_that_undoes_95() -> Plant:
    """Documents stand at 33; the combined score is taken from 97.5 and not from the printed 95.

    Survey 0.35 and documents 0.2 of 0.55: 97.5 gives 74.2, printed as 74, so that the score lies between
    (0.55 × 73.5 − 0.2 × 33.5) / 0.35 = 96.4 and (0.55 × 74.5 − 0.2 × 32.5) / 0.35 = 98.5.
    """
    profile = computed(NEARLY_ALL, document=2)
    clean = issued(profile)
    combined = published_range(profile.headings[0].combined)
    return Plant(
        bad=(under(clean, lambda heading: replace(heading, combined=combined)),),
        clean=(clean,),
        caught=(
            Caught(
                "derived",
                SURVEY,
                (*UNDONE, "between 96.4 and 98.5"),
                "Derive them from the score as it is printed.",
            ),
        ),
        only=("headings[0].combined",),
    )


def a_tipping_point_that_undoes_95() -> Plant:
    """Half answered, so the tipping point is past (97.5 − 75) × 2 = 45, and not past (95 − 75) × 2 = 40.

    Between 45 and 46 it puts the score between 97.5 and 98.0.
    """
    profile = computed(NEARLY_ALL)
    clean = issued(profile)
    tipping = profile.headings[0].tipping
    assert tipping is not None
    note = f"{tipping.points} points lower among those who did not answer would make it stage 3."

    def change(heading: PublishedHeading) -> PublishedHeading:
        return replace(heading, tipping_point=tipping.points, tipping_note=note)

    return Plant(
        bad=(under(clean, change),),
        clean=(clean,),
        caught=(Caught("derived", SURVEY, (*UNDONE, "between 97.5 and 98.0"), ""),),
        only=("headings[0].tipping_",),
    )


def a_difference_that_undoes_95() -> Plant:
    """Documents are printed at 33, and the difference of the sources as 64: 32.5 + 63.5 to 33.5 + 64.5."""
    profile = computed(NEARLY_ALL, document=2)
    clean = issued(profile)
    pairs = published_pairs(profile.headings[0])
    return Plant(
        bad=(under(clean, lambda heading: replace(heading, pairs=pairs)),),
        clean=(clean,),
        caught=(Caught("derived", SURVEY, (*UNDONE, "between 96.0 and 98.0")),),
        only=("headings[0].pairs",),
    )


def a_difference_to_a_tenth() -> Plant:
    """Documents stand at exactly a third of the scale, so the difference tells the score to a tenth."""
    profile = computed(SIDES, document=2)
    clean = issued(profile)
    tenths: Any = [round(pair.difference, 1) for pair in profile.headings[0].pairs]
    pairs = tuple(
        replace(pair, difference=finer)
        for pair, finer in zip(clean.published.headings[0].pairs, tenths, strict=True)
    )
    return Plant(
        bad=(under(clean, lambda heading: replace(heading, pairs=pairs)),),
        clean=(clean,),
        caught=(Caught("form", SURVEY, ("finer than whole points",)),),
        only=("headings[0].pairs[0].difference",),
    )


def a_combined_score_to_a_tenth() -> Plant:
    """The survey is half of the combined score and more, and a tenth of it a fifth of a point or less."""
    profile = computed(SIDES, document=2)
    clean = issued(profile)
    exact, printed = profile.headings[0].combined, clean.published.headings[0].combined
    assert exact is not None and printed is not None
    tenth: Any = round(exact.score, 1)
    finer = replace(printed, score=tenth)
    return Plant(
        bad=(under(clean, lambda heading: replace(heading, combined=finer)),),
        clean=(clean,),
        caught=(Caught("form", SURVEY, ("finer than whole points",)),),
        only=("headings[0].combined.score",),
    )


def an_interval_of_nothing() -> Plant:
    """Twelve of twenty-four answered, all alike: 50 to 50 tells every single answer.

    A half-width below 0.5 is a standard error below 0.5 / t(0.975; 11) = 0.2272. Of twelve of whom half are D
    away from the rest it is √(½ × ¼ × 12/11 × 1/12) × D = 0.1066 × D, so D is at most 2.1 points.
    """
    profile = computed((Cell("registered", "Assessment", 24, 12, (0.5,)),))
    clean = issued(profile)
    source = profile.headings[0].sources["survey"]
    assert source is not None and source.low is not None and source.high is not None
    return Plant(
        bad=(surveyed(clean, low=printed_score(source.low), high=printed_score(source.high)),),
        clean=(clean,),
        caught=(
            Caught(
                "interval",
                SURVEY,
                ("interval of 50 to 50", "by more than 2.1 points"),
                f"Leave the interval under {HEADING} out, or widen it.",
            ),
        ),
        only=("headings[0].sources.survey",),
    )


def a_score_of_nine_people() -> Plant:
    """Nine answered: there is no survey score at all, however it is rounded."""
    profile = computed((Cell("registered", "Assessment", 40, 9, (0.5,)),))
    larger = computed((Cell("registered", "Assessment", 40, 10, (0.5,)),))
    clean, pattern = issued(profile), issued(larger)
    survey = pattern.published.headings[0].sources.survey
    assert clean.published.headings[0].sources.survey is None
    return Plant(
        bad=(
            under(clean, lambda heading: replace(heading, sources=replace(heading.sources, survey=survey))),
        ),
        clean=(clean,),
        caught=(
            Caught("form", SURVEY, ("rests on fewer than 10 answers",), "Leave all its numbers out."),
            Caught("form", SURVEY, ("“10 to 19”, which is not the band",)),
        ),
        only=("headings[0].sources.survey",),
    )


def agreement_of_one() -> Plant:
    """Forty of one mind: r*wg and rwg(j) of 1.00 say so, and so what everybody answered.

    One of forty, two options away on one of seven items, would give v = 4 / (39 × 7 × 2) and r*wg of 0.993:
    that is 0.99 as printed.
    """
    profile = computed((Cell("registered", "Assessment", 80, 40, (0.5,)),))
    clean = issued(profile)
    assert profile.survey is not None
    exact = profile.survey.agreement[0]
    assert exact.r_star_wg == exact.r_wg_j == 1
    return Plant(
        bad=(relied(clean, r_star_wg=1.0, r_wg_j=1.0),),
        clean=(clean,),
        caught=(
            Caught("form", RELIABILITY, ("beyond −0.95 or 0.95",), "Print it as −0.95 or 0.95."),
            Caught("agreement", RELIABILITY, ("Agreement of 1 leaves nobody two answers away",)),
        ),
        only=("reliability.capability",),
    )


def agreement_of_twenty() -> Plant:
    """Twenty answers: from the number that they share, any coefficient tells how nearly they are one."""
    profile = computed((Cell("registered", "Assessment", 40, 20, (0.25, 0.5)),))
    clean = issued(profile)
    assert profile.survey is not None
    value = profile.survey.agreement[0].r_star_wg
    assert value is not None
    return Plant(
        bad=(relied(clean, r_star_wg=round(value, 2)),),
        clean=(clean,),
        caught=(Caught("form", RELIABILITY, ("fewer than 30 answers",), "Leave it out."),),
        only=("reliability.capability",),
    )


def a_gap_beside_a_hidden_group() -> Plant:
    """Nine leaders answered, and their score is hidden; that of their side, with the managers, is printed."""
    cells = (
        Cell("leaders", "Assessment", 18, 9, (0.75,)),
        Cell("team_managers", "Assessment", 40, 20, (0.5,)),
        Cell("registered", "Assessment", 160, 80, (0.25,)),
        Cell("support", "Assessment", 60, 30, (0.5,)),
    )
    profile = computed(cells)
    clean = issued(profile)
    assert profile.survey is not None
    gap = profile.survey.gaps[0]
    assert gap is not None
    upper, lower = printed_score(gap.upper.value), printed_score(gap.lower.value)
    return Plant(
        bad=(under(clean, lambda heading: replace(heading, gap=Gap(upper, lower, upper - lower, False))),),
        clean=(clean,),
        caught=(
            Caught(
                "derived",
                GAP,
                ("score of Leaders is hidden", "the side that they are part of"),
                "Hide this gap.",
            ),
        ),
        only=("headings[0].gap",),
    )


def a_gap_across_a_merged_group() -> Plant:
    """Six managers are reported with the practitioners; the sides of the comparison take them apart."""
    cells = (
        Cell("leaders", "Assessment", 40, 20, (0.75,)),
        Cell("registered", "Assessment", 80, 40, (0.25,)),
        Cell("support", "Assessment", 6, 6, (1.0,)),
        Cell("other_practitioners", "Assessment", 80, 40, (0.25,)),
        Cell("team_managers", "Assessment", 6, 6, (1.0,)),
    )
    profile = computed(cells)
    clean = issued(profile)
    assert profile.survey is not None
    gap = profile.survey.gaps[0]
    assert gap is not None
    upper, lower = printed_score(gap.upper.value), printed_score(gap.lower.value)
    return Plant(
        bad=(under(clean, lambda heading: replace(heading, gap=Gap(upper, lower, upper - lower, False))),),
        clean=(clean,),
        caught=(Caught("derived", GAP, ("the gap tells their parts apart",), "Hide this gap."),),
        only=("headings[0].gap",),
    )


def a_gap_of_unrounded_sides() -> Plant:
    """The sides are printed as 60 and 27, and their difference as 32, which is that of 59.8 and 27.5."""
    profile = computed(SIDES)
    clean = issued(profile)
    assert profile.survey is not None
    exact, printed = profile.survey.gaps[0], clean.published.headings[0].gap
    assert exact is not None and printed is not None
    finer = replace(printed, difference=whole(exact.upper.value - exact.lower.value))
    assert (finer.upper, finer.lower, finer.difference) == (60, 27, 32)
    return Plant(
        bad=(under(clean, lambda heading: replace(heading, gap=finer)),),
        clean=(clean,),
        caught=(
            Caught(
                "derived",
                GAP,
                ("32 points is not that of the printed scores",),
                "Subtract the printed scores.",
            ),
        ),
        only=("headings[0].gap.difference",),
    )


PLANTS = (
    a_mean_beyond_95,
    a_combined_score_that_undoes_95,
    a_tipping_point_that_undoes_95,
    a_difference_that_undoes_95,
    a_difference_to_a_tenth,
    a_combined_score_to_a_tenth,
    an_interval_of_nothing,
    a_score_of_nine_people,
    agreement_of_one,
    agreement_of_twenty,
    a_gap_beside_a_hidden_group,
    a_gap_across_a_merged_group,
    a_gap_of_unrounded_sides,
)
