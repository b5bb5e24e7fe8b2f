"""Planted in sentences: what the tables round, band or hide, said in passing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from diagnostics.published import Limit, PublishedHeading
from diagnostics.releases import Release
from diagnostics.suppression import whole
from tests.planted.reports import Caught, Plant, computed, issued, relied, reprinted, true_mean, under
from tests.planted.reports_groups import COUNCIL

SENTENCES = "Wave 1, sentences"
MEND = "Take the number out of the sentence, or take it from a table."


def _in_words(bad: Callable[[Release], Release], *found: str, only: str) -> Plant:
    clean = issued(computed(COUNCIL))
    return Plant(
        bad=(bad(clean),), clean=(clean,), caught=(Caught("words", SENTENCES, found, MEND),), only=(only,)
    )


def _in_finding(place: int, **changes: Any) -> Callable[[Release], Release]:
    def bad(release: Release) -> Release:
        findings = list(release.published.findings)
        findings[place] = replace(findings[place], **changes)
        return reprinted(release, findings=tuple(findings))

    return bad


def the_score_of_a_hidden_group() -> Plant:
    """A finding praises business support with the score that no table has: nine people, 86.1."""
    score = whole(true_mean(computed(COUNCIL), "role_group", "support"))
    text = f"Business support stands out at {score}."
    return _in_words(_in_finding(1, text=text), "says “86”", only="findings[1].text")


def n_in_a_finding() -> Plant:
    """The base of a finding in brackets, as papers write it."""
    text = "Few staff know where to look when a question comes up (n = 7)."
    return _in_words(_in_finding(1, text=text), "says “7”", only="findings[1].text")


def seven_people_in_words() -> Plant:
    """A count needs no digit."""
    text = "Only seven people in business support answered."
    return _in_words(_in_finding(1, text=text), "says “seven people”", only="findings[1].text")


def a_share_in_the_lead_of_a_finding() -> Plant:
    """The lead is in bold, and its share is in no table."""
    return _in_words(_in_finding(2, lead="Staff do not agree: 37%."), "says “37”", only="findings[2].lead")


def an_exact_tipping_point() -> Plant:
    """The field says 18, the sentence 17.6: the score to a tenth of a point and more."""
    profile = computed(COUNCIL)
    tipping = profile.headings[0].tipping
    assert tipping is not None
    note = f"{tipping.distance:.1f} points higher among those who did not answer would make it stage 3."

    def change(heading: PublishedHeading) -> PublishedHeading:
        return replace(heading, tipping_note=note)

    said = f"says “{tipping.distance:.1f}”"
    return _in_words(lambda release: under(release, change), said, only="headings[0].tipping_note")


def a_count_in_a_limit() -> Plant:
    """What could not be seen, with the number of those who did not say."""

    def bad(release: Release) -> Release:
        first, *others = release.published.limits
        return reprinted(release, limits=(Limit(first.id, f"{first.text} 13 did not say."), *others))

    return _in_words(bad, "says “13”", only="limits[0].text")


def a_count_in_a_reason() -> Plant:
    """Why confidence is low, with the number of answers of one group."""

    def change(heading: PublishedHeading) -> PublishedHeading:
        first, *others = heading.confidence.reasons
        reasons = (replace(first, text="Support: 9 of 18 answered."), *others)
        return replace(heading, confidence=replace(heading.confidence, reasons=reasons))

    return _in_words(
        lambda release: under(release, change), "says “9”", only="headings[0].confidence.reasons[0].text"
    )


def a_weight_in_the_note() -> Plant:
    """The note on weighting says by how much a group counts."""
    note = "Weighting the answers made each of the leaders count 1.35 times."

    def bad(release: Release) -> Release:
        return reprinted(release, response=replace(release.published.response, weighting_note=note))

    return _in_words(bad, "says “1.35”", only="response.weighting_note")


def a_count_in_the_raters_note() -> Plant:
    """The note on raters may count our own ratings, and no answers of staff."""
    note = "No rating was done twice. Staff answered 37 times."
    return _in_words(
        lambda release: relied(release, rater_note=note),
        "says “37”",
        only="reliability.capability.rater_note",
    )


PLANTS = (
    the_score_of_a_hidden_group,
    n_in_a_finding,
    seven_people_in_words,
    a_share_in_the_lead_of_a_finding,
    an_exact_tipping_point,
    a_count_in_a_limit,
    a_count_in_a_reason,
    a_weight_in_the_note,
    a_count_in_the_raters_note,
)
