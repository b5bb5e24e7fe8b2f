"""The cells of an XLSX workbook as text. Nothing is computed and no macro is run: what was saved is read.

The format is read here, rather than by a library, since those at hand show an error such as #N/A as an empty
cell, and reserve room for every cell up to the last, wherever a crafted file puts it.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn
from xml.parsers import expat

# Dates and times among the formats that have a number but no text.
_DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NOT_IN_DATES = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Halves of characters, which stand for nothing on their own.
_HALVES = range(0xD800, 0xE000)
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
# Excel counts days from here; before March 1900 it is a day out, which no evidence is.
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_SHARED, _STYLES = "sharedStrings", "styles"
_WORKBOOK = "xl/workbook.xml"

Attributes = dict[str, str]


class NotReadable(ValueError):
    """The inside of a workbook is not as it should be."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something: the text, or ``problem`` where it is an error or has no result."""

    row: int
    column: int
    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A sheet's name, where it lies in the file, and whether it is shown."""

    name: str
    entry: str
    visible: bool


class XlsxCells:
    """An opened workbook. Its size must have been checked before."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        targets = self._targets()
        self._1904 = False
        self.sheets = tuple(self._sheets(targets))
        by_kind = {kind: entry for kind, entry in targets.values()}
        self._texts = self._shared(by_kind[_SHARED]) if _SHARED in by_kind else []
        self._dates = self._date_styles(by_kind[_STYLES]) if _STYLES in by_kind else []

    def cells(self, sheet: SheetPlace) -> Iterator[Cell]:
        """Give the cells of a sheet that hold something, in the order in which they stand in the file."""
        reading = _Sheet(self._text_of)
        with self._archive.open(sheet.entry) as stream:
            parser = _bare_parser()
            parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
            parser.CharacterDataHandler = reading.text
            while chunk := stream.read(1 << 16):
                parser.Parse(chunk, False)
                yield from reading.found
                reading.found.clear()
            parser.Parse(b"", True)
            yield from reading.found

    def _text_of(self, kind: str, style: str, text: str) -> str:
        """Give what a stored value means."""
        if kind == "s":
            place = int(text)
            if not 0 <= place < len(self._texts):
                _fail("a cell names a text that is not there")
            return self._texts[place]
        if kind in ("str", "inlineStr"):
            return _unescaped(text)
        if kind == "b":
            return "FALSE" if text.strip() in ("", "0", "false") else "TRUE"
        if kind == "d":
            return text.strip().removesuffix("T00:00:00")
        number = float(text)
        if style.isdigit() and int(style) < len(self._dates) and self._dates[int(style)]:
            return self._date(number)
        return _number(number)

    def _date(self, number: float) -> str:
        try:
            moment = (_EPOCH_1904 if self._1904 else _EPOCH) + timedelta(seconds=round(number * 86_400))
        except (OverflowError, ValueError):
            return _number(number)
        if 0 <= number < 1:
            return moment.strftime("%H:%M:%S")
        day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
        return day if not (moment.hour or moment.minute or moment.second) else f"{day} {moment:%H:%M:%S}"

    def _targets(self) -> dict[str, tuple[str, str]]:
        """Give the kind and the place of each part of the workbook by its id."""
        found: dict[str, tuple[str, str]] = {}

        def start(name: str, attributes: Attributes) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                entry = target[1:] if target.startswith("/") else f"xl/{target}"
                found[attributes.get("Id", "")] = (attributes.get("Type", "").rsplit("/", 1)[-1], entry)

        self._parse("xl/_rels/workbook.xml.rels", start)
        return found

    def _sheets(self, targets: dict[str, tuple[str, str]]) -> list[SheetPlace]:
        found: list[SheetPlace] = []

        def start(name: str, attributes: Attributes) -> None:
            if name == "workbookPr":
                self._1904 = attributes.get("date1904") in ("1", "true")
            elif name == "sheet":
                kind, entry = targets.get(attributes.get("id", ""), ("", ""))
                if kind == "worksheet":
                    visible = attributes.get("state", "visible") == "visible"
                    found.append(SheetPlace(attributes.get("name", ""), entry, visible))

        self._parse(_WORKBOOK, start)
        if len({sheet.entry for sheet in found}) < len(found):
            _fail("two sheets lie in one place")
        return found

    def _shared(self, entry: str) -> list[str]:
        texts: list[str] = []
        parts: list[str] = []
        inside: list[str] = []

        def start(name: str, _: Attributes) -> None:
            inside.append(name)
            if name == "si":
                parts.clear()

        def end(name: str) -> None:
            inside.pop()
            if name == "si":
                texts.append(_unescaped("".join(parts)))

        def text(data: str) -> None:
            if inside[-1] == "t" and "rPh" not in inside:
                parts.append(data)

        self._parse(entry, start, end, text)
        return texts

    def _date_styles(self, entry: str) -> list[bool]:
        """Say of each cell style whether it shows a date or a time."""
        own: dict[str, bool] = {}
        styles: list[bool] = []
        inside: list[str] = []

        def start(name: str, attributes: Attributes) -> None:
            inside.append(name)
            number = attributes.get("numFmtId", "0")
            if name == "numFmt":
                plain = _NOT_IN_DATES.sub("", attributes.get("formatCode", ""))
                own[number] = bool(_DATE_LETTERS.search(plain.split(";", 1)[0].replace("General", "")))
            elif name == "xf" and "cellXfs" in inside:
                builtin = number.isdigit() and int(number) in _DATE_FORMATS
                styles.append(own.get(number, builtin))

        self._parse(entry, start, lambda _: inside.pop())
        return styles

    def _parse(
        self,
        entry: str,
        start: Callable[[str, Attributes], object],
        end: Callable[[str], object] = lambda _: None,
        text: Callable[[str], object] = lambda _: None,
    ) -> None:
        with self._archive.open(entry) as stream:
            _parser(start, end, text).ParseFile(stream)


class _Sheet:
    """Gathers the cells of a sheet as the parser goes along.

    There may be millions, so the parser calls these without anything between.
    """

    def __init__(self, text_of: Callable[[str, str, str], str]) -> None:
        self.found: list[Cell] = []
        self._text_of = text_of
        self._row = self._column = 0
        self._kind = self._style = ""
        self._parts: list[str] = []
        self._formula = self._taking = self._phonetic = False

    def start(self, name: str, attributes: Attributes) -> None:
        if ":" in name:
            name = _local(name)
        if name == "row":
            place = attributes.get("r", "")
            self._row = int(place) if place.isdigit() and len(place) < 8 else self._row + 1
            self._column = 0
        elif name == "c":
            match = _PLACE.fullmatch(attributes.get("r", ""))
            self._column += 1
            if match:
                self._column, self._row = _column_number(match.group(1)), int(match.group(2))
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._parts.clear()
            self._formula = False
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._phonetic = True
        self._taking = name == "v" or (name == "t" and not self._phonetic)

    def text(self, data: str) -> None:
        if self._taking:
            self._parts.append(data)

    def end(self, name: str) -> None:
        if ":" in name:
            name = _local(name)
        self._taking = False
        if name == "rPh":
            self._phonetic = False
        if name != "c":
            return
        text = "".join(self._parts)
        if self._kind == "e":
            self.found.append(Cell(self._row, self._column, "", text or "an error"))
        elif text:
            self.found.append(Cell(self._row, self._column, self._text_of(self._kind, self._style, text)))
        elif self._formula and self._kind == "n":
            self.found.append(Cell(self._row, self._column, "", "a formula without its result"))


def opened(content: bytes) -> zipfile.ZipFile:
    """Open the file that a workbook is, without reading any of its parts."""
    return zipfile.ZipFile(io.BytesIO(content))


def column_letters(number: int) -> str:
    """Give a column as a spreadsheet calls it: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _number(number: float) -> str:
    """Give a number as a person would write it: 3 for 3.0, 0.3 for 0.30000000000000004."""
    return f"{number:.0f}" if number.is_integer() and abs(number) < 1e15 else f"{number:.15g}"


def _unescaped(text: str) -> str:
    """Give the characters that the format writes as _x000D_."""

    def character(match: re.Match[str]) -> str:
        number = int(match.group(1), 16)
        return "" if number in _HALVES else chr(number)

    return _ESCAPED.sub(character, text) if "_x" in text else text


def _parser(
    start: Callable[[str, Attributes], object],
    end: Callable[[str], object],
    text: Callable[[str], object],
) -> expat.XMLParserType:
    """Make a parser that hears names without their prefix."""
    parser = _bare_parser()
    parser.StartElementHandler = lambda name, found: start(
        _local(name), {_local(key): value for key, value in found.items()}
    )
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    return parser


def _bare_parser() -> expat.XMLParserType:
    """Make a parser that refuses definitions of entities, and hears nothing yet."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda *_: _fail("it defines its own entities")
    return parser


def _local(name: str) -> str:
    """Give a name without its prefix."""
    return name.rpartition(":")[2]


def _fail(message: str) -> NoReturn:
    raise NotReadable(message)
