"""Evidence marks: short links from a sentence to the lines of the evidence list that it rests on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.briefs.typesetting import Run, kept, room_after, width_of
from diagnostics.published import SOURCES, Finding, PublishedProfile, Source
from diagnostics.short_marks import WHOLE_SURVEY, runs_of_marks

_UNBROKEN_UP_TO = 34
_PAGE = 176.0


class UnknownEvidenceError(ValueError):
    """A sentence rests on evidence that the evidence list does not hold."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A link to a line of the evidence list. ``spoken`` is what a screen reader says."""

    label: str
    target: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks after a sentence; ``unbroken`` keeps them on one line."""

    items: tuple[Mark, ...]
    unbroken: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its bold beginning and its marks."""

    lead: str
    text: str
    marks: Marks

    @property
    def plain(self) -> str:
        """The words without the marks."""
        return f"{self.lead} {self.text}".strip()

    @property
    def length(self) -> int:
        """Characters that the sentence takes up in print, marks included."""
        marks = sum(len(mark.label) + 2 for mark in self.marks.items)
        return len(self.plain) + round(0.8 * marks) + 1


@dataclass(frozen=True, slots=True)
class Title:
    """A title that states a finding, with its marks; ``below`` puts them on a line of their own."""

    text: str
    marks: Marks
    below: bool


def page_title(text: str, marks: Marks) -> Title:
    """Give the title of a page."""
    return Title(text, marks, below=not room_for_marks(marks, _PAGE, Run(kept(text), 17, True)))


def chart_title(text: str, marks: Marks) -> Title:
    """Give the title of a chart."""
    return Title(text, marks, below=not room_for_marks(marks, _PAGE, Run(kept(text), 12, True)))


def room_for_marks(marks: Marks, width: float, title: Run) -> bool:
    """Say whether the marks fit behind a title, on its last line; else they stand below it."""
    said = f" ({'; '.join(mark.label for mark in marks.items)})"
    return not marks.items or width_of(said, 8.5) < room_after(width, title)


def target_of(mark: str) -> str:
    """Give the id of a mark's line in the evidence list."""
    return "evidence-" + re.sub(r"[^a-z0-9]+", "-", mark.lower()).strip("-")


class MarkBook:
    """All marks of one profile. Knows which lines exist and how to write several marks short."""

    def __init__(self, profile: PublishedProfile) -> None:
        self._known = profile.evidence
        self._order = [entry.mark for entry in profile.evidence]
        self._by_source: dict[Source, list[str]] = {source: [] for source in SOURCES}
        for entry in profile.evidence:
            self._by_source[entry.source].append(entry.mark)

    def marks(self, evidence: Iterable[str]) -> Marks:
        """Give the marks of some evidence: runs of three and more as “O1–O4”, the whole survey as “S”.

        Raises
        ------
        UnknownEvidenceError
            Where a mark has no line in the evidence list.
        """
        wanted = list(dict.fromkeys(evidence))
        unknown = [mark for mark in wanted if mark not in self._order]
        if unknown:
            raise UnknownEvidenceError(f"No line in the evidence list for: {', '.join(unknown)}.")
        items: list[Mark] = []
        for run in runs_of_marks(wanted, self._known):
            first, last = run[0], run[-1]
            if first == WHOLE_SURVEY:
                items.append(
                    Mark(WHOLE_SURVEY, target_of(self._by_source["survey"][0]), "survey, all headings")
                )
            elif first == last:
                items.append(Mark(first, target_of(first), first))
            else:
                items.append(Mark(f"{first}–{last}", target_of(first), f"{first} to {last}"))
        length = sum(len(item.label) + 2 for item in items)
        return Marks(tuple(items), unbroken=length <= _UNBROKEN_UP_TO)

    def of_sources(self, *sources: Source) -> Marks:
        """Give the marks of everything that these sources (all four, if none is named) brought."""
        return self.marks(mark for source in sources or SOURCES for mark in self._by_source[source])

    def of_findings(self, findings: Iterable[Finding]) -> Marks:
        """Give the marks of several findings together, in the order of the evidence list."""
        wanted = {mark for finding in findings for mark in finding.evidence}
        known = [mark for mark in self._order if mark in wanted]
        return self.marks([*known, *sorted(wanted - set(known))])

    def sentence(self, finding: Finding) -> Sentence:
        """Give a finding as a sentence with its marks."""
        return Sentence(finding.lead, finding.text, self.marks(finding.evidence))
