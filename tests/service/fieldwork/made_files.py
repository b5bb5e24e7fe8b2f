"""Files as people and attackers make them."""

import io
import zipfile
from collections.abc import Mapping

from docx import Document
from openpyxl import Workbook

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(20) + b"\xff\xd9"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L" + bytes(14)
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENCRYPTED = OLD_WORD + "EncryptedPackage".encode("utf-16-le")
EXE = b"MZ\x90\x00" + bytes(200)


def word(text: str = "What we read") -> bytes:
    made = Document()
    made.add_paragraph(text)
    memory = io.BytesIO()
    made.save(memory)
    return memory.getvalue()


def excel() -> bytes:
    made = Workbook(write_only=True)
    made.create_sheet("figures").append(["What we counted"])
    memory = io.BytesIO()
    made.save(memory)
    return memory.getvalue()


def repacked(
    content: bytes, added: Mapping[str, bytes], changed: Mapping[bytes, bytes] | None = None
) -> bytes:
    """Pack a zip file anew, with more in it, and with words of its list of types changed."""
    memory = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml":
                for before, after in (changed or {}).items():
                    part = part.replace(before, after)
            new.writestr(name, part)
        for name, part in added.items():
            new.writestr(name, part)
    return memory.getvalue()


def with_macros() -> bytes:
    return repacked(word(), {"word/vbaProject.bin": b"macros"})


def called_docx_but_docm() -> bytes:
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return repacked(word(), {}, {kind: b"application/vnd.ms-word.document.macroEnabled.main+xml"})


def bomb() -> bytes:
    """A few hundred kilobytes that unpack to 400 MB."""
    return repacked(word(), {"word/media/image1.png": bytes(400 * 1024 * 1024)})


def many_parts() -> bytes:
    return repacked(word(), {f"word/media/{number}.png": b"" for number in range(6000)})


def plain_zip() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("run.exe", EXE)
    return memory.getvalue()


def encrypted_entry() -> bytes:
    """A document whose list of parts says that they are encrypted."""
    content = bytearray(word())
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    return bytes(content)
