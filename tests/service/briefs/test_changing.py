"""One change after another: each keeps what was there, and a newer profile takes what fits it."""

import dataclasses

import pytest

from app.briefs.brief import present_brief
from app.briefs.editing.applying import LONGEST_WORDING, Inconsistent, edited, may_change
from app.briefs.editing.changing import (
    add,
    bring_back,
    can_be_verdict,
    choose_steps,
    choose_strength,
    choose_verdict,
    drop,
    fitted,
    merge,
    move,
    reword,
)
from app.briefs.editing.edits import Edits, Wording, read_edits
from app.briefs.templating import render_html
from tests.report.variants import SAMPLES

PROFILE, FRAMEWORK = SAMPLES["marlshire"]
CULTURE = next(one for one in PROFILE.headings if one.id == "culture")
FIRST, SECOND = CULTURE.findings[:2]


def test_its_own_words_again_are_no_change() -> None:
    other = reword(Edits(), PROFILE, FIRST, Wording("", "Teams meet to learn."))
    assert edited(PROFILE, other).finding(FIRST).text == "Teams meet to learn."
    proposed = PROFILE.finding(FIRST)
    assert reword(other, PROFILE, FIRST, Wording(proposed.lead, proposed.text)) == Edits()


def test_merging_keeps_the_words_and_the_evidence_of_both_and_can_be_undone() -> None:
    words = reword(Edits(), PROFILE, SECOND, Wording("", "Lessons stay where they were learnt."))
    made = merge(words, PROFILE, FIRST, SECOND)
    told = edited(PROFILE, made)
    assert "Lessons stay where they were learnt." in told.finding(FIRST).text
    assert PROFILE.finding(FIRST).text in told.finding(FIRST).text
    assert set(PROFILE.finding(SECOND).evidence) <= set(told.finding(FIRST).evidence)
    back = edited(PROFILE, bring_back(made, SECOND))
    assert back.finding(SECOND).text == "Lessons stay where they were learnt."


def test_what_was_merged_into_a_sentence_moves_on_with_it() -> None:
    more = add(Edits(), "culture", "Teams ask for time.", ["S culture"])
    once = merge(more, PROFILE, SECOND, "added-1")
    twice = merge(once, PROFILE, FIRST, SECOND)
    told = edited(PROFILE, twice)
    assert "Teams ask for time." in told.finding(FIRST).text
    assert {one.gone for one in twice.merged} == {"added-1", SECOND}
    assert all(one.kept == FIRST for one in twice.merged)


def test_two_sentences_too_long_for_one_are_not_merged() -> None:
    long = Wording("", "Teams meet to learn. " * (LONGEST_WORDING // 21))
    words = reword(reword(Edits(), PROFILE, FIRST, long), PROFILE, SECOND, long)
    with pytest.raises(Inconsistent, match="Shorten one of them first"):
        merge(words, PROFILE, FIRST, SECOND)


def test_a_sentence_moves_up_and_down_and_stays_at_the_ends() -> None:
    order = tuple(CULTURE.findings)

    def told(edits: Edits) -> tuple[str, ...]:
        return next(one.findings for one in edited(PROFILE, edits).headings if one.id == "culture")

    down = move(Edits(), PROFILE, FIRST, up=False)
    assert told(down)[:2] == (SECOND, FIRST)
    assert told(move(down, PROFILE, FIRST, up=True)) == order
    assert told(move(Edits(), PROFILE, FIRST, up=True)) == order
    with pytest.raises(Inconsistent):
        move(Edits(), PROFILE, PROFILE.verdict, up=True)


def test_an_added_sentence_gets_a_name_of_its_own_and_goes_for_good() -> None:
    two = add(add(Edits(), "culture", "Teams meet.", ["S culture"]), "skills", "Teams read.", ["S skills"])
    assert [one.id for one in two.added] == ["added-1", "added-2"]
    again = reword(two, PROFILE, "added-1", Wording("", "Teams meet to learn."))
    assert edited(PROFILE, again).finding("added-1").text == "Teams meet to learn."
    left = drop(choose_verdict(again, PROFILE, "added-1"), PROFILE, "added-1")
    assert [one.id for one in left.added] == ["added-2"]
    assert left.verdict == ""
    edited(PROFILE, left)


@pytest.mark.parametrize("case", SAMPLES)
def test_a_brief_can_be_told_without_any_sentence_that_may_go(case: str) -> None:
    """Each is left out alone, and then all together."""
    profile, framework = SAMPLES[case]
    strength = profile.strength.finding if profile.strength else ""
    all_gone = Edits()
    for one in profile.findings:
        if may_change(one) and one.id not in (profile.verdict, strength):
            present_brief(edited(profile, drop(Edits(), profile, one.id)), framework)
            all_gone = drop(all_gone, profile, one.id)
    brief = present_brief(edited(profile, all_gone), framework)
    assert brief.one.verdict.plain == profile.finding(profile.verdict).text
    assert len(render_html(brief)) > 100_000


@pytest.mark.parametrize("case", SAMPLES)
def test_every_verdict_that_is_offered_can_be_printed(case: str) -> None:
    profile, framework = SAMPLES[case]
    offered = [one for one in profile.findings if can_be_verdict(one)]
    assert len(offered) > 5
    for one in offered:
        told = edited(profile, choose_verdict(Edits(), profile, one.id))
        assert one.text in present_brief(told, framework).one.verdict.plain


def test_keeping_the_ranking_needs_no_reason_and_leaving_it_does() -> None:
    ranked = [one.id for one in sorted(PROFILE.steps, key=lambda one: one.rank) if one.first]
    assert choose_steps(Edits(), PROFILE, ranked, "") == Edits()
    with pytest.raises(Inconsistent, match="Say why"):
        edited(PROFILE, choose_steps(Edits(), PROFILE, ranked[:1], ""))
    assert (
        choose_strength(Edits(), PROFILE, "strength", PROFILE.strength.title if PROFILE.strength else "")
        == Edits()
    )


def test_what_does_not_fit_a_newer_profile_is_named_and_the_rest_stays() -> None:
    edits = add(Edits(), "culture", "Teams meet.", ["S culture"])
    edits = reword(edits, PROFILE, FIRST, Wording("", "Teams meet to learn."))
    edits = drop(edits, PROFILE, SECOND)
    assert fitted(PROFILE, edits) == (edits, ())
    # The newer profile proposes neither finding under this heading.
    without = {FIRST, SECOND}
    newer = dataclasses.replace(
        PROFILE,
        findings=tuple(one for one in PROFILE.findings if one.id not in without),
        headings=tuple(
            dataclasses.replace(one, findings=tuple(key for key in one.findings if key not in without))
            for one in PROFILE.headings
        ),
    )
    kept, lost = fitted(newer, edits)
    assert [one.text for one in kept.added] == ["Teams meet."]
    assert not kept.wordings
    assert len(lost) == 1
    assert "Teams meet to learn." in lost[0]
    edited(newer, kept)
    assert read_edits(kept.to_json()) == kept
