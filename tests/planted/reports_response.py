"""Planted in who answered, and in all else that counts people: rates, comments, the threshold, names."""

from dataclasses import replace

from diagnostics.published import PublishedQuote
from diagnostics.releases import Release
from diagnostics.suppression import whole
from tests.diagnostics.planted_wave import Cell
from tests.planted.reports import Caught, Plant, answering, computed, grouped, issued, reprinted, table_of
from tests.planted.reports_groups import BY_AREA, COUNCIL, SUPPORT

ROLES, AREAS = "Wave 1, response, by role group", "Wave 1, response, by service area"
SPREAD = (
    Cell("registered", "Assessment", 20, 12, (0.5,)),
    Cell("registered", "Early help", 20, 14, (0.5,)),
    Cell("registered", "Fostering", 20, 14, (0.5,)),
    Cell("registered", "Youth justice", 5, 5, (0.5,)),
    Cell("registered", "Children in care", 140, 6, (0.5,)),
)


def nine_answers_hidden_alone() -> Plant:
    """The total of answers less those of the shown areas leaves the nine, however the rates are rounded."""
    cells = (
        Cell("registered", "Assessment", 60, 40, (0.25, 0.5)),
        Cell("registered", "Early help", 60, 30, (0.25, 0.5)),
        Cell("registered", "Youth justice", 30, 9, (0.5,)),
    )
    profile = computed(cells)
    clean = issued(profile)
    return Plant(
        bad=(answering(clean, profile, ["Youth justice"]),),
        clean=(clean,),
        caught=(
            Caught(
                "base",
                AREAS,
                ("hold 9 answers together", "fewer than 10"),
                "Hide one more service area under response.",
            ),
        ),
        only=("response.by_service_area[1]",),
    )


def a_rate_that_solves() -> Plant:
    """Eleven answers are hidden in areas of 5 and 140 people, and the areas of twenty tell theirs exactly.

    60 % of twenty is 11.5 to 12.5, so 12, and 70 % is 14. Of 51 answers 11 are left: 0 to 7.9 % of 140.
    """
    profile = computed(SPREAD)
    hidden = ["Youth justice", "Children in care"]
    return Plant(
        bad=(answering(issued(profile), profile, hidden),),
        clean=(answering(issued(profile), profile, [*hidden, "Assessment"]),),
        caught=(
            Caught(
                "base",
                AREAS,
                ("response rate of Children in care (hidden)", "between 0 % and 7.9 %"),
                "Hide the response of one more service area.",
            ),
        ),
        only=("response.by_service_area",),
    )


def a_rate_to_the_unit() -> Plant:
    """A rate of 52 % of forty-two managers is 21.8 answers, or rather 22: a head count."""
    cells = (
        Cell("team_managers", "Assessment", 42, 22, (0.25, 0.5)),
        Cell("registered", "Assessment", 80, 40, (0.25, 0.5)),
    )
    profile = computed(cells)
    clean = issued(profile)
    response = clean.published.response
    groups = table_of(profile, "role_group")
    rate = whole(100 * int(groups.answered[0]) / groups.groups[0].people)
    first, *others = response.by_role_group
    rows = (replace(first, rate=rate), *others)
    return Plant(
        bad=(reprinted(clean, response=replace(response, by_role_group=rows)),),
        clean=(clean,),
        caught=(
            Caught(
                "form",
                "Wave 1, response by role group, Team managers",
                ("52 %, finer than the nearest 5",),
                "Print it as the method says, and no finer.",
            ),
        ),
        only=("response.by_role_group[0].rate",),
    )


def a_count_of_nine_answers() -> Plant:
    """Nine answered, and the page says nine, and 22 %."""
    clean = issued(computed((Cell("registered", "Assessment", 40, 9, (0.5,)),)))
    response = replace(clean.published.response, answered=9, rate=22)
    return Plant(
        bad=(reprinted(clean, response=response),),
        clean=(clean,),
        caught=(Caught("form", "Wave 1, response", ("too few people answered",)),),
        only=("response.",),
    )


def a_count_of_comments() -> Plant:
    """Seven wrote something, and the annex counts them."""
    clean = issued(computed(COUNCIL))
    assert clean.published.comments_received is None
    return Plant(
        bad=(reprinted(clean, comments_received="7"),),
        clean=(clean,),
        caught=(Caught("form", "Wave 1, comments", ("“7”, which is no band",)),),
        only=("comments_received",),
    )


def a_threshold_of_nine() -> Plant:
    """The threshold is lowered so that the nine of business support can be shown."""
    profile = computed(COUNCIL)
    clean = issued(profile)
    score = whole(float(table_of(profile, "role_group").mean[4, 0]))
    lowered = grouped(clean, "role_group", "support", score=score, n_band="10 to 19", suppressed=False)
    bad = reprinted(lowered, threshold=9)
    return Plant(
        bad=(Release(bad.published, replace(bad.knowledge, threshold=9)),),
        clean=(clean,),
        caught=(
            Caught("form", "Wave 1, threshold", ("It is 9.",), "Raise it to 10 or more."),
            Caught("form", SUPPORT, ("which is not the band of its answers",)),
            Caught("hidden mean", BY_AREA, ("Youth justice (hidden)", "between 85.5 and 86.5")),
        ),
        only=("threshold", "headings[0].groups.role_group[4]"),
    )


