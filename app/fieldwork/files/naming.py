"""What a file is called where people see it: never a path, never a character that deceives."""

import unicodedata
from urllib.parse import quote

from app.fieldwork.files.kinds import FileKind

LONGEST_NAME = 200
_RESERVED = dict.fromkeys(map(ord, '<>:"|?*'), "_")
# Controls, and signs that turn the direction of writing round, so that “exe.pdf” looks like “fdp.exe”.
_HIDDEN = ("C", "Zl", "Zp")


def shown_name(name: str, kind: FileKind) -> str:
    """Clean a file's name, and end it as its kind ends."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = "".join(one for one in last if not unicodedata.category(one).startswith(_HIDDEN))
    plain = " ".join(plain.translate(_RESERVED).split()).rstrip(". ")
    suffix = next((one for one in kind.suffixes if plain.lower().endswith(one)), "")
    stem = plain[: len(plain) - len(suffix)].strip(". ") or "file"
    suffix = suffix or kind.suffixes[0]
    return f"{stem[: LONGEST_NAME - len(suffix)].rstrip()}{suffix}"


def readings_of(name: str) -> tuple[str, ...]:
    """Give a name as personal details can be found in it: as it is, and Kofi_Mensah.docx as Kofi Mensah."""
    stem = name.rpartition(".")[0]
    words = stem.replace("_", " ").replace("-", " ").replace(".", " ")
    return tuple(dict.fromkeys((stem, stem.replace("_", " "), " ".join(words.split()))))


def attachment_header(name: str) -> str:
    """Give the header that makes a browser save a file under its name, whatever letters that has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().replace("\\", "_")
    plain = plain.replace('"', "_").replace("%", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
