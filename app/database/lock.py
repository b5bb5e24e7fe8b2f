"""One process at a time writes to the embedded database; the others are told which one that is.

The lock is the operating system's, so it is gone when its holder is, however that ended. The words in the
file only name the holder.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = ".lock"


class InUse(RuntimeError):
    """Another command is writing to the embedded database; ``holder`` names it."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"{holder} is using this database.")
        self.holder = holder


@contextmanager
def only_writer(database: Path, command: str) -> Iterator[None]:
    """Be the only command that writes to a database's file.

    Raises
    ------
    InUse
        Where another command is.
    """
    path = database.with_name(database.name + LOCK)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Never deleted: whoever deletes a lock file may delete the one that somebody else has just locked.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(file.read().strip() or "Another command") from error
        file.truncate()
        file.write(f"“diagnostic {command}” (process {os.getpid()})")
        file.flush()
        yield
        file.seek(0)
        file.truncate()
