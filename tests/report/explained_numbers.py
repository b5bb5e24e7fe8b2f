"""Finding a number of a surface in the audited object: in the place that it speaks of, not just anywhere.

A row that names a group may hold that group's numbers and no others. Free texts of the object and of the
framework explain their own numbers where they stand word for word. The rest is furniture: see furniture.py.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from itertools import product
from typing import Any

from diagnostics.comparison import Comparison
from diagnostics.framework import Framework
from diagnostics.published import SOURCES, PublishedHeading, PublishedProfile
from tests.report.furniture import furniture_of
from tests.report.surfaces import Passage, read_json, read_surface
from tests.report.written_numbers import Written, numbers_in, plain_text

# The bands of people, which belong to a group and must not be explained by another's.
_BANDS = frozenset({"n_band", "comments_received"})
# Published texts that are no prose: codes and dates are explained as such, by name.
_NO_PROSE = (
    frozenset({"id", "schema", "digest", "method", "version", "as_of", "survey_dates", "verdict"}) | _BANDS
)
_LIGHT = ("source:", "side:")
_SOURCE_WORDS = {
    "survey": ("survey", "s survey"),
    "interview": ("interview", "interviews", "i interviews"),
    "observation": ("observation", "o observation"),
    "document": ("document", "documents", "d documents"),
}
_LEAST_WORDS = 3
_GONE = " · "


@dataclass(frozen=True, slots=True)
class Fact:
    """A number of the object, or a band of people, and what it is about: heading, group, item, need."""

    about: frozenset[str]
    value: float | str


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A number on a surface that the object does not hold there."""

    where: str
    written: str
    text: str


