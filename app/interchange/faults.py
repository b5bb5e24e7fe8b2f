"""What is wrong with an evidence folder: every fault with its file, row and column, and how to mend it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NoReturn

# So many faults are printed one by one; beyond that, faults of one kind are counted.
PRINTED_IN_FULL = 200
# So many faults of one file are kept. A file with more is not a file of this kind.
KEPT_PER_FILE = 200_000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong (or, among the warnings, worth a look).

    Attributes
    ----------
    file : str
        The file as the folder names it, e.g. ``survey.csv``; of a workbook the sheet too.
    row : int or None
        The row as a spreadsheet numbers it (the header is row 1); in a YAML file its line.
    column : str or None
        The column's name; in a YAML file or a sheet of keys the key (``dates.survey_opened``).
    message : str
        What is wrong and what would be right.
    line : int or None
        The line of the text file on which the row starts, where that is another number than ``row``
        (line breaks within earlier cells make it so).
    """

    file: str
    row: int | None
    column: str | None
    message: str
    line: int | None = None

    @property
    def place(self) -> str:
        """The row in words for the reader of a spreadsheet and of a text editor alike."""
        if self.row is None:
            return ""
        return f"{self.row}" if self.line is None else f"{self.row} (line {self.line})"

    def __str__(self) -> str:
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.place}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return f"{', '.join(parts)}: {self.message}"


class EvidenceFolderError(ValueError):
    """An evidence folder cannot be used; ``faults`` holds every reason, ``warnings`` what else was seen."""

    def __init__(self, faults: Iterable[Fault], warnings: Iterable[Fault] = ()) -> None:
        self.faults = in_reading_order(faults)
        self.warnings = tuple(warnings)
        super().__init__("\n".join(str(fault) for fault in printable(self.faults)))


@dataclass(slots=True)
class Report:
    """Gathers faults and warnings while a folder is read.

    ``called`` says what a file is called where it is another than the usual one: ``frame.csv`` may be a sheet
    of a workbook, and ``survey.csv`` an export. ``reworded`` does the same within messages.
    """

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    called: dict[str, str] = field(default_factory=dict)
    reworded: dict[str, str] = field(default_factory=dict)
    _count: Counter[str] = field(default_factory=Counter)

    def name_of(self, file: str) -> str:
        """Give what a file is called here."""
        return self.called.get(file, file)

    def _message(self, message: str) -> str:
        for usual, here in self.reworded.items():
            message = message.replace(usual, here)
        return message

    def fault(
        self, file: str, row: int | None, column: str | None, message: str, line: int | None = None
    ) -> None:
        """Note a fault."""
        file = self.name_of(file)
        self._count[file] += 1
        if self._count[file] <= KEPT_PER_FILE:
            self.faults.append(Fault(file, row, column, self._message(message), line))

    def warn(self, file: str, row: int | None, column: str | None, message: str) -> None:
        """Note something that does not stand in the way."""
        self.warnings.append(Fault(self.name_of(file), row, column, self._message(message)))

    def all_faults(self) -> tuple[Fault, ...]:
        """Give the faults, with a line for each file that has more than are kept."""
        overflow = [
            Fault(file, None, None, f"There are {count - KEPT_PER_FILE:,} more faults in this file.")
            for file, count in self._count.items()
            if count > KEPT_PER_FILE
        ]
        return (*self.faults, *overflow)

    def fail(self) -> NoReturn:
        """Raise all faults at once."""
        raise EvidenceFolderError(self.all_faults(), self.warnings)


def in_reading_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Put faults in the order of their files, and within a file of their rows."""
    found = list(faults)
    files = {file: place for place, file in enumerate(dict.fromkeys(fault.file for fault in found))}
    return tuple(sorted(found, key=lambda fault: (files[fault.file], fault.row or 0)))


def within(folder: str, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Name the folder before each file, for faults of another folder than the one asked for."""
    return tuple(replace(fault, file=f"{folder.rstrip('/')}/{fault.file}") for fault in faults)


def printable(faults: tuple[Fault, ...], limit: int = PRINTED_IN_FULL) -> tuple[Fault, ...]:
    """Shorten a long list: of every column of a file the first faults, then how many more there are.

    A list of at most ``limit`` faults is given back as it is.
    """
    if len(faults) <= limit:
        return faults
    kinds = Counter((fault.file, fault.column) for fault in faults)
    each = max(1, limit // len(kinds))
    shown: list[Fault] = []
    given: Counter[tuple[str, str | None]] = Counter()
    for fault in faults:
        kind = (fault.file, fault.column)
        given[kind] += 1
        if given[kind] <= each and len(shown) < limit:
            shown.append(fault)
    printed = Counter((fault.file, fault.column) for fault in shown)
    more = [
        Fault(file, None, column, f"and {count - printed[file, column]:,} more of the same kind.")
        for (file, column), count in kinds.items()
        if printed[file, column] and count > printed[file, column]
    ]
    hidden: Counter[str] = Counter()
    for (file, column), count in kinds.items():
        if not printed[file, column]:
            hidden[file] += count
    rest = [
        Fault(file, None, None, f"and {count:,} more in other columns.") for file, count in hidden.items()
    ]
    return _file_by_file(shown, more, rest)


def _file_by_file(shown: list[Fault], more: list[Fault], rest: list[Fault]) -> tuple[Fault, ...]:
    """Put what is counted after what is shown of the same file."""
    files = dict.fromkeys(fault.file for fault in [*shown, *rest])
    return tuple(
        fault for file in files for part in (shown, more, rest) for fault in part if fault.file == file
    )
