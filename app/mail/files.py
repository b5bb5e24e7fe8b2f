"""Mail that was written into files: what each belongs to stands in its name, so that it can be deleted."""

import re
from pathlib import Path

from app.mail.messages import Message

FOLDER = "mail"
_ABOUT = re.compile(r"-(?P<about>[0-9a-f]{32})-")


def name_of(message: Message, row: object) -> str:
    """Give the name of a message's file. The same message always has the same one."""
    parts = (message.kind.replace(" ", "-"), message.about, str(row))
    return "-".join(part for part in parts if part) + ".eml"


def files_about(data_folder: Path) -> dict[str, list[Path]]:
    """Give the files that belong to something, by what it is."""
    found: dict[str, list[Path]] = {}
    folder = data_folder / FOLDER
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        about = _ABOUT.search(path.name)
        if about is not None:
            found.setdefault(about["about"], []).append(path)
    return found
