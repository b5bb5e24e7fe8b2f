"""A wave and those before it: the folders that ``previous`` leads to, each read with its own framework."""

import os
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from app.interchange.evidence_folder import EvidenceFolder, Examined, examine
from app.interchange.faults import EvidenceFolderError, Fault, within
from app.interchange.settings_file import FILE, Settings


@dataclass(frozen=True, slots=True)
class _Link:
    """A folder of the chain: how it is called, seen from the newest, and what was found in it."""

    name: str
    examined: Examined


def read_waves(path: Path, *, framework_file: Path | None = None) -> tuple[EvidenceFolder, ...]:
    """Read a folder and the folders of the waves before it.

    Parameters
    ----------
    path : Path
        The folder of the newest wave.
    framework_file : Path or None
        A framework to use for the newest wave; the others keep the one that they name.

    Returns
    -------
    tuple of EvidenceFolder
        The oldest wave first. Warnings name their folder, save those of the newest.

    Raises
    ------
    EvidenceFolderError
        With the faults of all folders.
    """
    chain = _chain(path, framework_file)
    for newer, older in pairwise(chain):
        _compare(newer.examined, older.examined.settings)
    faults: list[Fault] = []
    warnings: list[Fault] = []
    for link in chain:
        faults += _named(link.name, link.examined.report.all_faults())
        warnings += _named(link.name, link.examined.report.warnings)
    folders = [link.examined.folder for link in chain if link.examined.folder is not None]
    if faults or len(folders) < len(chain):
        raise EvidenceFolderError(faults, warnings)
    names = [link.name for link in chain]
    return tuple(
        replace(folder, warnings=tuple(_named(name, folder.warnings)))
        for name, folder in reversed(list(zip(names, folders, strict=True)))
    )


def _chain(path: Path, framework_file: Path | None) -> list[_Link]:
    chain = [_Link("", examine(path, framework_file=framework_file))]
    seen = {path.resolve()}
    previous = chain[0].examined.previous
    while previous is not None:
        newest = chain[-1].examined
        if previous.resolve() in seen:
            _fault(
                newest,
                "The folders of the waves lead back to one another. Name the folder of the wave before.",
            )
            break
        seen.add(previous.resolve())
        chain.append(_Link(_seen_from(path, previous), examine(previous)))
        previous = chain[-1].examined.previous
    return chain


def _seen_from(path: Path, previous: Path) -> str:
    """Give how a folder, or the folder of a workbook, is called, seen from the newest wave."""
    here, there = (one if os.path.isdir(one) else one.parent for one in (path, previous))
    name = os.path.relpath(there, here)
    return "" if name == "." else name


def _compare(newer: Examined, older: Settings) -> None:
    settings = newer.settings
    if settings.wave is not None and older.wave is not None and older.wave >= settings.wave:
        _fault(
            newer,
            f"The folder is of wave {older.wave}, and this is wave {settings.wave}. "
            "A previous wave has a lower number: "
            "correct the path, or the number of a wave.",
        )
    if settings.code is not None and older.code is not None and older.code != settings.code:
        _fault(
            newer,
            f"The folder is of the authority {older.code}, and this one of {settings.code}. "
            "Name the folder of the same authority.",
        )


def _fault(newer: Examined, message: str) -> None:
    named = newer.settings.previous
    newer.report.fault(FILE, None if named is None else named.line, "previous", message)


def _named(name: str, faults: tuple[Fault, ...] | list[Fault]) -> tuple[Fault, ...]:
    return within(name, faults) if name else tuple(faults)
