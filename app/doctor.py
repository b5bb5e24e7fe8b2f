"""What a computer needs for a brief and for the service: what is there, what is missing, what mends it."""
# ruff: noqa: PLC0415 - what the other commands do not need is imported inside the functions

import ctypes.util
import os
import platform
import shlex
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from app.database.revision import State
    from app.database.session import Database
    from app.settings import Settings


LEAST_PYTHON = (3, 11)
PACKAGES = (
    *("numpy", "scipy", "pydantic", "PyYAML", "jinja2", "typer", "rich", "weasyprint"),
    *("fastapi", "uvicorn", "SQLAlchemy", "alembic", "psycopg", "PyNaCl", "argon2-cffi"),
)
ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "report_templates" / "fonts"

_FAMILIES = ("latin-400", "latin-600", "latin-ext-400", "latin-ext-600")
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
_INTO_FILES = (
    " MAIL=file is for trying the service out: each file in DATA_FOLDER/mail has an address beside its link."
)
# Mail that has been due for so long has nobody who sends it.
_LATE = timedelta(minutes=15)
_NAMES = {"debian": "Debian and Ubuntu", "fedora": "Fedora", "macos": "macOS"}
_LIKE = {"debian": "debian", "ubuntu": "debian", "fedora": "fedora", "rhel": "fedora", "centos": "fedora"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. ``mend`` is the exact command, or empty."""

    state: Literal["ok", "warn", "missing"]
    name: str
    message: str
    mend: str = ""


def diagnose() -> tuple[Check, ...]:
    """Look at everything that the commands need."""
    computer = (python(), *packages(), pango(), harfbuzz_subset(), fonts(), sqlite(), temporary_folder())
    return (*computer, *service())


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
    from app.briefs.rendering import pdf_problem

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


def sqlite() -> Check:
    """Name the version of SQLite; the service sets it so that the faults of some versions do not matter."""
    return Check("ok", "SQLite", sqlite3.sqlite_version)


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


def service() -> Iterator[Check]:
    """Look at the settings of the service, and at the database and the mail that they name."""
    from pydantic import ValidationError

    from app.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        names = sorted({str(one["loc"][0]).upper() for one in error.errors() if one["loc"]})
        wrong = ", ".join(names) or "two that do not fit together"
        yield Check("missing", "Settings", f"wrong: {wrong}. “diagnostic serve” says what is right.")
        return
    yield Check("ok", "Settings", f"people reach the service at {settings.base_url}.")
    yield from _kept(settings)


def _kept(settings: "Settings") -> Iterator[Check]:
    from sqlalchemy.exc import DBAPIError

    from app.database.engine import UnsafeDatabase, check_engine
    from app.database.revision import State, state_of
    from app.database.session import Database

    if settings.embedded and not Path(settings.address.removeprefix("sqlite:///")).exists():
        yield Check("ok", "Database", "none yet; “diagnostic serve” makes it.")
        return
    database = Database.at(settings.address)
    try:
        check_engine(database.engine)
        state = state_of(database.engine)
        yield _of_state(state, settings)
        if state is State.CURRENT:
            yield _mail(settings, database)
    except UnsafeDatabase as error:
        yield Check("missing", "Database", str(error))
    except DBAPIError:
        yield Check("missing", "Database", "cannot be used. Check DATABASE_URL and DATA_FOLDER.")
    finally:
        database.close()


def _of_state(state: "State", settings: "Settings") -> Check:
    if state == "current":
        return Check("ok", "Database", "up to date.")
    if state == "ahead":
        return Check("missing", "Database", "it belongs to a later version of the service. Install that one.")
    if settings.embedded:
        return Check("ok", "Database", "“diagnostic serve” will bring it up to date when it starts.")
    return Check("missing", "Database", "not up to date.", "diagnostic migrate")


def _mail(settings: "Settings", database: "Database") -> Check:
    from app.mail.queries import what_waits
    from app.web.dates import now

    with database.transaction(writes=False) as session:
        found = what_waits(session, now())
    last = f" The last problem: {found.problem}" if found.problem else ""
    if found.given_up:
        said = f"messages given up: {found.given_up}.{last}"
        return Check("warn", "Mail", said, "diagnostic work --once --again")
    if found.oldest is not None and now() - found.oldest > _LATE:
        said = f"messages that wait: {found.waiting}. Nothing sends them.{last}"
        return Check("warn", "Mail", said, "diagnostic serve" if settings.embedded else "diagnostic work")
    if settings.mail != "smtp" and settings.secure:
        said = f"it reaches nobody while MAIL is not smtp.{_INTO_FILES if settings.mail == 'file' else ''}"
        return Check("warn", "Mail", said, "export MAIL=smtp")
    said = f"messages that wait: {found.waiting}.{last}{_INTO_FILES if settings.mail == 'file' else ''}"
    return Check("warn" if last else "ok", "Mail", said)
