"""The folder of attached files: random names, open to the service alone, and no page is served from it."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

FOLDER = "fieldwork-files"
STORED = re.compile(r"[0-9a-f]{32}")
_AT_ONCE = 1024 * 1024


class FileLost(RuntimeError):
    """A stored file is not there, or not as it was stored."""


class FileStore:
    """Keeps files by random names."""

    def __init__(self, data_folder: Path) -> None:
        self.folder = data_folder / FOLDER

    def put(self, content: bytes) -> str:
        """Write a file so that it survives a power cut, and give its random name."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = secrets.token_hex(16)
        descriptor = os.open(self.folder / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        self._sync()
        return name

    def get(self, name: str, sha256: str) -> bytes:
        """Give a file's content.

        Raises
        ------
        FileLost
            Where it is gone, or is not what was stored.
        """
        try:
            content = (self.folder / name).read_bytes()
        except OSError:
            raise FileLost("is not there any more") from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise FileLost("was damaged or changed since it was attached")
        return content

    def has(self, name: str) -> bool:
        """Say whether a file is there."""
        return (self.folder / name).is_file()

    def stored(self) -> Iterator[str]:
        """Give the names of all files that are there."""
        with suppress(FileNotFoundError):
            yield from sorted(one.name for one in self.folder.iterdir() if STORED.fullmatch(one.name))

    def written_before(self, moment: datetime) -> Iterator[str]:
        """Give the names of the files that were written before a moment."""
        for name in self.stored():
            with suppress(FileNotFoundError):
                if (self.folder / name).stat().st_mtime < moment.timestamp():
                    yield name

    def remove(self, name: str) -> None:
        """Write over a file and delete it; one that is gone already is no fault."""
        with suppress(FileNotFoundError):
            path = self.folder / name
            with path.open("r+b") as file:
                left = os.fstat(file.fileno()).st_size
                while left > 0:
                    left -= file.write(bytes(min(left, _AT_ONCE)))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            self._sync()

    def _sync(self) -> None:
        """Have the folder itself remember what was added to it or taken out."""
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
