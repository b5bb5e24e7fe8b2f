"""Codebooks as programs for qualitative analysis exchange them: REFI-QDA, files that end with .qdc.

A codebook is read by a parser that stops at the first sign of a document type, so that it can neither define
entities nor bring in anything; and it is counted while it is read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid5
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from app.interchange.vocabulary import printable_text
from diagnostics.framework import Framework
from diagnostics.framework_parts import STAGES, Characteristic

NAMESPACE = "urn:QDA-XML:codebook:1.0"
MOST_BYTES, MOST_CODES, MOST_DEPTH = 2 * 1024 * 1024, 2_000, 30
# Programs differ in the end of the namespace.
_NAMESPACES = "urn:QDA-XML:codebook"
_OF_FRAMEWORK = UUID("5c2b2a30-6c1e-5b0e-9b57-0d6f3c2c7a11")
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NOT_READABLE = "This is not a codebook (.qdc) that can be read. Export the codebook anew"


class CodebookRefused(ValueError):
    """A file is no codebook, or none that is safe to read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code as a file holds it, with the codes beneath it."""

    guid: UUID | None
    name: str
    description: str = ""
    codes: tuple["Code", ...] = ()


@dataclass(slots=True)
class _Open:
    """A code whose end has not come yet."""

    guid: UUID | None
    name: str
    description: list[str] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)

    def closed(self) -> Code:
        text = printable_text("".join(self.description)).strip()
        return Code(self.guid, " ".join(printable_text(self.name).split()), text, tuple(self.codes))


def framework_guid(framework: Framework, code_id: str) -> UUID:
    """Give the GUID of a heading or a characteristic: the same in every diagnostic and every version."""
    return uuid5(_OF_FRAMEWORK, f"{framework.id}:{code_id}")


def framework_codes(framework: Framework, own: Mapping[str, Sequence[Code]]) -> tuple[Code, ...]:
    """Give the framework as codes: headings, characteristics beneath them, and own codes by what they are
    beneath; those beneath nothing come last."""
    headings = tuple(
        Code(
            framework_guid(framework, heading.id),
            heading.name,
            heading.about,
            (
                *(
                    Code(
                        framework_guid(framework, one.id),
                        one.name,
                        _described(one),
                        tuple(own.get(one.id, ())),
                    )
                    for one in heading.characteristics
                ),
                *own.get(heading.id, ()),
            ),
        )
        for heading in framework.headings
    )
    return (*headings, *own.get("", ()))


def _described(characteristic: Characteristic) -> str:
    stages = (f"Stage {stage}: {text}" for stage, text in zip(STAGES, characteristic.stages, strict=True))
    return "\n".join((characteristic.statement, *stages))


def write_codebook(codes: Iterable[Code], origin: str) -> bytes:
    """Write a codebook."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<CodeBook xmlns="{NAMESPACE}" xmlns:xsi="{_XSI}" '
        f'xsi:schemaLocation="{NAMESPACE} Codebook.xsd" origin={quoteattr(origin)}>',
        "<Codes>",
        *(line for code in codes for line in _written(code)),
        "</Codes>",
        "</CodeBook>",
        "",
    ]
    return "\n".join(lines).encode()


def _written(code: Code) -> Iterator[str]:
    yield f'<Code guid="{str(code.guid).upper()}" name={quoteattr(code.name)} isCodable="true">'
    if code.description:
        yield f"<Description>{escape(code.description)}</Description>"
    for one in code.codes:
        yield from _written(one)
    yield "</Code>"


def read_codebook(content: bytes) -> tuple[Code, ...]:
    """Read a codebook.

    Raises
    ------
    CodebookRefused
        Where it is too large, no codebook, or defines a document type.
    """
    if len(content) > MOST_BYTES:
        raise CodebookRefused(
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Check that it is the right one"
        )
    reading = _Reading()
    try:
        return reading.read(content)
    except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
        if isinstance(error, CodebookRefused):
            raise
        raise CodebookRefused(_NOT_READABLE) from error


class _Reading:
    """Gathers the codes of one file as the parser comes to them."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.path: list[str] = []
        self.open: list[_Open] = []
        self.codes: list[Code] = []
        self.number = 0

    def read(self, content: bytes) -> tuple[Code, ...]:
        self.parser.Parse(content, True)
        if not self.codes:
            raise CodebookRefused("The codebook holds no code. Export it anew, with its codes")
        return tuple(self.codes)

    def _refuse(self, *_: object) -> None:
        raise CodebookRefused(
            "The file defines a document type, which codebooks do not and which can do harm. It was not read"
        )

    def _start(self, full_name: str, attributes: dict[str, str]) -> None:
        namespace, _, name = full_name.rpartition(" ")
        if not self.path and (name != "CodeBook" or not namespace.startswith(_NAMESPACES)):
            raise CodebookRefused(_NOT_READABLE)
        self.path.append(name)
        if name != "Code":
            return
        self.number += 1
        if self.number > MOST_CODES or len(self.open) >= MOST_DEPTH:
            raise CodebookRefused(
                f"The codebook holds more than {MOST_CODES:,} codes, or codes more than {MOST_DEPTH} deep"
            )
        self.open.append(_Open(_guid(attributes.get("guid", "")), attributes.get("name", "")))

    def _text(self, text: str) -> None:
        if self.open and self.path[-2:] == ["Code", "Description"]:
            self.open[-1].description.append(text)

    def _end(self, _: str) -> None:
        if self.path.pop() == "Code":
            code = self.open.pop().closed()
            (self.open[-1].codes if self.open else self.codes).append(code)


def _guid(text: str) -> UUID | None:
    try:
        return UUID(text.strip().strip("{}"))
    except ValueError:
        return None
