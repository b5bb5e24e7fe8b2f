"""The files of a record in rows."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from app.fieldwork.files.kinds import KINDS
from app.fieldwork.files.store import FileStore
from app.fieldwork.models import Attachment, FieldworkRecord
from app.fieldwork.presenters import record_address
from app.web.dates import uk_time

_KILO = 1024


def size_words(size: int) -> str:
    """Write a size: 2.4 MB."""
    if size >= _KILO * _KILO:
        return f"{size / _KILO / _KILO:.1f} MB"
    return f"{max(1, round(size / _KILO))} KB"


def kind_words(media_type: str) -> str:
    """Write what a file is: PDF, Word document."""
    words = next((kind.words for kind in KINDS if kind.media_type == media_type), "a file")
    return words.partition(" ")[2]


def file_address(record: FieldworkRecord, file: Attachment, further: str = "") -> str:
    """Give the address from which a file is downloaded, or of a page beneath it."""
    return record_address(record, f"/files/{file.id}{further}")


def file_rows(
    record: FieldworkRecord, files: Iterable[Attachment], names: Mapping[UUID, str], store: FileStore
) -> list[dict[str, object]]:
    """Give a row for each file; of one that is not there any more it says so."""
    return [
        {
            "name": file.name,
            "about": f"{kind_words(file.media_type)}, {size_words(file.size)}",
            "added": f"{uk_time(file.added_at)}, by {names.get(file.added_by, 'somebody')}",
            "there": store.has(file.stored),
            "address": file_address(record, file),
        }
        for file in files
    ]
