"""Quotes in words: how far each is, what keeps it from a brief, and what can be attached to one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.fieldwork.models import PROPOSED, RAW, RELEASED, FieldworkQuote, FieldworkRecord
from app.fieldwork.presenters import record_address
from app.fieldwork.quotes.queries import Bands, may_be_printed
from app.fieldwork.quotes.services import hindrances, may_propose, may_release
from app.fieldwork.quotes.verbatim import stands_in
from diagnostics.framework import Framework

STATES: Mapping[str, str] = {RAW: "Raw", PROPOSED: "Proposed", RELEASED: "Released"}
_TAGS = {RAW: "govuk-tag--grey", PROPOSED: "govuk-tag--yellow", RELEASED: "govuk-tag--green"}
_SOMEBODY = "whoever sent the file"


@dataclass(frozen=True, slots=True)
class Group:
    """The characteristics of one heading, to be ticked; ``open`` where any of them is."""

    id: str
    name: str
    choices: tuple[Mapping[str, str], ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote as its pages show it, with what whoever looks may do."""

    id: str
    record: str
    address: str
    text: str
    state: str
    tag: str
    verbatim: bool
    characteristics: tuple[str, ...]
    codes: tuple[str, ...]
    band: str
    written_by: str
    proposed_by: str
    released_by: str
    version: int
    may_propose: bool
    may_release: bool
    may_take_back: bool
    waits: bool
    hindrances: tuple[str, ...]
    not_printed: str

    @property
    def called(self) -> str:
        """Name the quote for whoever hears only the link or the button beside it."""
        return self.text if len(self.text) <= 40 else f"{self.text[:38].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Around:
    """What quotes are shown beside: the framework, bands, codes, names and who looks."""

    framework: Framework
    bands: Bands
    codes: Mapping[str, str]
    names: Mapping[UUID, str]
    person_id: UUID


def quote_view(record: FieldworkRecord, quote: FieldworkQuote, note: str, around: Around) -> QuoteView:
    """Show a quote."""
    band = around.bands.of(quote.role_band)
    return QuoteView(
        id=str(quote.id),
        record=record.code,
        address=record_address(record, f"/quotes/{quote.id}"),
        text=quote.text,
        state=STATES[quote.state],
        tag=_TAGS[quote.state],
        verbatim=stands_in(quote.text, note),
        characteristics=tuple(
            one.name for one in around.framework.characteristics if one.id in quote.characteristics
        ),
        codes=tuple(name for code, name in around.codes.items() if code in quote.codes),
        band="No band" if quote.role_band is None else band.name if band else "A band of too few people",
        written_by=_name(around, quote.made_by),
        proposed_by=_name(around, quote.proposed_by) if quote.state != RAW else "",
        released_by=_name(around, quote.released_by) if quote.state == RELEASED else "",
        version=quote.revision,
        may_propose=may_propose(quote, around.person_id),
        may_release=may_release(quote, around.person_id),
        may_take_back=quote.state != RAW,
        waits=quote.state == PROPOSED and not may_release(quote, around.person_id),
        hindrances=tuple(hindrances(record, quote, around.bands, note)),
        not_printed=_not_printed(record, quote, around.bands),
    )


def _name(around: Around, person_id: UUID | None) -> str:
    if person_id is None:
        return _SOMEBODY
    return "you" if person_id == around.person_id else around.names.get(person_id, "somebody")


def _not_printed(record: FieldworkRecord, quote: FieldworkQuote, bands: Bands) -> str:
    """Say why a brief would not print a quote even when it is released."""
    if may_be_printed(record, quote.role_band, bands):
        return ""
    if quote.role_band is None:
        return "A brief does not print it, as it has no role band."
    if bands.of(record.role_group) is None:
        return "A brief does not print it, as its record has no role group that may be named."
    return "A brief does not print it, as its role band is not that of its record."


def groups(framework: Framework, chosen: Collection[str]) -> tuple[Group, ...]:
    """Give the characteristics to choose from, by heading."""
    return tuple(
        Group(
            heading.id,
            heading.name,
            tuple({"value": one.id, "text": one.name} for one in heading.characteristics),
            sum(one.id in chosen for one in heading.characteristics),
        )
        for heading in framework.headings
    )


def band_choices(bands: Bands) -> Sequence[Mapping[str, str]]:
    """Give the role bands to choose from. A band goes by the first of its role groups."""
    return [
        *({"value": band.members[0], "text": band.name} for band in bands.groups),
        {"value": "", "text": "No band"},
    ]


def first_band(record: FieldworkRecord, bands: Bands) -> str:
    """Give the band that is chosen first: that of the record, if it may be named."""
    band = bands.of(record.role_group)
    return band.members[0] if band else ""


def filters(views: Iterable[QuoteView], state: str, address: str) -> Sequence[Mapping[str, object]]:
    """Give the links that show the quotes of one state, with how many there are."""
    states = [view.state for view in views]
    every = {"text": f"All ({len(states)})", "href": address, "here": state not in STATES}
    return [
        every,
        *(
            {
                "text": f"{name} ({states.count(name)})",
                "href": f"{address}?state={one}",
                "here": state == one,
            }
            for one, name in STATES.items()
        ),
    ]
