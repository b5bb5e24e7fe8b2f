"""What a wave hands on: enough for the next to be compared with it, as text, and no answer."""

import json

import pytest
from pydantic import ValidationError

from diagnostics.disclosure import cut
from diagnostics.evidence import Evidence, Frame
from diagnostics.handing_on import hand_on
from diagnostics.last_wave import LastWave, read_last_wave
from diagnostics.profile import Profile, build_profile
from diagnostics.published import PublishedProfile
from tests.diagnostics.planted_wave import Cell, profile_of, wave_of, without_survey
from tests.diagnostics.small_framework import published

Wave = tuple[Frame, Evidence]


def council(level: float, wave: int = 1) -> Wave:
    """Areas of which most are shown, and one so small that it never is."""
    cells = [
        Cell("registered", "North", 60, 45, (level, level - 0.25, level + 0.25)),
        Cell("registered", "South", 60, 40, (level, level - 0.25)),
        *[Cell("registered", area, 70, 50, (level, level + 0.25)) for area in ("East", "West", "Hill")],
        Cell("team_managers", "North", 20, 15, (level, level + 0.25)),
        Cell("leaders", "South", 14, 12, (level, level + 0.25)),
        Cell("other_practitioners", "Hamlet", 6, 5, (1.0, 0.0, 1.0)),
    ]
    return wave_of(published(), cells, wave=wave)


def computed(wave: Wave, last: LastWave | None = None) -> Profile:
    return build_profile(published(), *wave, last, rank_draws=False)


def second(last: LastWave) -> PublishedProfile:
    return cut(computed(council(0.75, 2), last)).published


def test_what_is_kept_as_text_gives_the_same_second_wave_to_the_last_digit() -> None:
    last = hand_on(computed(council(0.25)))
    again = read_last_wave(last.to_json())
    assert again == last
    assert second(again).to_json() == second(last).to_json()
    changed = [heading.change for heading in second(again).headings if heading.change]
    assert changed
    assert any(change.reliable for change in changed)


def test_the_cut_hands_on_what_it_hid() -> None:
    profile = computed(council(0.25))
    assert cut(profile).hands_on == hand_on(profile)


def test_a_group_that_was_hidden_is_handed_on_without_its_mean() -> None:
    profile = computed(council(0.25))
    survey = hand_on(profile).survey
    assert survey is not None
    shown = {
        group.id: not group.suppressed for group in cut(profile).published.headings[0].groups.service_area
    }
    assert set(shown.values()) == {True, False}, "or there is nothing to tell apart"
    assert not shown["Hamlet"]
    for group in survey.service_areas:
        assert (group.means[0] is not None) is shown[group.id]


def test_it_holds_who_answered_and_means_and_nothing_else() -> None:
    last = json.loads(hand_on(computed(council(0.25))).to_json())
    names = set(last["survey"]["cells"][0])
    assert names == {
        "role_group", "service_area", "people", "answered", "weight", "scored", "rated", "ticking"
    }  # fmt: skip
    assert set(last["survey"]) == {
        "n", "frame", "headings", "items", "items_shown", "role_groups", "service_areas", "cells"
    }  # fmt: skip


def test_a_wave_without_a_survey_hands_on_that_there_was_none() -> None:
    last = hand_on(computed(without_survey(council(0.25))))
    assert last.survey is None
    profile = second(last)
    reasons = {heading.change.reason for heading in profile.headings if heading.change}
    assert reasons == {"One of the two waves had no survey."}


def test_another_framework_version_is_not_compared() -> None:
    last = hand_on(computed(council(0.25)))
    other = LastWave("last-wave/1", last.inputs, last.framework, "0.9", last.survey)
    assert not computed(council(0.75, 2), other).comparable


def test_the_digest_of_a_wave_holds_that_of_the_wave_before() -> None:
    here = profile_of(published(), council(0.75, 2))
    digests = {computed(council(0.75, 2), hand_on(computed(council(level)))).digest for level in (0.25, 0.5)}
    assert len(digests | {here.digest}) == 3


def test_what_is_no_wave_is_refused() -> None:
    with pytest.raises(ValidationError):
        read_last_wave('{"schema": "profile/1"}')
