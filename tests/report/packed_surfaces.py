"""Readers of surfaces that are packed: PDF, and the office formats XLSX and DOCX, hidden parts included."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from tests.report.surfaces import NoReaderError, Passage, Reader, read_surface, table_passages

# Strings that fonts, colour profiles and the structure tree need. Nobody sees them.
_PDF_MACHINERY = frozenset(
    {
        "/CIDSystemInfo",
        "/Panose",
        "/FontDescriptor",
        "/OutputCondition",
        "/OutputConditionIdentifier",
        "/CheckSum",
        "/DA",
        "/DS",
    }
)
_IDS = frozenset({"/ID", "/Headers", "/IDTree"})
_PAGE = "pdf-page"


def read_pdf(name: str, data: bytes) -> Iterator[Passage]:
    """Read a PDF: its pages, every string of every object, its metadata and its attachments."""
    if data.count(b"startxref") != 1:
        raise NoReaderError(f"{name} was saved more than once: an earlier text may be left in it.")
    reader = PdfReader(BytesIO(data))
    for place, page in enumerate(reader.pages, start=1):
        yield Passage(f"{name}: {_PAGE} {place}", page.extract_text(), mixed=True)
    numbers = {number for entries in reader.xref.values() for number in entries} | set(reader.xref_objStm)
    for number in sorted(numbers):
        item = IndirectObject(number, 0, reader).get_object()
        if item is not None:
            yield from _strings(item, f"{name}: object {number}", name, ())
    yield from _strings(reader.trailer.get("/Info", DictionaryObject()), f"{name}: document", name, ())
    for attached, contents in reader.attachments.items():
        for content in contents:
            yield from read_surface(f"{name}/{attached}", content)


def _strings(value: Any, where: str, name: str, keys: tuple[str, ...]) -> Iterator[Passage]:
    if isinstance(value, StreamObject):
        yield from _stream(value, where)
    if isinstance(value, DictionaryObject):
        # Numbers of a form field or an own entry of /Info are content; those of a layout are not.
        for key, part in value.items():
            if key not in _PDF_MACHINERY and key not in _IDS:
                yield from _strings(part, f"{where} {key}", name, (*keys, str(key)))
    elif isinstance(value, ArrayObject):
        for part in value:
            yield from _strings(part, where, name, keys)
    elif isinstance(value, TextStringObject):
        yield Passage(where, str(value))
    elif isinstance(value, NumberObject | FloatObject) and keys[-1:] in {("/V",), ("/DV",)}:
        yield Passage(where, f"{value}")


def _stream(stream: StreamObject, where: str) -> Iterator[Passage]:
    subtype = stream.get("/Subtype")
    if subtype == "/XML" or stream.get("/Type") == "/Metadata":
        yield from _xml(where, stream.get_data())
    if subtype == "/Image":
        raise NoReaderError(f"{where} is a picture, whose text nobody can read here.")


def read_xlsx(name: str, data: bytes) -> Iterator[Passage]:
    """Read a workbook: all sheets, hidden ones too, and every text of every other part."""
    with ZipFile(BytesIO(data)) as book:
        shared = _shared_strings(book)
        for part in book.namelist():
            where = f"{name}: {part}"
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part):
                tree = ElementTree.fromstring(book.read(part))
                yield from table_passages(where, list(_cells(tree, shared)))
                yield from _tree(where, tree, without=("row",))
            elif part != "xl/sharedStrings.xml":
                yield from _part(where, part, book.read(part))
            else:
                # A string that no cell shows any more is still in the file.
                yield from (Passage(where, text, mixed=True) for text in shared)


def read_docx(name: str, data: bytes) -> Iterator[Passage]:
    """Read a document: paragraphs, tables, notes, comments, alternative texts, properties, embedded files."""
    with ZipFile(BytesIO(data)) as document:
        for part in document.namelist():
            where = f"{name}: {part}"
            if part.startswith("word/") and part.endswith(".xml") and not _is_machinery(part):
                tree = ElementTree.fromstring(document.read(part))
                yield from _paragraphs(where, tree)
                yield from _tree(where, tree, without=("t", "delText"))
            else:
                yield from _part(where, part, document.read(part))


def _part(where: str, part: str, data: bytes) -> Iterator[Passage]:
    if _is_machinery(part):
        return
    if part.endswith((".xml", ".vml")):
        yield from _xml(where, data)
    else:
        yield from read_surface(where, data)


def _is_machinery(part: str) -> bool:
    # Styles, fonts and the list of parts hold sizes and colours, and nothing of a report.
    return part.endswith(
        (".rels", "[Content_Types].xml", "styles.xml", "fontTable.xml", "numbering.xml")
    ) or ("/theme/" in part)


def _shared_strings(book: ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    tree = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(text.text or "" for text in entry.iter() if _name(text) == "t") for entry in tree]


def _cells(tree: ElementTree.Element, shared: list[str]) -> Iterator[list[str]]:
    for row in (element for element in tree.iter() if _name(element) == "row"):
        cells: list[str] = []
        for cell in row:
            place = _column(cell.get("r", ""), len(cells))
            cells.extend([""] * (place - len(cells)))
            value = "".join(text.text or "" for text in cell.iter() if _name(text) in {"v", "t"})
            formula = " ".join(text.text or "" for text in cell.iter() if _name(text) == "f")
            # A reference to a cell is no number of the report; what is written into a formula is.
            formula = re.sub(r"\$?\b[A-Z]{1,3}\$?[1-9]\d*\b", " ", formula)
            cells.append(
                " ".join(filter(None, (shared[int(value)] if cell.get("t") == "s" else value, formula)))
            )
        yield cells


def _column(reference: str, otherwise: int) -> int:
    letters = re.match(r"[A-Z]+", reference)
    if letters is None:
        return otherwise
    place = 0
    for letter in letters[0]:
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1


def _paragraphs(where: str, tree: ElementTree.Element) -> Iterator[Passage]:
    in_tables: set[ElementTree.Element] = set()
    for table in (element for element in tree.iter() if _name(element) == "tbl"):
        rows = [
            [_text(cell) for cell in row if _name(cell) == "tc"] for row in table.iter() if _name(row) == "tr"
        ]
        in_tables |= {paragraph for paragraph in table.iter() if _name(paragraph) == "p"}
        yield from table_passages(f"{where} table", rows)
    for paragraph in (element for element in tree.iter() if _name(element) == "p"):
        if paragraph not in in_tables and (text := _text(paragraph)):
            yield Passage(where, text)


def _text(element: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in element.iter() if _name(part) in {"t", "delText"})


def _xml(where: str, data: bytes) -> Iterator[Passage]:
    yield from _tree(where, ElementTree.fromstring(data))


# Attributes of office XML and XMP that say where, how long or which, by their local name.
_XML_STRUCTURE_WORDS = """
    r s t id rid sheetId ref sqref idx val rsidR rsidRDefault rsidP rsidRPr rsidTr paraId textId uri w h
    cx cy x y l distT distB distL distR relativeHeight ilvl about parseType count uniqueCount pid fmtid
    shapeId authorId activeTab firstSheet xWindow yWindow windowWidth windowHeight