class AuditedObject:
    """A published profile as the source of every number, with its framework, the wave before and others."""

    def __init__(
        self,
        profile: PublishedProfile,
        framework: Framework,
        previous: PublishedProfile | None = None,
        comparison: Comparison | None = None,
    ) -> None:
        self._objects = [("profile/1", "profile.json", profile.to_json().encode())]
        if comparison is not None:
            self._objects.append(("comparison/1", "comparison.json", comparison.to_json().encode()))
        compared = () if comparison is None else _facts_of_comparison(comparison)
        self._facts = frozenset((*_facts(profile), *compared))
        self._every = {abs(fact.value) for fact in self._facts if not isinstance(fact.value, str)}
        self._told: dict[frozenset[str], frozenset[float | str]] = {}
        self._names = _names(profile, framework)
        # Ids and short names are common words, with which any other head may begin.
        self._row_names = {plain_text(name).lower() for name in _full_names(profile)}
        self._furniture = furniture_of(profile, framework, previous, comparison)
        self._before = {heading.id: heading for heading in previous.headings} if previous else {}
        texts = {
            *_prose(profile, _NO_PROSE),
            *(text for text in _prose(framework, frozenset()) if _is_prose(text)),
            *([] if comparison is None else [comparison.quartiles]),
        }
        self._texts = sorted((text for text in texts if numbers_in(text)), key=len, reverse=True)
        self._text_numbers = {written.text for text in self._texts for written in numbers_in(text)}
        self._codes = {entry.mark.lower() for entry in profile.evidence} | {
            code.lower()
            for code in (
                profile.authority.code,
                profile.digest,
                profile.digest[:12],
                profile.framework.id,
                *([] if comparison is None else [comparison.digest, comparison.digest[:12]]),
                *(item.code for heading in profile.headings for item in heading.items),
                *(group.id for group in (*profile.response.by_role_group, *profile.response.by_service_area)),
                *(part for heading in profile.headings for part in (heading.id, *heading.findings)),
            )
        }
        self._tenths = None if profile.response.rate is None else round(profile.response.rate / 10)

    def unexplained_in(
        self, name: str, data: bytes, passages: Iterable[Passage] | None = None
    ) -> list[Unexplained]:
        """Give the numbers of a file that are not this object's; ``passages`` is what was read of it already.

        The object itself, as JSON, is compared field by field: a number in a field that it does not have is
        strange, even where another field has the same. So it is where a PDF carries the object, and so is the
        comparison beside it.
        """
        places = {
            name if name.endswith(".json") and _schema_of(data) == schema else f"{name}/{file}": text
            for schema, file, text in self._objects
        }
        own = {passage for place, text in places.items() for passage in read_json(place, text)}
        starts = tuple(f"{place}{mark}" for place in places for mark in (".", " ("))
        of_object: list[Passage] = []
        others: list[Passage] = []
        for passage in read_surface(name, data) if passages is None else passages:
            (of_object if passage.where.startswith(starts) else others).append(passage)
        return [
            *(
                Unexplained(passage.where, written.text, plain_text(passage.text)[:160])
                for passage in of_object
                if passage not in own
                for written in numbers_in(passage.text)
            ),
            *self.unexplained(others),
        ]

    def unexplained(self, passages: Iterable[Passage]) -> list[Unexplained]:
        """Give the numbers of a surface that are not this object's."""
        return [
            Unexplained(passage.where, written.text, plain_text(passage.text)[:160])
            for passage in passages
            for written in self._left_over(passage)
        ]

    def _left_over(self, passage: Passage) -> Iterator[Written]:
        text = plain_text(passage.text)
        if not numbers_in(text):
            return
        contexts = list(self._contexts(passage, text))
        for phrase in self._texts:
            if phrase in text:
                text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", _GONE, text)
        text = self._last_wave(text, contexts, passage.mixed)
        facts = {value for about in contexts for value in self._told_of(about)}
        bands = [fact for fact in facts if isinstance(fact, str)]
        if passage.mixed:
            bands = [fact.value for fact in self._facts if isinstance(fact.value, str)]
        for band in bands:
            text = re.sub(rf"(?<!\w){re.escape(band)}(?!\w)", _GONE, text)
        for piece in self._furniture:
            if piece.stands_in(passage.where):
                text = piece.pattern.sub(_GONE, text)
        values = {fact for fact in facts if not isinstance(fact, str)}
        for written in numbers_in(text):
            if not self._is_known(written, values, passage.mixed):
                yield written

    def _told_of(self, about: frozenset[str]) -> frozenset[float | str]:
        """Give what the object says of something. The rows of a table ask for the same again and again."""
        if about not in self._told:
            self._told[about] = frozenset(fact.value for fact in self._facts if _speaks_of(fact.about, about))
        return self._told[about]

    def _is_known(self, written: Written, values: set[float], mixed: bool) -> bool:
        if mixed and written.text in self._text_numbers:
            return True
        if written.kind == "tenths":
            return written.value == self._tenths
        if written.value is None:
            return written.text.lower() in self._codes
        if mixed:
            return abs(written.value) in self._every
        # A fall of 3 may be written as "3 down"; a rise of 3 never as -3.
        return written.value in values or (written.value >= 0 and -written.value in values)

    def _last_wave(self, text: str, contexts: list[frozenset[str]], mixed: bool) -> str:
        """Take out “Last wave: 48” where the wave before has that score for that heading and source."""
        for about in contexts:
            named = dict(part.split(":", 1) for part in about)
            for heading_id, heading in self._before.items():
                combined = named.get("heading") == heading_id and "source" not in named
                if heading.combined is not None and (combined or mixed):
                    text = re.sub(rf"Last wave:? {heading.combined.score}(?!\w|\.\d)", _GONE, text)
                for source, earlier in heading.sources.present().items():
                    here = named.get("heading") == heading_id and named.get("source") == source
                    if here or mixed:
                        text = re.sub(rf"Last wave: {earlier.score}(?!\w|\.\d)", _GONE, text)
        return text

    def _contexts(self, passage: Passage, text: str) -> Iterator[frozenset[str]]:
        """Give what a passage is about, in each way that its heads can be understood."""
        own, colon, _ = text.partition(": ")
        heads = [plain_text(head).lower() for head in passage.heads]
        if colon and own.lower() in self._names:
            heads.append(own.lower())
        understood = [found for found in map(self._about, heads) if found]
        for combination in product(*understood):
            about = set(combination)
            if any(part.startswith("item:") for part in about):
                about = {part for part in about if not part.startswith("heading:")}
            if any(part.startswith("step:") for part in about):
                # An owner or a finding in the row of a step may begin with the name of a group.
                about = {part for part in about if part.startswith("step:")}
            yield frozenset(about)

    def _about(self, head: str) -> frozenset[str]:
        if head in self._names:
            return self._names[head]
        # The head of a row says more than a name: a stage beneath it, or the text of a question.
        begun = [name for name in self._row_names if head.startswith(name) and not head[len(name)].isalnum()]
        longest = max(begun, key=len, default="")
        return frozenset(
            part for part in self._names.get(longest, frozenset()) if not part.startswith(_LIGHT)
        )


def _schema_of(data: bytes) -> object:
    value = json.loads(data)
    return value.get("schema") if isinstance(value, dict) else None


def _speaks_of(fact: frozenset[str], about: frozenset[str]) -> bool:
    return about <= fact and all(part.startswith(_LIGHT) for part in fact - about)


def _facts(profile: PublishedProfile) -> Iterator[Fact]:
    response = profile.response
    # The threshold is left out: it would say which rule hid a group.
    for value in (response.answered, response.frame, response.rate):
        yield from _numbers(value, ())
    yield from _numbers(profile.wave, ("field:wave",))
    yield from _numbers(response.replacement_links, ("field:replacement links",))
    yield from _numbers(profile.records, ())
    yield from _numbers(profile.weighting, ())
    yield from _numbers(profile.comments_received and {"n_band": profile.comments_received}, ())
    for step in profile.steps:
        yield from _numbers((step.rank, step.top_three_share), (f"step:{step.id}",))
    for group in (*response.by_role_group, *response.by_service_area):
        yield from _numbers(group, (f"group:{group.id}",))
    for need in profile.needs:
        yield from _numbers(need, (f"need:{need.id}",))
    for heading in profile.headings:
        yield from _facts_of_heading(heading)
        yield from _numbers(profile.reliability.get(heading.id), (f"heading:{heading.id}",))
    for derived in profile.derived_importance:
        yield from _numbers(derived, (f"heading:{derived.heading}",))


