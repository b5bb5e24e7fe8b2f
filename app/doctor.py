"""What a computer needs for a brief: what is there, what is missing, and the command that mends it."""

import ctypes.util
import os
import platform
import shlex
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path
from typing import Literal

State = Literal["ok", "warn", "missing"]

LEAST_PYTHON = (3, 11)
PACKAGES = ("numpy", "scipy", "pydantic", "PyYAML", "jinja2", "typer", "rich", "weasyprint")
ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "report_templates" / "fonts"

_FAMILIES = ("latin-400", "latin-600", "latin-ext-400", "latin-ext-600")
# Databases in write-ahead mode may be damaged by these (the WAL-reset bug, https://sqlite.org/wal.html).
_BROKEN_SQLITE = ((3, 7, 0), (3, 51, 2))
_PANGO = {
    "debian": "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "dnf install -y pango harfbuzz",
    "macos": "brew install pango harfbuzz",
}
_PYTHON = {
    "debian": "apt-get install -y python3 python3-venv",
    "fedora": "dnf install -y python3.12",
    "macos": "brew install python@3.12",
}
_NAMES = {"debian": "Debian and Ubuntu", "fedora": "Fedora", "macos": "macOS"}
_LIKE = {"debian": "debian", "ubuntu": "debian", "fedora": "fedora", "rhel": "fedora", "centos": "fedora"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. ``mend`` is the exact command, or empty."""

    state: State
    name: str
    message: str
    mend: str = ""


def diagnose() -> tuple[Check, ...]:
    """Look at everything that the commands need."""
    return (python(), *packages(), pango(), harfbuzz_subset(), fonts(), sqlite(), temporary_folder())


def system() -> str | None:
    """Give the family of systems that this computer belongs to: debian, fedora or macos."""
    if sys.platform == "darwin":
        return "macos"
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return None
    kin = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    return next((_LIKE[name] for name in kin if name in _LIKE), None)


def command(commands: dict[str, str]) -> str:
    """Give the command for this system, or the commands for all where the system is another one."""
    here = system()
    if here is not None:
        return _as_administrator(here, commands[here])
    return "; ".join(f"{_NAMES[name]}: {_as_administrator(name, text)}" for name, text in commands.items())


def pango_command() -> str:
    """Give the command that installs Pango."""
    return command(_PANGO)


def _as_administrator(family: str, text: str) -> str:
    """Homebrew refuses root; the others need it."""
    return text if family == "macos" or os.geteuid() == 0 else f"sudo {text}"


def python() -> Check:
    """Look at the version of Python."""
    least = ".".join(map(str, LEAST_PYTHON))
    if sys.version_info >= LEAST_PYTHON:
        return Check("ok", "Python", platform.python_version())
    return Check(
        "missing", "Python", f"{platform.python_version()}; {least} or later is needed.", command(_PYTHON)
    )


def packages() -> Iterator[Check]:
    """Look for each Python package."""
    for name in PACKAGES:
        try:
            yield Check("ok", name, installed(name))
        except PackageNotFoundError:
            yield Check(
                "missing",
                name,
                "not installed.",
                shlex.join([sys.executable, "-m", "pip", "install", "-r", str(ROOT / "requirements.txt")]),
            )


def pango() -> Check:
    """Look for Pango, without which there is HTML but no PDF."""
    from app.briefs.rendering import pdf_problem  # noqa: PLC0415 (templates are not needed by other commands)

    if pdf_problem() is None:
        return Check("ok", "Pango", "the PDF can be made.")
    return Check("missing", "Pango", "not found, so a brief has its HTML but no PDF.", pango_command())


def harfbuzz_subset() -> Check:
    """Look for the library that keeps the fonts in a PDF small."""
    if any(map(ctypes.util.find_library, ("harfbuzz-subset", "harfbuzz-subset-0"))):
        return Check("ok", "HarfBuzz subset", "fonts in the PDF are cut down fast.")
    return Check(
        "warn", "HarfBuzz subset", "not found; the PDF is made all the same, more slowly.", pango_command()
    )


def fonts() -> Check:
    """Look for the fonts that come with the service."""
    there = [path.name for path in FONTS.glob("*.woff2")] if FONTS.is_dir() else []
    absent = [family for family in _FAMILIES if not any(f"-{family}-" in name for name in there)]
    if not absent:
        return Check("ok", "Fonts", f"Source Sans 3, {len(there)} files.")
    return Check(
        "missing",
        "Fonts",
        f"Source Sans 3 lacks {', '.join(absent)} in {FONTS}. Take the files from the repository again.",
        shlex.join(["git", "-C", str(ROOT), "checkout", "--", "report_templates/fonts"]),
    )


def sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> Check:
    """Look at SQLite, which matters once the service stores answers."""
    words = ".".join(map(str, version))
    oldest, newest = _BROKEN_SQLITE
    if not oldest <= version <= newest:
        return Check("ok", "SQLite", words)
    return Check(
        "warn",
        "SQLite",
        f"{words} may damage a database to which two connections write at once (versions 3.7.0 to 3.51.2). "
        "Nothing here stores answers yet. Before the service does, use a Python with SQLite 3.51.3 or later, "
        "or PostgreSQL.",
    )


def temporary_folder() -> Check:
    """Look whether a temporary file can be written."""
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"x")
    except OSError as error:
        return Check(
            "missing",
            "Temporary folder",
            f"cannot be written ({error.strerror or error}). Name one that can.",
            "export TMPDIR=$HOME/tmp; mkdir -p $TMPDIR",
        )
    return Check("ok", "Temporary folder", tempfile.gettempdir())
