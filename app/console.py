"""What the command line says, and how: plain lines, tables on a terminal, and how far the work is.

What is slow to import is imported inside the functions, so that ``diagnostic --help`` answers at once.
"""
# ruff: noqa: PLC0415

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from app.interchange.faults import Fault
    from diagnostics.audit_report import Weakness

Progress = Callable[[str], None]
# How a command ends; README says what each means.
NOT_READY, FAULTY, WITHOUT_PDF, LEAKS = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a table on a terminal; ``most`` is how many characters wide it may be."""

    heading: str
    most: int | None = None


_FAULTS = (
    _Column("File", 30),
    _Column("Row", 15),
    _Column("Column", 26),
    _Column("What is wrong and what would be right"),
)
_WEAKNESSES = (_Column("Table", 36), _Column("What can be worked out"), _Column("What to do"))


def forgive_letters() -> None:
    """Let a terminal that cannot show a letter show a question mark, rather than a traceback."""
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")


def say(message: str, *, stderr: bool = False) -> None:
    """Print a message without control characters."""
    from app.interchange.vocabulary import printable_text

    _console(stderr=stderr).print(printable_text(message))


def complain(message: str) -> None:
    """Print a message where errors go."""
    say(message, stderr=True)


def stop(message: str, code: int) -> NoReturn:
    """Say why, and end the command with this exit code."""
    if message:
        complain(message)
    raise typer.Exit(code)


def count(number: int, one: str, several: str) -> str:
    """Give "1 fault" or "1,234 faults"."""
    return f"{number:,} {one if number == 1 else several}"


def warn(warnings: tuple["Fault", ...]) -> None:
    """Print warnings under their number, if there are any."""
    if warnings:
        complain(f"{count(len(warnings), 'warning', 'warnings')}:")
        list_faults(warnings)


def list_faults(faults: Iterable["Fault"]) -> None:
    """Print faults or warnings."""
    from app.interchange.faults import printable

    shown = printable(tuple(faults))
    rows = [(fault.file, fault.place, fault.column or "", fault.message) for fault in shown]
    _list(_FAULTS, rows, [str(fault) for fault in shown])


def list_weaknesses(weaknesses: Iterable["Weakness"]) -> None:
    """Print what could be worked out of what would be published, table by table."""
    rows = [(weakness.table, weakness.found, weakness.mend) for weakness in weaknesses]
    _list(_WEAKNESSES, rows, [" | ".join(row) for row in rows])


@contextmanager
def show_progress(parts: int) -> Iterator[Progress]:
    """Show how far the work is: a bar on a terminal, a line for each part elsewhere."""
    console = _console(stderr=True)
    if not console.is_terminal:
        yield console.print
        return
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(BarColumn(), TextColumn("{task.description}"), console=console, transient=True) as bar:
        # A part counts once the next one begins.
        task = bar.add_task("", total=parts, completed=-1)
        yield lambda part: bar.update(task, description=part, advance=1)


def _console(*, stderr: bool = False) -> "Console":
    """Give a console that neither wraps lines nor colours words of its own accord."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, soft_wrap=True)


def _list(columns: Sequence[_Column], rows: Iterable[Sequence[str]], lines: Iterable[str]) -> None:
    """Print rows as a table on a terminal, and as lines to a file or another program."""
    from app.interchange.vocabulary import printable_text

    console = _console(stderr=True)
    if not console.is_terminal:
        for line in lines:
            complain(line)
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    for column in columns:
        table.add_column(column.heading, overflow="fold", max_width=column.most)
    for row in rows:
        table.add_row(*(Text(printable_text(cell)) for cell in row))
    console.print(table, soft_wrap=False)
