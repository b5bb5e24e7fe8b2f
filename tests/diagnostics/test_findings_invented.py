"""Whatever the evidence, nothing crashes, and every sentence is plain, true to its scores and evidenced."""

from functools import cache

import pytest

from diagnostics.disclosure import publish
from diagnostics.handing_on import hand_on
from diagnostics.profile import Profile, build_profile
from diagnostics.published import PublishedProfile, read_profile
from tests.benchmarks.workforce import FRAMEWORK
from tests.diagnostics.invented_variants import variants
from tests.diagnostics.plain_english import faults_of

WAVES = variants()
STRONG = {c.in_brief.strong.lower(): c.id for c in FRAMEWORK.characteristics}
WEAK = {c.in_brief.weak.lower(): c.id for c in FRAMEWORK.characteristics}


@cache
def computed(name: str) -> tuple[Profile, PublishedProfile]:
    profile = build_profile(FRAMEWORK, *WAVES[name], rank_draws=False)
    return profile, publish(profile)


every_variant = pytest.mark.parametrize("name", WAVES)


@every_variant
def test_sentences(name: str) -> None:
    faults = faults_of(computed(name)[1])
    assert not faults, "\n".join(faults)


@every_variant
def test_most_reasons_of_steps_are_short(name: str) -> None:
    reasons = [f.text for f in computed(name)[1].findings if f.kind == "step"]
    lengths = [len(text.removeprefix("It seems that ").removeprefix("On balance, ")) for text in reasons]
    assert sum(length > 90 for length in lengths) <= len(lengths) / 4


@every_variant
def test_strong_words_from_stage_3_and_weak_words_below(name: str) -> None:
    profile, found = computed(name)
    line = FRAMEWORK.settings.stage_cuts[1]
    texts = {finding.text for finding in found.findings if finding.kind in ("heading", "step")}
    texts |= {f"{found.strength.title}."} if found.strength else set()
    for text in texts:
        for words, is_strong in ((STRONG, True), (WEAK, False)):
            for phrase, identity in words.items():
                if phrase in text.lower():
                    combined = profile.about(identity).combined
                    assert combined is not None
                    assert (combined.score >= line - 1e-9) == is_strong, (text, combined)


@every_variant
def test_nothing_is_said_plainly_that_a_source_denies(name: str) -> None:
    """A source far away on the other side of the line leaves at most “on balance” or “it seems”."""
    profile, found = computed(name)
    line, far = FRAMEWORK.settings.stage_cuts[1], FRAMEWORK.settings.partial_within
    for text in (finding.text for finding in found.findings if finding.kind in ("heading", "step")):
        for words, is_strong in ((STRONG, True), (WEAK, False)):
            for phrase, identity in words.items():
                hedged = text.startswith(("It seems", "On balance")) or f"on balance {phrase}" in text
                if phrase in text.lower() and not hedged:
                    heard = [r for r in profile.about(identity).sources.values() if r is not None]
                    best = [r.score for r in heard if not r.thin and (r.score >= line) is is_strong]
                    other = [r.score for r in heard if (r.score >= line) is not is_strong]
                    assert all(abs(one - two) <= far for one in best for two in other), (text, heard)


@every_variant
def test_json_can_be_read_again(name: str) -> None:
    found = computed(name)[1]
    assert read_profile(found.to_json()) == found


@every_variant
def test_shown_groups_are_large_and_hidden_ones_silent(name: str) -> None:
    profile, found = computed(name)
    survey = profile.survey
    for h, heading in enumerate(found.headings):
        for rows, table in (
            (heading.groups.role_group, survey.role_groups if survey else None),
            (heading.groups.service_area, survey.service_areas if survey else None),
        ):
            for g, row in enumerate(rows):
                if row.suppressed:
                    assert (row.score, row.n_band, row.change) == (None, None, None)
                else:
                    assert table is not None and table.n[g, h] >= 10 and table.groups[g].people >= 10
            if table is not None:
                shown = [g for g, row in enumerate(rows) if not row.suppressed]
                # Those who did not say their group (the last) are no row; alone they need no company.
                rows_hidden = int(table.n[:-1, h].sum() - table.n[shown, h].sum())
                together = rows_hidden + int(table.n[-1, h])
                assert rows_hidden == 0 or together >= 10 or not shown


@every_variant
def test_strength_does_not_praise_what_a_finding_faults(name: str) -> None:
    """Page 1 may not keep as a strength what its verdict says was not seen."""
    found = computed(name)[1]
    if found.strength is None:
        return
    praised = next(c for c in FRAMEWORK.characteristics if _same(c.in_brief.strong, found.strength.title))
    faulted = [f.text for f in found.findings if f.kind in ("pattern", "verdict") and "saw it" in f.text]
    assert not [text for text in faulted if praised.in_brief.topic in text], found.strength.title


def _same(phrase: str, title: str) -> bool:
    return phrase.lower() == title.lower()


def test_two_waves_of_every_kind() -> None:
    """Any wave may follow any other."""
    names = list(WAVES)
    for place, name in enumerate(names):
        before = computed(names[place - 7])[0]
        profile = build_profile(FRAMEWORK, *WAVES[name], hand_on(before), rank_draws=False)
        found = publish(profile)
        assert not faults_of(found), name
        assert read_profile(found.to_json()) == found


def test_same_input_gives_the_same_bytes() -> None:
    for name in ("as invented", "scattered 3", "9 answers"):
        again = publish(build_profile(FRAMEWORK, *WAVES[name], rank_draws=False))
        assert again.to_json() == computed(name)[1].to_json()
