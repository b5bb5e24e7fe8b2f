"""What a person changes of a brief makes a consistent profile, or is refused in plain words."""

import pytest

from app.briefs.editing.applying import Inconsistent, edited
from app.briefs.editing.edits import Added, ChosenStrength, Edits, Merged, Wording, read_edits
from diagnostics.published import read_profile
from tests.report.variants import SAMPLES

PROFILE, _ = SAMPLES["marlshire"]
CULTURE = next(one for one in PROFILE.headings if one.id == "culture")
FIRST, SECOND = CULTURE.findings[:2]


@pytest.mark.parametrize("case", SAMPLES)
def test_no_change_and_old_profiles_keep_their_bytes(case: str) -> None:
    profile, _ = SAMPLES[case]
    assert edited(profile, Edits()) is profile
    assert profile.own_digest() == profile.digest
    assert "steps_note" not in profile.to_json()


@pytest.mark.parametrize(
    "text",
    [
        "3 of 4 people in Fostering said so.",
        "Three of four people said so.",
        "Half of the staff said so.",
        "７ people said so.",
        "One manager said so.",
        "Some 40% said so.",
    ],
)
def test_a_typed_count_is_refused(text: str) -> None:
    with pytest.raises(Inconsistent, match="out"):
        edited(PROFILE, Edits(wordings={FIRST: Wording("", text)}))


def test_a_merged_finding_has_the_evidence_of_both_and_the_other_is_gone() -> None:
    made = edited(PROFILE, Edits(merged=(Merged(FIRST, SECOND),)))
    both = {*PROFILE.finding(FIRST).evidence, *PROFILE.finding(SECOND).evidence}
    assert set(made.finding(FIRST).evidence) == both
    assert SECOND not in {one.id for one in made.findings}
    assert SECOND not in next(one for one in made.headings if one.id == "culture").findings
    assert read_profile(made.to_json()) == made
    assert made.digest == made.own_digest() != PROFILE.digest


@pytest.mark.parametrize(
    "edits",
    [
        Edits(dropped=("verdict",)),
        Edits(dropped=("strength",)),
        Edits(dropped=("sureness",)),
        Edits(added=(Added("added-1", "culture", "Teams meet to learn.", ()),)),
        Edits(added=(Added("added-1", "culture", "Teams meet to learn.", ("I99",)),)),
        Edits(steps=(PROFILE.steps[4].id,)),
        Edits(strength=ChosenStrength("nothing", "Keep it")),
    ],
)
def test_what_is_inconsistent_is_refused(edits: Edits) -> None:
    with pytest.raises(Inconsistent):
        edited(PROFILE, edits)


def test_other_first_steps_are_printed_first_with_their_reason() -> None:
    edits = Edits(steps=(PROFILE.steps[4].id, PROFILE.steps[0].id), steps_reason="The council has begun it.")
    made = edited(PROFILE, edits)
    assert tuple(one.id for one in made.steps if one.first) == edits.steps
    assert [one.rank for one in made.steps] == list(range(1, len(made.steps) + 1))
    assert made.steps_note == "The council has begun it."
    assert read_edits(edits.to_json()) == edits


@pytest.mark.parametrize("text", ["5 of 11 people said so.", "5 social workers said so."])
def test_a_number_that_the_method_says_of_points_may_not_count_people(text: str) -> None:
    assert "5 to 11 points" in PROFILE.finding("strength").text
    with pytest.raises(Inconsistent, match="“5"):
        edited(PROFILE, Edits(wordings={"systems.contrast": Wording("", text)}))
