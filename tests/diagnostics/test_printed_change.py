"""A change is reliable by the numbers that a reader sees, and what it takes is never said too small."""

import pytest

from diagnostics.as_printed import printed_change
from diagnostics.change import Change
from diagnostics.disclosure import publish
from diagnostics.profile import Profile
from diagnostics.publication import published_change, why_not_comparable
from diagnostics.published import PublishedChange, PublishedProfile
from tests.diagnostics.planted_wave import Cell, profile_of, records_of, wave_of, without_survey
from tests.diagnostics.small_framework import published

FRAMEWORK = published()
ROLES = ("leaders", "team_managers", "registered", "other_practitioners", "support")


def change(difference: float, reach: float) -> Change:
    """One as it is computed, of which three points or more count."""
    reliable = abs(difference) > reach and abs(difference) >= 3
    return Change(difference, difference - reach, difference + reach, reliable, max(3.0, reach))


def of_scores(then: float, now: float, reach: float) -> PublishedChange:
    found = published_change(printed_change(change(now - then, reach), then, now, 3.0, 0), None)
    assert found is not None
    return found


def test_a_bound_that_is_printed_as_0_is_no_reliable_change() -> None:
    """3.1 ± 2.8 leaves out 0, but is printed as “+3 (0 to +6)”, like 3.1 ± 3.2."""
    sure, unsure = of_scores(50.0, 53.1, 2.8), of_scores(50.0, 53.1, 3.2)
    assert (sure.difference, sure.low, sure.high, sure.reliable) == (3, 0, 6, False)
    assert sure == unsure


def test_what_may_be_chance_is_printed_with_an_interval_that_holds_0() -> None:
    """4.4 ± 4.5 may be chance; the printed scores lie 5 apart, and 5 ± 4.5 would leave out 0."""
    for then, now in ((50.4, 54.6), (54.6, 50.4)):
        found = of_scores(then, now, 4.3)
        assert not found.reliable and found.low is not None and found.high is not None
        assert found.low <= 0 <= found.high
        assert found.low + found.high == 2 * (found.difference or 0)


@pytest.mark.parametrize("tenths", range(60))
def test_flag_interval_and_least_change_never_contradict_each_other(tenths: int) -> None:
    for place in range(200):
        reach, then, now = place / 17, 40.0 + tenths / 7, 50.0
        found = of_scores(then, now, reach)
        assert found.difference is not None and found.low is not None and found.high is not None
        least = found.minimum_detectable
        assert least is not None and least >= max(3.0, reach)
        leaves_out_0 = found.low > 0 or found.high < 0
        refused = leaves_out_0 and not found.reliable
        assert leaves_out_0 or not found.reliable
        assert not refused or abs(now - then) < 3
        assert found.reliable is (abs(found.difference) >= least) or refused


def test_the_least_change_is_rounded_up_but_not_for_dust() -> None:
    assert [
        found.minimum_detectable
        for reach in (2.5, 2.5 + 1e-13, 2.6, 3.4, 3.5, 4.44)
        if (found := published_change(change(1.0, reach), None)) is not None
    ] == [3, 3, 4, 4, 4, 5]


def test_what_counted_is_never_printed_below_what_it_took() -> None:
    """5.3 ± 4.7 is “+5 (+1 to +10)”, and 5.2 would have been enough."""
    found = published_change(change(5.3, 4.7), None)
    assert found == PublishedChange(5, 1, 10, True, 5, None)
    assert published_change(change(4.0, 4.7), None) == PublishedChange(4, -1, 9, False, 6, None)


def waves(then: int, now: int, *, answered: int, heads: int) -> PublishedProfile:
    """So many of fifty stand at 75, the others at 50, in one wave and in the next."""

    def wave(many: int, number: int, before: Profile | None) -> Profile:
        levels = (0.75,) * many + (0.5,) * (50 - many)
        cells = [Cell(role, "A", heads, answered, levels) for role in ROLES]
        return profile_of(FRAMEWORK, wave_of(FRAMEWORK, cells, wave=number), before)

    return publish(wave(now, 2, wave(then, 1, None)))


def test_what_is_more_than_chance_and_too_small_is_told_as_just_that() -> None:
    """2.53 (2.22 to 2.85) is printed as 3, and three count."""
    found = waves(10, 15, answered=395, heads=400)
    for heading in found.headings:
        assert heading.change is not None
        assert (heading.change.difference, heading.change.reliable, heading.change.minimum_detectable) == (
            3,
            False,
            3,
        )
        told = found.finding(f"{heading.id}.change")
        assert told.lead == "Too small to count."
        assert "just under 3 points higher, which is more than chance" in told.text


def test_neither_wave_had_a_survey() -> None:
    fieldwork = records_of(FRAMEWORK, "document", 3)
    asked = wave_of(FRAMEWORK, [Cell("registered", "A", 60, 30)], fieldwork)
    silent = without_survey(asked)
    told = {
        (then is asked, now is asked): why_not_comparable(
            profile_of(FRAMEWORK, now, profile_of(FRAMEWORK, then))
        )
        for then in (asked, silent)
        for now in (asked, silent)
    }
    assert told == {
        (True, True): None,
        (True, False): "One of the two waves had no survey.",
        (False, True): "One of the two waves had no survey.",
        (False, False): "Neither wave had a survey.",
    }