def a_threshold_of_another_profile() -> Plant:
    """The page says that groups of twenty are protected, and those of ten were."""
    clean = issued(computed(COUNCIL))
    return Plant(
        bad=(reprinted(clean, threshold=20),),
        clean=(clean,),
        caught=(Caught("form", "Wave 1, threshold", ("page says 20, and groups were hidden by 10",)),),
        only=("threshold",),
    )


def a_quote_of_one_of_six() -> Plant:
    """Six leaders are reported with the managers; the quote is signed by a leader."""
    cells = (
        Cell("leaders", "Assessment", 6, 3, (0.5,)),
        Cell("team_managers", "Assessment", 60, 30, (0.25, 0.5)),
        Cell("registered", "Assessment", 80, 40, (0.25, 0.5)),
    )
    clean = issued(computed(cells, interview=2))
    heading = clean.published.headings[0].id
    quote = PublishedQuote("I1", heading, "find", "Leaders with team managers", "We ask late.")
    signed = reprinted(clean, quotes=(quote,))
    return Plant(
        bad=(reprinted(clean, quotes=(replace(quote, role_band="Leaders"),)),),
        clean=(signed,),
        caught=(
            Caught(
                "form",
                "Wave 1, quote I1",
                ("“Leaders”, of whom there are fewer than 10",),
                "Name a wider band of staff, or none.",
            ),
        ),
        only=("quotes[0].role_band",),
    )


def evidence_from_an_area() -> Plant:
    """The evidence list says in which service area a meeting was seen."""
    clean = issued(computed(COUNCIL, observation=2))
    entries = [
        replace(entry, kind="Youth justice") if entry.mark == "O1" else entry
        for entry in clean.published.evidence
    ]
    return Plant(
        bad=(reprinted(clean, evidence=tuple(entries)),),
        clean=(clean,),
        caught=(Caught("form", "Wave 1, evidence O1", ("names the service area “Youth justice”",)),),
        only=("evidence[7].kind",),
    )


def a_quote_of_a_manager_of_an_area() -> Plant:
    """There are 46 managers, but four in Fostering: a role in an area is a table that is never made."""
    cells = (*COUNCIL, Cell("team_managers", "Fostering", 4, 2, (0.25, 0.5)))
    clean = issued(computed(cells, interview=2))
    quote = PublishedQuote("I1", clean.published.headings[0].id, "find", "Team managers", "We ask late.")
    signed = reprinted(clean, quotes=(quote,))
    return Plant(
        bad=(reprinted(clean, quotes=(replace(quote, role_band="Team managers in Fostering"),)),),
        clean=(signed,),
        caught=(Caught("form", "Wave 1, quote I1", ("names the service area “fostering”",)),),
        only=("quotes[0].role_band",),
    )


def evidence_of_a_month() -> Plant:
    """Whoever knows the diary of September knows whose interview that was."""
    clean = issued(computed(COUNCIL, interview=2))
    entries = [
        replace(entry, kind="Interview in September") if entry.mark == "I1" else entry
        for entry in clean.published.evidence
    ]
    return Plant(
        bad=(reprinted(clean, evidence=tuple(entries)),),
        clean=(clean,),
        caught=(
            Caught("form", "Wave 1, evidence I1", ("names the month, “September”",), "Leave the month out."),
        ),
        only=("evidence[7].kind",),
    )


def a_count_in_the_name_of_a_group() -> Plant:
    """The row is hidden, but its name tells how many there are."""
    clean = issued(computed(COUNCIL))
    name = "Business support and commissioning (9 answers)"
    return Plant(
        bad=(grouped(clean, "role_group", "support", name=name),),
        clean=(clean,),
        caught=(Caught("words", "Wave 1, names", ("9 answers",)),),
        only=("headings[0].groups.role_group[4].name",),
    )


def a_count_among_the_records() -> Plant:
    """The counts of interviews and documents have a neighbour that no template prints."""
    clean = issued(computed(COUNCIL))
    records = {**clean.published.records, "survey_support": 9}
    return Plant(
        bad=(reprinted(clean, records=records),),
        clean=(clean,),
        caught=(Caught("form", "Wave 1, records", ("survey_support",)),),
        only=("records.survey_support",),
    )


PLANTS = (
    nine_answers_hidden_alone,
    a_rate_that_solves,
    a_rate_to_the_unit,
    a_count_of_nine_answers,
    a_count_of_comments,
    a_threshold_of_nine,
    a_threshold_of_another_profile,
    a_quote_of_one_of_six,
    evidence_from_an_area,
    a_quote_of_a_manager_of_an_area,
    evidence_of_a_month,
    a_count_in_the_name_of_a_group,
    a_count_among_the_records,
)
