"""What was seen in a text, and what its writer says of it: take it out, or keep it as not personal.

Nothing with a sighting that nobody has judged is stored. What somebody has kept is remembered with the
record as digests only, so that nobody is asked twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TypeVar
from unicodedata import normalize
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.fieldwork.models import FieldworkRecord
from app.fieldwork.safety.detecting import IN_WORDS, Sighting, redacted, seen_in_words, sightings_in
from app.interchange.vocabulary import quoted
from app.web.forms import Bound, Form

TAKE_OUT, KEEP = "out", "keep"
_CHOICE = "choice-"
F = TypeVar("F", bound=Form)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that its writer has to judge; ``name`` is the field in which they do."""

    name: str
    sighting: Sighting
    times: int = 1

    @property
    def words(self) -> str:
        """Say what was seen: a possible name: “Kofi”."""
        often = "" if self.times == 1 else f", {self.times} times"
        return f"{IN_WORDS[self.sighting.kind]}: {quoted(self.sighting.text)}{often}"

    @property
    def heading(self) -> str:
        """Say the same at the beginning of a line."""
        return self.words[:1].upper() + self.words[1:]

    @property
    def choices(self) -> list[dict[str, str]]:
        """Give what the writer can say of it."""
        return [
            {"value": TAKE_OUT, "text": "Take it out"},
            {"value": KEEP, "text": "Keep it, because it is not personal"},
        ]


@dataclass(frozen=True, slots=True)
class Settled:
    """A text after its writer's choices: what was kept, and what is still to be judged."""

    text: str
    kept: tuple[Sighting, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())


def uncleared(record: FieldworkRecord, text: str) -> tuple[Sighting, ...]:
    """Give the sightings that nobody has yet confirmed to be harmless in this record."""
    cleared = set(record.cleared)
    return tuple(one for one in sightings_in(text) if _digest(record.id, one) not in cleared)


def clear(record: FieldworkRecord, sightings: Iterable[Sighting]) -> None:
    """Remember that these are no personal details. Only digests are kept."""
    found = {_digest(record.id, one) for one in sightings}
    if found - set(record.cleared):
        # A new list, since a change within the old one would not be seen as one.
        record.cleared = sorted(found | set(record.cleared))


def clear_and_log(
    session: Session,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    sightings: Iterable[Sighting],
    person_id: UUID,
) -> None:
    """Remember what somebody kept, and log which kinds and how many; never the words."""
    kept = tuple({_folded(one.text): one for one in sightings}.values())
    if not kept:
        return
    clear(record, kept)
    note(
        session,
        "kept as not personal",
        person_id,
        authority_code=diagnostic.authority_code,
        subject_id=diagnostic.id,
        record=record.code,
        kept=seen_in_words(kept),
    )


def settle(text: str, choices: Mapping[str, str], record: FieldworkRecord | None = None) -> Settled:
    """Do with a text what its writer chose, and say what is left to judge.

    Taking something out may lay open something else, which is then asked for. Where the record is only about
    to begin, nothing has been cleared yet.
    """
    kept: dict[str, Sighting] = {}
    for _ in range(2):
        seen = sightings_in(text) if record is None else uncleared(record, text)
        out = [one for one in seen if choices.get(_name(one)) == TAKE_OUT]
        kept |= {_name(one): one for one in seen if choices.get(_name(one)) == KEEP}
        if not out:
            break
        text = redacted(text, out)
    doubts: dict[str, Doubt] = {}
    for one in sightings_in(text) if record is None else uncleared(record, text):
        name = _name(one)
        if name in doubts:
            doubts[name] = replace(doubts[name], times=doubts[name].times + 1)
        elif name not in kept:
            doubts[name] = Doubt(name, one)
    return Settled(text, tuple(kept.values()), tuple(doubts.values()))


def choices_in(form: Bound[F]) -> dict[str, str]:
    """Give what was chosen for each sighting in a form that was sent."""
    return {name: form.value(name) for name in form.values if name.startswith(_CHOICE)}


def with_doubts(form: Bound[F], doubts: Iterable[Doubt]) -> Bound[F]:
    """Send a form back with one error for each thing that is to be judged."""
    for doubt in doubts:
        form = form.with_error(doubt.name, f"Take out or keep {doubt.words}")
    return form


def still_cleared(record: FieldworkRecord, texts: Iterable[str]) -> None:
    """Forget what was cleared and stands in none of a record's texts any more."""
    found = {_digest(record.id, one) for text in texts for one in sightings_in(text)}
    record.cleared = [one for one in record.cleared if one in found]


def _folded(text: str) -> str:
    return " ".join(normalize("NFKC", text).casefold().split())


def _digest(record_id: UUID, sighting: Sighting) -> str:
    return sha256(f"{record_id}:{_folded(sighting.text)}".encode()).hexdigest()


def _name(sighting: Sighting) -> str:
    """Name the field for a sighting by its words, so that a choice still fits after the text was edited."""
    return _CHOICE + sha256(f"{sighting.kind}:{_folded(sighting.text)}".encode()).hexdigest()[:16]
