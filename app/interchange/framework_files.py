"""Finding and reading framework files: those that come with the service, and a folder's own."""

import os
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from app.interchange.delimited import decode, read_bytes
from app.interchange.faults import Report
from app.interchange.vocabulary import Vocabulary, quoted
from diagnostics.framework import Framework, FrameworkError, load_framework

FrameworkLoader = Callable[[str], Framework]

# The framework that a new diagnostic uses.
PUBLISHED = "evidence_use_v1"

_SUFFIXES = {".yaml", ".yml"}


@lru_cache(maxsize=8)
def load_once(text: str) -> Framework:
    """Load a framework; the same text is read once, since two waves often share it."""
    return load_framework(text)


def supplied_frameworks() -> dict[str, Path]:
    """Give the frameworks that come with the service, by id."""
    folder = Path(str(files("diagnostics"))) / "frameworks"
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def framework_path(named: str, folder: Path) -> tuple[Path | None, str]:
    """Find the framework that an id or a path (relative to the folder) names; else say what would be "
    "right."""
    supplied = supplied_frameworks()
    if named in supplied:
        return supplied[named], ""
    if Path(named).suffix in _SUFFIXES or "/" in named:
        path = folder / named
        if os.path.isfile(path):
            return path, ""
        return None, f"There is no framework file {quoted(named)}, seen from this folder. Correct the path."
    words = Vocabulary("a framework of this service", [(name, name) for name in supplied])
    return (
        None,
        f"{words.unknown(named)} Or give the path of a framework file (.yaml), seen from this folder.",
    )


def read_framework(
    path: Path, name: str, report: Report, load: FrameworkLoader = load_once
) -> Framework | None:
    """Read a framework; its faults go into the report, with their paths as columns."""
    content = read_bytes(path, name, report)
    text = None if content is None else decode(content, name, report)
    if text is None:
        return None
    try:
        return load(text)
    except FrameworkError as error:
        for fault in error.faults:
            report.fault(name, None, fault.path or None, fault.message)
    except RecursionError:
        report.fault(name, None, None, "This is not readable YAML: it is nested too deeply.")
    return None