def _facts_of_comparison(comparison: Comparison) -> Iterator[Fact]:
    for heading in comparison.headings:
        yield from _numbers(heading, (f"heading:{heading.id}",))


def _facts_of_heading(heading: PublishedHeading) -> Iterator[Fact]:
    own = f"heading:{heading.id}"
    for source in SOURCES:
        yield from _numbers(getattr(heading.sources, source), (own, f"source:{source}"))
    for part in (heading.pairs, heading.combined, heading.stage, heading.tipping_point, heading.change):
        yield from _numbers(part, (own,))
    if heading.gap is not None:
        yield from _numbers(heading.gap.difference, (own,))
        yield from _numbers(heading.gap.upper, (own, "side:upper"))
        yield from _numbers(heading.gap.lower, (own, "side:lower"))
    for group in (*heading.groups.role_group, *heading.groups.service_area):
        yield from _numbers(group, (own, f"group:{group.id}"))
    for item in heading.items:
        yield from _numbers(item, (f"item:{item.code}",))


def _numbers(value: Any, about: Sequence[str]) -> Iterator[Fact]:
    """Give the numbers and bands of a part of the object. What is suppressed has none, whatever it holds."""
    if isinstance(value, bool) or getattr(value, "suppressed", False):
        return
    if isinstance(value, int | float):
        yield Fact(frozenset(about), float(value))
    elif isinstance(value, tuple):
        for part in value:
            yield from _numbers(part, about)
    elif is_dataclass(value) or isinstance(value, Mapping):
        for name, part in _named_parts(value):
            if name in _BANDS and isinstance(part, str):
                yield Fact(frozenset(about), part)
            else:
                yield from _numbers(part, about)


def _named_parts(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return list(value.items())
    return [(field.name, getattr(value, field.name)) for field in fields(value)]


def _names(profile: PublishedProfile, framework: Framework) -> dict[str, frozenset[str]]:
    """Give what each name of the object is a name of; one name may be that of several things."""
    found: dict[str, set[str]] = {}
    for thing, names in (*_named_things(profile), *_named_furniture(framework)):
        for name in names:
            found.setdefault(plain_text(name).lower(), set()).add(thing)
    return {name: frozenset(things) for name, things in found.items()}


def _full_names(profile: PublishedProfile) -> Iterator[str]:
    for heading in profile.headings:
        yield heading.name
        yield from (item.code for item in heading.items)
        yield from (group.name for group in (*heading.groups.role_group, *heading.groups.service_area))
    response = profile.response
    yield from (group.name for group in (*response.by_role_group, *response.by_service_area))
    yield from (need.label for need in profile.needs)


def _named_things(profile: PublishedProfile) -> Iterator[tuple[str, tuple[str, ...]]]:
    for heading in profile.headings:
        yield f"heading:{heading.id}", (heading.id, heading.name, heading.short, f"S {heading.short}")
        for item in heading.items:
            yield f"item:{item.code}", (item.code,)
        for group in (*heading.groups.role_group, *heading.groups.service_area):
            yield f"group:{group.id}", (group.id, group.name)
    for answered in (*profile.response.by_role_group, *profile.response.by_service_area):
        yield f"group:{answered.id}", (answered.id, answered.name)
    for need in profile.needs:
        yield f"need:{need.id}", (need.id, need.label)


def _named_furniture(framework: Framework) -> Iterator[tuple[str, tuple[str, ...]]]:
    for step in framework.steps:
        yield f"step:{step.id}", (step.id, step.title)
    for field in ("wave", "replacement links"):
        yield f"field:{field}", (field,)
    for source, names in _SOURCE_WORDS.items():
        yield f"source:{source}", names
    yield "side:upper", (framework.comparison.upper,)
    yield "side:lower", (framework.comparison.lower,)


def _prose(value: Any, without: frozenset[str]) -> Iterator[str]:
    """Give the free texts of an object, with and without a last full stop, as titles and lists print them."""
    if isinstance(value, str):
        said = plain_text(value)
        yield from {said, said.removesuffix("."), said[:1].upper() + said[1:], said[:1].lower() + said[1:]}
    elif isinstance(value, tuple):
        for part in value:
            yield from _prose(part, without)
    elif is_dataclass(value) or isinstance(value, Mapping):
        for name, part in _named_parts(value):
            if name not in without:
                yield from _prose(part, without)


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _LEAST_WORDS or text.startswith("https://")
