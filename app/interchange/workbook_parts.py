"""What a workbook is packed of, looked at before any library opens it.

An XLSX file is a zip file of XML. A few kilobytes of it can unpack to gigabytes, one short element to a
kilobyte of memory, and a document type definition to a text without end. So the parts are counted before they
are read, and none of them is understood here.
"""

import re
import zipfile
from dataclasses import dataclass

from app.interchange.vocabulary import quoted

MAXIMUM_UNPACKED = 100 * 1024 * 1024
MAXIMUM_ENTRIES = 2_000
# A filled cell is two elements or three; a survey of 10,000 people has about a million.
MAXIMUM_ELEMENTS = 2_500_000
MAXIMUM_ATTRIBUTES = 8_000_000
# Any sheet may be made of any part, so all elements may have to be read for each.
MAXIMUM_ELEMENTS_READ = 20_000_000

SAVE_AS = "Open it in the spreadsheet and save it again as “Excel Workbook (.xlsx)”."
DAMAGED = f"The workbook is damaged and cannot be read. {SAVE_AS}"
_NOT_EVIDENCE = "It was not opened. Check that it is the right file, and delete what is not evidence from it."
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_ENCRYPTED_FLAG = 1

_DEFINITION = b"<!DOCTYPE"
_SHEET = re.compile(rb"<(?:\w+:)?sheet[\s/>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
# What a parser takes for one thing; some read it again from its start with every piece that comes.
_LONGEST = 1024 * 1024
_UNCOUNTED = ((b"<!--", b"-->"), (b"<?", b"?>"))
# What is counted must be the same byte in every encoding that a part may have.
_DECLARATION = re.compile(rb"<\?xml\b(?:[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"']*)[\"'])?[^>]{0,200}\?>")
_ENCODINGS = frozenset(
    [
        b"utf-8",
        b"utf8",
        b"us-ascii",
        b"ascii",
        b"utf-16",
        b"utf-16le",
        b"utf-16be",
        b"iso-8859-1",
        b"windows-1252",
    ]
)
_EBCDIC = b"\x4c\x6f\xa7\x94"
_BYTE_ORDER = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Parts:
    """What was seen of a workbook's parts: why they must not be opened, and whether there are formulas."""

    wrong: str = ""
    formulas: bool = False


def not_a_workbook(content: bytes) -> str:
    """Say why a file cannot be an XLSX workbook, from its first bytes."""
    if content.startswith(_OLD):
        if _ENCRYPTED in content:
            return f"The workbook is protected by a password. Take the password away: {SAVE_AS}"
        return f"This is a workbook of the old kind (.xls). {SAVE_AS}"
    if not content:
        return f"The file is empty. {SAVE_AS}"
    if not content.startswith(_ZIP):
        return f"This is not an Excel workbook (.xlsx), whatever its name says. {SAVE_AS}"
    return ""


def look_at(archive: zipfile.ZipFile) -> Parts:
    """Look at the parts of a workbook, without understanding any of them."""
    wrong = _listed_wrongly(archive.infolist())
    if wrong:
        return Parts(wrong)
    elements = attributes = sheets = 0
    formulas = False
    for entry in archive.infolist():
        part = _without_zeros(archive.read(entry))
        if not _may_be_xml(part):
            continue
        elements += part.count(b"<") - part.count(b"</")
        # Quotation marks in texts are counted with those about attributes; there are fewer.
        attributes += (part.count(b'"') + part.count(b"'")) // 2
        if elements > MAXIMUM_ELEMENTS or attributes > MAXIMUM_ATTRIBUTES:
            return Parts(
                f"The workbook holds more than {MAXIMUM_ELEMENTS:,} cells and other things. {_NOT_EVIDENCE}"
            )
        if not _written_as_usual(part):
            return Parts(
                f"The part {quoted(entry.filename)} of the workbook is written as no spreadsheet writes it. "
                f"It was not opened. {SAVE_AS} If that does not help, delete pictures and links from it."
            )
        sheets += len(_SHEET.findall(part))
        formulas = formulas or _FORMULA.search(part) is not None
    if elements * sheets > MAXIMUM_ELEMENTS_READ:
        return Parts(f"The workbook has {sheets:,} sheets, which together hold too much. {_NOT_EVIDENCE}")
    return Parts("", formulas)


def _listed_wrongly(entries: list[zipfile.ZipInfo]) -> str:
    """Say what the list of the parts alone forbids."""
    if len(entries) > MAXIMUM_ENTRIES:
        return (
            f"The workbook has {len(entries):,} parts; the most is {MAXIMUM_ENTRIES:,}. It was not opened. "
            "Check that it is the right file, and delete pictures from it."
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAXIMUM_UNPACKED:
        return (
            f"The workbook would take {unpacked / 1024 / 1024:,.0f} MB once unpacked; the most is "
            f"{MAXIMUM_UNPACKED // 1024 // 1024} MB. {_NOT_EVIDENCE}"
        )
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        return f"The workbook is protected by a password. Take the password away: {SAVE_AS}"
    names = {entry.filename for entry in entries}
    if "xl/workbook.bin" in names:
        return f"This is a binary workbook (.xlsb). {SAVE_AS}"
    if "xl/workbook.xml" not in names:
        return f"This is not an Excel workbook (.xlsx), whatever its name says. {SAVE_AS}"
    return ""


def _without_zeros(part: bytes) -> bytes:
    """Give a part as one byte a letter: in UTF-16 every other byte is 0."""
    plain = part.replace(b"\0", b"")
    for mark in _BYTE_ORDER:
        plain = plain.removeprefix(mark)
    return plain.lstrip()


def _may_be_xml(part: bytes) -> bool:
    """Say whether a parser would go on after the first letter; pictures it would not."""
    return part.startswith((b"<", _EBCDIC))


def _written_as_usual(part: bytes) -> bool:
    """Say whether a part is XML that a parser gets through quickly, and that brings in nothing."""
    if part.startswith(b"<?xml"):
        declared = _DECLARATION.match(part)
        if declared is None or (declared.group(1) or b"utf-8").lower() not in _ENCODINGS:
            return False
    if part.startswith(_EBCDIC) or _DEFINITION in part:
        return False
    # A tag holds no other “<”, and a text is never so long.
    if max(map(len, part.split(b"<"))) > _LONGEST:
        return False
    return not any(_goes_on(part, start, end) for start, end in _UNCOUNTED)


def _goes_on(part: bytes, start: bytes, end: bytes) -> bool:
    """Say whether anything between two marks is longer than it may be."""
    place = part.find(start)
    while place >= 0:
        stop = part.find(end, place)
        if stop - place > _LONGEST or (stop < 0 and len(part) - place > _LONGEST):
            return True
        place = part.find(start, stop) if stop >= 0 else -1
    return False
