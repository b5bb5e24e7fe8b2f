"""Other authorities beside a profile: quartiles by hand, from ten authorities on, each once, none by name."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.comparison import LEAST_AUTHORITIES, Comparison, compare, comparison_group
from diagnostics.published import PublishedAuthority, PublishedFramework, PublishedProfile, ScoreRange
from tests.report.invented_profile import PROFILE

HEADINGS = [heading.id for heading in PROFILE.headings]
FIRST = HEADINGS[0]


def council(number: int, score: int | None = 50, **changes: object) -> PublishedProfile:
    """Give the profile of another council, with one score under every heading."""
    combined = None if score is None else ScoreRange(score, max(0, score - 5), min(100, score + 5))
    headings = tuple(replace(heading, combined=combined) for heading in PROFILE.headings)
    authority = PublishedAuthority(f"E{number:08}", f"Invented Council {number}")
    made = replace(PROFILE, authority=authority, headings=headings, digest=f"{number:064x}")
    return replace(made, **changes)  # type: ignore[arg-type]


def councils(*scores: int | None) -> list[PublishedProfile]:
    return [council(number, score) for number, score in enumerate(scores, start=1)]


def made(*others: PublishedProfile) -> Comparison:
    found = compare(PROFILE, others)
    assert found is not None
    return found


@pytest.mark.parametrize(("count", "compared"), [(0, False), (9, False), (10, True), (11, True)])
def test_ten_other_authorities_are_the_least(count: int, compared: bool) -> None:
    found = compare(PROFILE, councils(*[50] * count))
    assert (found is not None) is compared
    if found is not None:
        assert found.authorities == count
        assert {one.authorities for one in found.headings} == {count}


def test_quartiles_are_those_of_definition_7() -> None:
    """By hand: h = 9p + 1, so Q(1/4) = 30 + 0.25·10 = 32.5, Q(1/2) = 55, Q(3/4) = 70 + 0.75·10 = 77.5."""
    one = made(*councils(10, 20, 30, 40, 50, 60, 70, 80, 90, 95)).of(FIRST)
    assert one is not None
    assert (one.lower, one.median, one.upper) == (32, 55, 78)


def test_a_median_between_two_points_is_rounded_up() -> None:
    one = made(*councils(*[40] * 5, *[41] * 5)).of(FIRST)
    assert one is not None
    assert (one.lower, one.median, one.upper) == (40, 41, 41)


@given(st.lists(st.integers(5, 95), min_size=LEAST_AUTHORITIES, max_size=40))
def test_a_quarter_lies_on_either_side_and_the_order_does_not_matter(scores: list[int]) -> None:
    others = councils(*scores)
    found = made(*others)
    one = found.of(FIRST)
    assert one is not None
    assert found == made(*reversed(others))
    assert min(scores) <= one.lower <= one.median <= one.upper <= max(scores)
    # Between two scores a quartile is interpolated, so below it are a quarter of the scores and one more.
    assert sum(score < one.lower for score in scores) <= (len(scores) + 3) // 4
    assert sum(score > one.upper for score in scores) <= (len(scores) + 3) // 4
    exact = np.quantile(scores, [0.25, 0.5, 0.75], method="linear")
    assert abs(one.median - exact[1]) <= 0.5
    assert exact[0] - 1 < one.lower <= exact[0]
    assert exact[2] <= one.upper < exact[2] + 1


def test_all_equal_is_one_point() -> None:
    one = made(*councils(*[50] * 10)).of(FIRST)
    assert one is not None
    assert (one.lower, one.median, one.upper) == (50, 50, 50)


def test_the_same_council_counts_once_with_its_newest_wave() -> None:
    others = councils(*[50] * 9)
    assert compare(PROFILE, [*others, council(9, 60, wave=3), council(9, 70, wave=1)]) is None
    group = comparison_group(PROFILE, [council(9, 60, wave=3), *others])
    assert [one.headings[0].combined.score for one in group if one.wave == 3] == [60]  # type: ignore[union-attr]
    assert len(group) == 9


def test_of_two_versions_of_a_wave_the_later_counts() -> None:
    late = council(1, 60, as_of="2027-01-01")
    assert comparison_group(PROFILE, [late, council(1, 50)]) == (late,)
    assert comparison_group(PROFILE, [council(1, 50), late]) == (late,)


def test_an_older_wave_of_the_same_framework_counts_where_the_newest_is_of_another() -> None:
    other = replace(PROFILE.framework, version="999")
    group = comparison_group(PROFILE, [council(1, 40), council(1, 90, wave=9, framework=other)])
    assert [one.headings[0].combined.score for one in group] == [40]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "framework",
    [
        replace(PROFILE.framework, version="999"),
        PublishedFramework("another", PROFILE.framework.version, PROFILE.framework.name),
    ],
)
def test_another_framework_version_is_left_out(framework: PublishedFramework) -> None:
    nine = councils(*[50] * 9)
    assert compare(PROFILE, [*nine, council(10, 50, framework=framework)]) is None


def test_the_own_council_is_left_out_whatever_it_is_called() -> None:
    own = replace(council(10), authority=PublishedAuthority(PROFILE.authority.code, "Renamed Council"))
    assert compare(PROFILE, [*councils(*[50] * 9), own]) is None
    assert made(*councils(*[50] * 10), own).authorities == 10


def test_a_heading_with_a_score_in_fewer_than_ten_has_no_comparison() -> None:
    def without(profile: PublishedProfile) -> PublishedProfile:
        first, *rest = profile.headings
        return replace(profile, headings=(replace(first, combined=None), *rest))

    others = councils(*[50] * 11)
    found = made(*map(without, others[:1]), *others[1:])
    assert [one.authorities for one in found.headings] == [10, *[11] * (len(HEADINGS) - 1)]
    found = made(*map(without, others[:2]), *others[2:])
    assert found.of(FIRST) is None
    assert [one.id for one in found.headings] == HEADINGS[1:]
    assert compare(PROFILE, councils(*[None] * 20)) is None


def test_nobody_is_named_and_the_digest_is_of_all_that_is_said() -> None:
    found = made(*(council(number, 40 + number, as_of=f"20{20 + number}-03-01") for number in range(1, 12)))
    text = found.to_json()
    assert "Invented Council" not in text
    assert "E0000" not in text
    held = json.loads(text)
    assert held["schema"] == "comparison/1"
    assert (held["first_year"], held["last_year"]) == (2021, 2031)
    assert found.digest == found.own_digest()
    assert replace(found, authorities=12).own_digest() != found.digest
