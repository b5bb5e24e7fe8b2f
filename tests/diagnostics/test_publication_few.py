"""What is published where few answered, where two waves are compared, and where a person overruled."""

import pytest

from diagnostics.disclosure import publish
from diagnostics.evidence import Review
from diagnostics.framework import Framework
from diagnostics.profile import Profile
from diagnostics.published import PublishedProfile
from tests.diagnostics.planted_wave import Cell, profile_of, published_of, records_of, wave_of, without_survey
from tests.diagnostics.small_framework import load, published, put, small, small_data


def few(answered: int, headcount: int = 60, **about: object) -> PublishedProfile:
    framework = published()
    half = answered // 2
    cells = [
        Cell("registered", "Early help", headcount // 2, answered - half, (0.25, 0.75)),
        Cell("other_practitioners", "Assessment", headcount - headcount // 2, half, (0.25, 0.75)),
    ]
    needs = (framework.needs.choices[0].id,)
    return published_of(framework, wave_of(framework, cells, needs=needs, comments=30, **about))  # type: ignore[arg-type] # the caller names fields


@pytest.mark.parametrize("answered", [1, 2, 9])
def test_under_ten_answers_there_is_nothing_of_the_survey(answered: int) -> None:
    found = few(answered)
    response = found.response
    assert (response.answered, response.rate, response.weighting_note) == (None, None, None)
    assert response.indicative
    assert response.by_role_group == response.by_service_area == ()
    assert found.needs == ()
    assert found.derived_importance == ()
    assert found.comments_received is None
    for heading in found.headings:
        assert heading.sources.survey is None
        assert heading.items and all(item.suppressed for item in heading.items)
        assert all(row.suppressed for row in (*heading.groups.role_group, *heading.groups.service_area))
        assert heading.gap is None or heading.gap.suppressed
        assert heading.change is None and heading.staff_agree is None
        assert heading.tipping_point is None and heading.tipping_note is None
    for row in found.reliability.values():
        assert row.alpha is None and row.omega is None
        assert [row.r_star_wg, row.r_wg_j, row.icc1, row.icc2] == [None] * 4


def test_ten_answers_are_enough_for_a_score() -> None:
    found = few(10)
    assert found.response.answered == 10
    for heading in found.headings:
        assert heading.sources.survey is not None and heading.sources.survey.n_band == "10 to 19"
        assert all(row.suppressed for row in (*heading.groups.role_group, *heading.groups.service_area))


@pytest.mark.parametrize(
    "answered, headcount, indicative",
    [(10, 20, True), (29, 40, True), (30, 40, False), (30, 100, False), (30, 101, True), (200, 700, True)],
)
def test_under_thirty_answers_or_thirty_per_cent_it_is_indicative(
    answered: int, headcount: int, indicative: bool
) -> None:
    assert few(answered, headcount).response.indicative == indicative


@pytest.mark.parametrize("answered, shown", [(14, False), (15, True)])
def test_raised_threshold_holds_for_the_whole(answered: int, shown: bool) -> None:
    found = few(answered, threshold=15)
    assert (found.response.answered is not None) == shown
    assert all((heading.sources.survey is not None) == shown for heading in found.headings)
    assert found.threshold == 15


def test_framework_may_ask_for_more_answers_than_the_threshold() -> None:
    """The small framework wants 12 answers for a score."""
    framework = small()
    cells = [Cell("educators", "East", 30, 11, (0.0, 1.0))]
    found = published_of(framework, wave_of(framework, cells))
    assert all(h.sources.survey is None and all(i.suppressed for i in h.items) for h in found.headings)
    assert not any("to move the survey" in finding.text for finding in found.findings)


@pytest.mark.parametrize("answered, stands", [(9, False), (10, False), (29, False), (30, True)])
def test_item_that_too_few_answered_is_suppressed(answered: int, stands: bool) -> None:
    framework = published()
    heading = framework.headings[0]
    code = next(q.code for q in heading.questions if not q.shown_to)
    cells = [
        Cell("registered", "Early help", 60, answered, (0.25, 0.5, 0.75)),
        Cell("registered", "Early help", 0, 40, (0.25, 0.75), omits=(code,)),
    ]
    found = published_of(framework, wave_of(framework, cells))
    items = {item.code: item for item in found.headings[0].items}
    item = items[code]
    assert item.suppressed == (not stands)
    assert item.text and len(item.labels) > 1
    if stands:
        assert item.n_band == "20 to 49"
        assert item.shares and all(share % 5 == 0 and 5 <= share <= 95 for share in item.shares)
    else:
        numbers = (item.shares, item.score, item.dont_know, item.n_band, item.change)
        assert numbers == (None,) * 5


def test_item_has_as_many_shares_as_labels_worst_first() -> None:
    framework = published()
    cells = [Cell("registered", "Early help", 60, 40, (0.0,))]
    for heading in published_of(framework, wave_of(framework, cells)).headings:
        shown = [item for item in heading.items if not item.suppressed]
        assert shown
        for item in shown:
            assert item.shares is not None and len(item.shares) == len(item.labels)
            assert item.shares == (95, *(5 for _ in item.shares[1:])), "the worst answer stands first"
            assert item.score == 5


# ------------------------------------------------------------------------------------------------------ waves


def two_waves(
    then: list[Cell], now: list[Cell], framework: Framework | None = None, earlier: Framework | None = None
) -> PublishedProfile:
    used = framework or published()
    before = profile_of(earlier or used, wave_of(earlier or used, then))
    return publish(profile_of(used, wave_of(used, now, wave=2), before))


def teams(level: tuple[float, ...], leaders: int = 20, support: int = 20) -> list[Cell]:
    return [
        Cell("leaders", "Assessment", 30, leaders, level),
        Cell("registered", "Early help", 90, 60, level),
        Cell("other_practitioners", "Fostering", 60, 40, level),
        Cell("support", "Youth justice", 30, support, level),
    ]


LOW, HIGH = (0.25, 0.25, 0.5), (0.75, 0.75, 0.5)


@pytest.mark.parametrize("then, now", [(20, 9), (9, 20), (9, 9)])
def test_group_has_a_change_only_where_it_is_shown_in_both_waves(then: int, now: int) -> None:
    found = two_waves(teams(LOW, leaders=then), teams(HIGH, leaders=now))
    for heading in found.headings:
        rows = {row.id: row for row in heading.groups.role_group}
        assert rows["leaders"].change is None
        assert rows["leaders"].suppressed == (now == 9)
        # The next smallest went with it.
        assert rows["support"].change is None
        assert rows["registered"].change is not None and rows["registered"].change.reliable


def test_reliable_change_of_all_groups() -> None:
    for heading in two_waves(teams(LOW), teams(HIGH)).headings:
        assert heading.change is not None and heading.change.reliable
        assert heading.change.difference is not None and 30 < heading.change.difference < 36
        for row in (*heading.groups.role_group, *heading.groups.service_area):
            assert row.change is not None and row.change.reliable


def test_hidden_group_cannot_move_the_interval_of_a_shown_one() -> None:
    """Holm's family holds the shown groups only."""
    intervals = {
        tuple((row.id, row.change) for row in heading.groups.role_group if not row.suppressed)
        for levels in ((0.0, 1.0), (0.5,))
        for heading in two_waves(
            [*teams(LOW, leaders=9)[1:], Cell("leaders", "Assessment", 30, 9, levels)],
            [*teams(HIGH, leaders=9)[1:], Cell("leaders", "Assessment", 30, 9, levels[::-1])],
        ).headings[:1]
    }
    assert len(intervals) == 1


def test_same_answers_again_are_no_change() -> None:
    for heading in two_waves(teams(LOW), teams(LOW)).headings:
        assert heading.change is not None
        assert (heading.change.difference, heading.change.reliable) == (0, False)
        assert heading.change.minimum_detectable is not None and heading.change.minimum_detectable >= 3


def test_other_version_of_the_framework_is_not_compared_and_says_why() -> None:
    data = small_data()
    put(data, "version", "4")
    cells = [Cell("educators", "East", 60, 40, LOW), Cell("wardens", "West", 60, 40, LOW)]
    found = two_waves(cells, cells, small(), load(data))
    for heading in found.headings:
        assert heading.change is not None
        assert heading.change.reason and "different versions" in heading.change.reason
        assert not heading.change.reliable
        assert heading.change.difference is heading.change.low is heading.change.high is None
        assert all(item.change is None or item.change.difference is None for item in heading.items)
        assert all(row.change is None for row in heading.groups.role_group)
    assert not any(finding.kind == "change" for finding in found.findings)


def test_wave_before_without_a_survey_is_not_compared_and_says_why() -> None:
    framework = published()
    before = profile_of(framework, without_survey(wave_of(framework, teams(LOW))))
    found = publish(profile_of(framework, wave_of(framework, teams(LOW), wave=2), before))
    for heading in found.headings:
        assert heading.change is not None and heading.change.reason
        assert "survey" in heading.change.reason


def test_first_wave_has_no_change_and_no_reason() -> None:
    framework = published()
    found = published_of(framework, wave_of(framework, teams(LOW)))
    assert all(heading.change is None for heading in found.headings)
    assert all(item.change is None for heading in found.headings for item in heading.items)


# ------------------------------------------------------------------------------------------- what was decided


def written_not_done(*reviews: Review) -> Profile:
    framework = published()
    fieldwork = [
        *records_of(framework, "document", 4),
        *records_of(framework, "observation", 1, role="registered"),
    ]
    return profile_of(framework, wave_of(framework, teams((0.25,)), fieldwork, reviews=reviews))


def test_pattern_becomes_a_sentence() -> None:
    found = publish(written_not_done())
    for heading in found.headings:
        (pattern,) = [p for p in heading.patterns if p.id == "written_not_done"]
        assert (pattern.status, pattern.reason) == ("proposed", None)
        assert pattern.finding is not None
        assert pattern.finding in heading.findings
        assert found.finding(pattern.finding).evidence


def test_overruled_pattern_is_kept_with_its_reason_but_is_no_sentence() -> None:
    reason = "The panel was observed in its first week."
    found = publish(written_not_done(Review("systems", "written_not_done", False, reason)))
    heading = next(h for h in found.headings if h.id == "systems")
    (pattern,) = [p for p in heading.patterns if p.id == "written_not_done"]
    assert (pattern.status, pattern.reason) == ("overruled", reason)
    assert pattern.finding is None
    assert not any(f.kind == "pattern" and f.heading == "systems" for f in found.findings)
    assert not any("ocuments call for" in f.text for f in found.findings if f.heading == "systems")
    assert any(f.kind == "pattern" and f.heading == "culture" for f in found.findings)


def test_confirmed_pattern_keeps_its_reason_and_its_sentence() -> None:
    found = publish(written_not_done(Review("systems", "written_not_done", True, "Seen by two of us.")))
    heading = next(h for h in found.headings if h.id == "systems")
    (pattern,) = [p for p in heading.patterns if p.id == "written_not_done"]
    assert (pattern.status, pattern.reason) == ("confirmed", "Seen by two of us.")
    assert pattern.finding is not None
    assert found.finding(pattern.finding).evidence


def test_overruled_pair_is_kept_with_its_reason() -> None:
    found = publish(written_not_done(Review("culture", "document-observation", False, "Two scales.")))
    heading = next(h for h in found.headings if h.id == "culture")
    (pair,) = [p for p in heading.pairs if {p.a, p.b} == {"document", "observation"}]
    assert (pair.code, pair.difference, pair.status, pair.reason) == (
        "dissonance",
        100,
        "overruled",
        "Two scales.",
    )
    assert "sources_disagree" in {reason.code for reason in found.headings[0].confidence.reasons}
