"""What a file is, found from its content. What it is called counts only in that it must not say otherwise.

Nothing is opened but the list of parts of a Word or Excel file, and of those parts the one that says what
they are.
"""

import io
import lzma
import zipfile
import zlib
from dataclasses import dataclass

MOST_PARTS = 5_000
MOST_UNPACKED = 300 * 1024 * 1024
_MOST_LISTED = 2 * 1024 * 1024
_TYPES = "[Content_Types].xml"
_OOXML = "application/vnd.openxmlformats-officedocument."
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 1
# What runs when the file is opened; old macros of Excel stand in sheets of their own.
_RUNNING_PARTS = ("vbaproject.bin", "vbadata.xml")
_RUNNING_FOLDERS = ("activex/", "macrosheets/")
_RUNNING_TYPES = (b"macroenabled", b"vbaproject", b"macrosheet", b"ms-office.activex")


class Refused(Exception):
    """A file is not taken; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that may be attached: what it is called, the ends of its names, its media type."""

    words: str
    suffixes: tuple[str, ...]
    media_type: str


PDF = FileKind("a PDF", (".pdf",), "application/pdf")
WORD = FileKind("a Word document", (".docx",), f"{_OOXML}wordprocessingml.document")
EXCEL = FileKind("an Excel workbook", (".xlsx",), f"{_OOXML}spreadsheetml.sheet")
PNG = FileKind("a PNG image", (".png",), "image/png")
JPEG = FileKind("a JPEG image", (".jpg", ".jpeg"), "image/jpeg")
WEBP = FileKind("a WebP image", (".webp",), "image/webp")
KINDS = (PDF, WORD, EXCEL, PNG, JPEG, WEBP)
SUFFIXES = tuple(suffix for kind in KINDS for suffix in kind.suffixes)
DAMAGED = "The file is damaged. Open it, save it again and choose it once more"
# What the library raises of a broken or odd archive: a list that is cut off or lies about places (BadZipFile,
# EOFError, ValueError, OSError), bytes that cannot be unpacked (zlib, lzma, OSError of bz2), a way of packing
# that it does not know (NotImplementedError), a part under a password (RuntimeError).
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
NOT_TAKEN = (
    "This is not a file that can be attached. Choose a PDF, a Word document (.docx), an Excel workbook "
    "(.xlsx) or an image (PNG, JPEG or WebP)"
)
_MAIN = {
    f"{_OOXML}wordprocessingml.document.main+xml".encode(): WORD,
    f"{_OOXML}spreadsheetml.sheet.main+xml".encode(): EXCEL,
}


def kind_of(content: bytes, name: str) -> FileKind:
    """Say what a file is.

    Raises
    ------
    Refused
        Where it is empty, nothing that may be attached, protected, able to run something, or called
        otherwise than it is.
    """
    if not content:
        raise Refused("The file is empty. Check that it was saved, and choose it again")
    kind = _by_signature(content)
    called = next((one for one in KINDS if name.lower().endswith(one.suffixes)), None)
    if called is not kind and "." in name:
        raise Refused(
            f"The file is {kind.words}, but its name does not end with {' or '.join(kind.suffixes)}. "
            "Check that it is the right file, and save it under a fitting name"
        )
    return kind


def _by_signature(content: bytes) -> FileKind:
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(_OLD_OFFICE):
        if _ENCRYPTED in content:
            raise Refused("The file is protected by a password. Take the password away and choose it again")
        raise Refused(
            "This is a file of an old kind of Office. Save it as a Word document (.docx), an Excel workbook "
            "(.xlsx) or a PDF"
        )
    if content.startswith(_ZIP):
        return _office_kind(content)
    raise Refused(NOT_TAKEN)


def _office_kind(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_parts(entries)
            with archive.open(_TYPES) as part:
                # In UTF-16 every other byte is 0.
                types = part.read(_MOST_LISTED + 1).replace(b"\0", b"")
    except KeyError:
        # A zip file without the list of parts is no Office file.
        raise Refused(NOT_TAKEN) from None
    except _BROKEN:
        raise Refused(DAMAGED) from None
    if len(types) > _MOST_LISTED:
        raise Refused(NOT_TAKEN)
    if any(one in types.lower() for one in _RUNNING_TYPES):
        raise _has_macros()
    kinds = [kind for main, kind in _MAIN.items() if main in types]
    if len(kinds) != 1:
        raise Refused(NOT_TAKEN)
    return kinds[0]


def _check_parts(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what the list of parts alone forbids; sizes are those that the list admits to."""
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refused("The file would take far too much room once it is unpacked, so it was not taken")
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise Refused("The file is protected by a password. Take the password away and choose it again")
    names = [entry.filename.replace("\\", "/").lower() for entry in entries]
    if len(set(names)) != len(names) or any(
        name.startswith("/") or ".." in name.split("/") for name in names
    ):
        raise Refused(DAMAGED)
    if any(name.endswith(_RUNNING_PARTS) for name in names) or any(
        f"/{folder}" in f"/{name}" for name in names for folder in _RUNNING_FOLDERS
    ):
        raise _has_macros()


def _has_macros() -> Refused:
    return Refused(
        "The file holds macros or controls, which could run on somebody’s computer. Save it without them, "
        "such as .docx or .xlsx, and choose it again"
    )
