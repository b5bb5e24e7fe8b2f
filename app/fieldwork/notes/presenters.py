"""Notes on a page: the guide beside them, both texts of a clash, and what a search found."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.fieldwork.models import DOCUMENT, INTERVIEW, OBSERVATION, FieldworkRecord
from app.interchange.vocabulary import folded
from diagnostics.evidence import DATA_REVIEW
from diagnostics.framework import Framework
from diagnostics.framework_parts import Characteristic

_AROUND = 90
GUIDES = {
    INTERVIEW: "Interview guide",
    OBSERVATION: "Signs to look for",
    DOCUMENT: "What to look for",
}
_NO_GUIDE = {
    INTERVIEW: "The framework has no questions for this role group.",
    OBSERVATION: "The framework has no signs for this setting. Note what you see and what is absent.",
    DOCUMENT: "The framework has no criteria for this type of document.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the guide with its probes, or one list of signs or criteria."""

    about: str
    question: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuidePart:
    """What the guide has under one heading."""

    name: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """What is beside the notes; where the framework has nothing, ``nothing`` says so."""

    title: str
    parts: tuple[GuidePart, ...]
    nothing: str


def guide_for(framework: Framework, record: FieldworkRecord) -> Guide:
    """Give the questions for a record's role group, the signs of its setting, or the criteria of its type."""
    parts = []
    for heading in framework.headings:
        asked = tuple(one for each in heading.characteristics for one in _asked(each, record))
        if asked:
            parts.append(GuidePart(heading.name, asked))
    return Guide(GUIDES[record.source], tuple(parts), "" if parts else _NO_GUIDE[record.source])


def _asked(of: Characteristic, record: FieldworkRecord) -> list[Asked]:
    if record.source == INTERVIEW:
        return [
            Asked(of.name, one.question, one.probes)
            for one in of.interview
            if record.role_group is None or record.role_group in one.role_groups
        ]
    if record.source == OBSERVATION:
        return [Asked(of.name, "", one.signs) for one in of.observation if one.setting == record.kind]
    if record.kind == DATA_REVIEW:
        figures = tuple(f"{one.name} ({one.unit}). {one.where_found}" for one in of.indicators)
        return [Asked(of.name, "", figures)] if figures else []
    return [Asked(of.name, "", one.criteria) for one in of.documents if one.document == record.kind]


def merged(mine: str, theirs: str) -> str:
    """Put two texts together: what both say once, and what either says alone, in its place.

    Of a line that one of them went on with, only the longer one stays.
    """
    ours, others = mine.split("\n"), theirs.split("\n")
    lines: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, others, ours, autojunk=False).get_opcodes():
        lines += others[a:b] if what == "equal" else _without_beginnings(others[a:b], ours[c:d])
        if what != "equal":
            lines += _without_beginnings(ours[c:d], others[a:b])
    return "\n".join(lines)


def _without_beginnings(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    return [line for line in lines if not line or not any(_goes_on(other, line) for other in others)]


def _goes_on(line: str, beginning: str) -> bool:
    return line != beginning and line.startswith(beginning)


@dataclass(frozen=True, slots=True)
class Extract:
    """Words as they were found, with what stands around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A record whose notes hold what somebody looks for."""

    code: str
    whole: str
    href: str
    times: int
    extract: Extract


def extract_at(text: str, start: int, end: int) -> Extract:
    """Give what stands at a place, with whole words around it, in one line."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = "…" + before.partition(" ")[2]
    if end + _AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Extract(_in_line(before), _in_line(text[start:end]), _in_line(after))


def _in_line(text: str) -> str:
    """Fold spaces to one each, and keep those at the ends."""
    return " ".join(text.replace("\n", " ").split(" "))


def places_of(text: str, words: str) -> Sequence[tuple[int, int]]:
    """Find words in a text, whatever their case, and however spaces and apostrophes are written."""
    sought, _ = _alike(" ".join(words.split()))
    plain, origin = _alike(text)
    found, at = [], plain.find(sought) if sought else -1
    while at >= 0:
        found.append((origin[at], origin[at + len(sought) - 1] + 1))
        at = plain.find(sought, at + len(sought))
    return found


def _alike(text: str) -> tuple[str, list[int]]:
    """Give a text as it is compared, and from which character each of its characters comes."""
    pieces: list[str] = []
    origin: list[int] = []
    for place, one in enumerate(text):
        plain = " " if one.isspace() else "'" if one in "’‘" else one.casefold()
        if plain == " " and pieces and pieces[-1] == " ":
            continue
        pieces.append(plain)
        origin += [place] * len(plain)
    return "".join(pieces), origin


def words_in(text: str) -> int:
    """Count the words of a text."""
    return len(folded(text).split())
