"""What the detector promises, measured on the labelled notes beside this file.

Half of them was written before the detector, half against it. `python -m tests.service.fieldwork.labelled`
prints the figures, as these tests do when they fail or are run with -s.
"""

import pytest

from app.fieldwork.safety.detecting import Kind, redacted, sightings_in
from tests.service.fieldwork.labelled import HALVES, Note, all_notes, measure, notes

PATTERNED = [kind for kind in Kind if kind is not Kind.NAME]
LEAST_NOTES = 240
LEAST_OF_A_HALF = 120
LEAST_WITH_NOTHING = 60


def test_the_set_is_large_enough_to_measure_by() -> None:
    assert len(all_notes()) >= LEAST_NOTES
    assert all(len(notes(half)) >= LEAST_OF_A_HALF for half in HALVES)
    assert sum(not note.labels for note in all_notes()) >= LEAST_WITH_NOTHING
    texts = [note.text for note in all_notes()]
    assert len(set(texts)) == len(texts)
    labelled = measure(all_notes()).labelled
    assert all(labelled[kind] >= 10 for kind in Kind)
    assert sum(labelled[kind] for kind in PATTERNED) >= 150
    assert labelled[Kind.NAME] >= 100


@pytest.mark.parametrize("half", [*HALVES, "both"])
def test_what_has_a_pattern_is_found_in_99_of_100_and_names_in_85(half: str) -> None:
    measured = measure(all_notes() if half == "both" else notes(half))
    print(f"\n{half}\n{measured.table()}")
    assert measured.recall(*PATTERNED) >= 0.99
    assert measured.recall(Kind.NAME) >= 0.85


@pytest.mark.parametrize("half", [*HALVES, "both"])
def test_at_most_one_note_in_20_raises_a_false_alarm(half: str) -> None:
    """Among notes with nothing personal; and false alarms of all notes are no more than one in 20 notes."""
    measured_notes = all_notes() if half == "both" else notes(half)
    measured = measure(measured_notes)
    print(f"\n{half}\n{measured.table()}")
    assert measured.clean_notes_with_alarm * 20 <= measured.clean_notes
    assert sum(measured.false_alarms.values()) * 20 <= len(measured_notes)
    assert measured.too_wide * 20 <= sum(measured.labelled.values())


def test_a_detector_that_sees_nothing_or_everything_would_fail() -> None:
    """The measure can fail: labels without sightings are missed, sightings without labels are alarms."""
    clean = next(note for note in all_notes() if not note.labels)
    told = next(note for note in all_notes() if note.labels and sightings_in(note.text))
    unlabelled = measure((Note(told.text, ()),))
    assert unlabelled.clean_notes_with_alarm == 1
    unseen = measure((Note(clean.text, (told.labels[0],)),))
    assert sum(unseen.found.values()) == 0


@pytest.mark.parametrize("number", range(len(all_notes())))
def test_nothing_that_was_seen_is_left_in_a_redacted_note(number: int) -> None:
    text = all_notes()[number].text
    sightings = sightings_in(text)
    assert sightings_in(redacted(text, sightings)) == ()
    for kind in {one.kind for one in sightings}:
        rest = redacted(text, [one for one in sightings if one.kind is kind])
        assert kind not in {one.kind for one in sightings_in(rest)}