"""
_XML_STRUCTURE = frozenset(_XML_STRUCTURE_WORDS.split())
# Where a sheet is frozen, how wide a column is, which rows a name covers, and what Word kept of its template.
_LAYOUT_WORDS = """
    pageSetUpPr: fitToPage; sheetView: tabSelected workbookViewId; pane: xSplit ySplit topLeftCell
    selection: activeCell; sheetFormatPr: defaultRowHeight; col: min max width customWidth
    pageMargins: left right top bottom header footer; pageSetup: paperSize fitToWidth fitToHeight
    dataValidation: allowBlank showInputMessage showErrorMessage
    fileVersion: lastEdited lowestEdited rupBuild; workbookPr: defaultThemeVersion
    definedName: localSheetId hidden; calcPr: calcId fullCalcOnLoad; vector: size
    document: Ignorable; settings: Ignorable; webSettings: Ignorable; sectPr: rsidSect
    tblLook: firstColumn firstRow lastColumn lastRow noHBand noVBand
    pgMar: top right bottom left header footer gutter; cols: space; docGrid: linePitch
    clrSchemeMapping: bg1 bg2 t1 t2 accent1 accent2 accent3 accent4 accent5 accent6
    shapedefaults: spidmax; idmap: data
"""
_LAYOUT = {
    name.strip(): frozenset(attributes.split())
    for name, attributes in (
        entry.split(":") for line in _LAYOUT_WORDS.strip().splitlines() for entry in line.split(";")
    )
}
# Elements whose attribute "val" is a text: the name and the tag of a control.
_SAID_IN_VAL = frozenset({"alias", "tag"})


def _tree(where: str, tree: ElementTree.Element, without: tuple[str, ...] = ()) -> Iterator[Passage]:
    name = _name(tree)
    if name in without:
        return
    here = f"{where} {name}"
    for key, value in tree.attrib.items():
        local = key.rpartition("}")[2]
        structure = local in _XML_STRUCTURE or local in _LAYOUT.get(name, ())
        if (not structure or name in _SAID_IN_VAL) and value.strip():
            yield Passage(f"{here}@{local}", value)
    # The rows that a name covers are no number of the report.
    text = re.sub(r"\$(?:[A-Z]{1,3}\$)?\d+\b", " ", tree.text or "") if name == "definedName" else tree.text
    if text and text.strip():
        yield Passage(here, text)
    for part in tree:
        yield from _tree(where, part, without)
        if part.tail and part.tail.strip():
            yield Passage(here, part.tail)


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


PACKED_READERS: dict[str, Reader] = {".pdf": read_pdf, ".xlsx": read_xlsx, ".docx": read_docx}
