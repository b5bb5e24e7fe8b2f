"""Labelled notes, and how well a detector does on them."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from app.fieldwork.safety.detecting import Kind, Sighting, sightings_in

FOLDER = Path(__file__).parent / "labelled_notes"
# The council of the notes, which the service knows.
PLACES = ("Wexbourne",)
HALVES = ("first_half", "second_half")
_MARK = re.compile(r"⟦(\w+)\|([^⟧]*)⟧")


@dataclass(frozen=True, slots=True)
class Label:
    """Something personal in a note."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it was typed, and what is personal in it."""

    text: str
    labels: tuple[Label, ...]


@cache
def notes(half: str) -> tuple[Note, ...]:
    """Read the notes of one half."""
    return tuple(
        _note(marked)
        for path in sorted((FOLDER / half).glob("*.yaml"))
        for marked in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


def all_notes() -> tuple[Note, ...]:
    return tuple(note for half in HALVES for note in notes(half))


def _note(marked: str) -> Note:
    pieces: list[str] = []
    labels: list[Label] = []
    at = length = 0
    for mark in _MARK.finditer(marked):
        pieces += (marked[at : mark.start()], mark[2])
        length += mark.start() - at
        labels.append(Label(Kind(mark[1]), length, length + len(mark[2])))
        length += len(mark[2])
        at = mark.end()
    text = "".join((*pieces, marked[at:]))
    assert "⟦" not in text and "⟧" not in text, marked
    return Note(text, tuple(labels))


@dataclass(slots=True)
class Measured:
    """What was found, missed and taken for something that it is not."""

    labelled: Counter[Kind] = field(default_factory=Counter)
    found: Counter[Kind] = field(default_factory=Counter)
    false_alarms: Counter[Kind] = field(default_factory=Counter)
    too_wide: int = 0
    clean_notes: int = 0
    clean_notes_with_alarm: int = 0
    remarks: list[str] = field(default_factory=list)

    def recall(self, *kinds: Kind) -> float:
        return sum(self.found[kind] for kind in kinds) / sum(self.labelled[kind] for kind in kinds)

    def table(self) -> str:
        rows = [f"{'kind':20} labelled found recall false alarms"]
        rows += [
            f"{kind:20} {self.labelled[kind]:8} {self.found[kind]:5} {self.recall(kind):6.1%}"
            f" {self.false_alarms[kind]:12}"
            for kind in Kind
            if self.labelled[kind]
        ]
        rows.append(
            f"notes with nothing personal: {self.clean_notes}, with an alarm: {self.clean_notes_with_alarm}"
        )
        rows.append(f"sightings that take in more than what is personal: {self.too_wide}")
        return "\n".join((*rows, *self.remarks))


def measure(measured: tuple[Note, ...]) -> Measured:
    """Compare what is found with the labels: found is what is covered whole by sightings of its kind."""
    result = Measured()
    for note in measured:
        sightings = sightings_in(note.text, PLACES)
        for label in note.labels:
            result.labelled[label.kind] += 1
            if _covered(note.text, label, sightings):
                result.found[label.kind] += 1
            else:
                result.remarks.append(
                    f"missed {label.kind}: {note.text[max(0, label.start - 25) : label.end + 15]!r}"
                )
        alarms = [one for one in sightings if not any(_meet(one, label) for label in note.labels)]
        for alarm in alarms:
            result.false_alarms[alarm.kind] += 1
            beside = note.text[max(0, alarm.start - 30) : alarm.end + 20]
            result.remarks.append(f"false alarm {alarm.kind}: {alarm.text!r} in {beside!r}")
        for wide in (one for one in sightings if one not in alarms and _takes_more(note, one)):
            result.too_wide += 1
            result.remarks.append(f"too wide {wide.kind}: {wide.text!r}")
        if not note.labels:
            result.clean_notes += 1
            result.clean_notes_with_alarm += bool(alarms)
    return result


def _meet(sighting: Sighting, label: Label) -> bool:
    return sighting.start < label.end and label.start < sighting.end


def _covered(text: str, label: Label, sightings: tuple[Sighting, ...]) -> bool:
    """Whether every letter and digit of what is personal would be taken out."""
    same = [one for one in sightings if one.kind is label.kind]
    return all(
        any(one.start <= at < one.end for one in same)
        for at in range(label.start, label.end)
        if text[at].isalnum()
    )


def _takes_more(note: Note, sighting: Sighting) -> bool:
    return any(
        note.text[at].isalnum() and not any(label.start <= at < label.end for label in note.labels)
        for at in range(sighting.start, sighting.end)
    )


if __name__ == "__main__":
    for which in HALVES:
        print(f"{which}\n{measure(notes(which)).table()}\n")
    print(f"both\n{measure(all_notes()).table()}")
