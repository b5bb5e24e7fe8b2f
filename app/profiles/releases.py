"""Releases as files: a profile, and in the folder beside it what stays inside the team."""

import csv
import io
import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.interchange.delimited import read_bytes
from app.interchange.faults import Fault, Report, in_reading_order, printable
from diagnostics.framework_checks import shape_faults
from diagnostics.published import PublishedProfile, read_profile
from diagnostics.releases import Release, Withheld
from diagnostics.side_knowledge import SideKnowledge, read_side_knowledge

PROFILE = "profile.json"
KNOWLEDGE = "side-knowledge.json"
WITHHELD = "withheld.csv"
README = "README.txt"
# Everything of these folders stays inside the team: the second and third lie in the first.
INTERNAL, ISSUED, REPLACED = "internal", "issued", "replaced"

FOLDER_MODE, FILE_MODE = 0o700, 0o600

_DIGITS = 12
_LISTED = 5
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_ABOUT = f"""\
Keep this folder inside the team that makes the diagnostic. Never publish it, and never send it on
with the brief.

{KNOWLEDGE}
    Counts how many people work in each role group and service area, and how many of them answered.
    "diagnostic audit" needs it to test what is published.
{WITHHELD}
    Lists what the brief does not show, and why. The reason alone can give somebody away.
{ISSUED}/
    Versions of a wave that people already hold. The next run takes them into account. Keep them for as
    long as anybody has them.
{REPLACED}/
    Versions that a later run wrote over. If anybody has seen one, run "diagnostic analyse" again and
    name its {PROFILE} with --issued. Delete those that nobody has seen.
"""


class UnreadableReleases(ValueError):
    """Files that should hold releases do not; ``faults`` holds every reason."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = in_reading_order(faults)
        super().__init__("\n".join(str(fault) for fault in printable(self.faults)))


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A release, the profile's file in which it was found, and whether nobody named that file."""

    path: Path
    release: Release
    kept: bool


def read_releases(
    paths: Iterable[Path], *, knowledge: Iterable[Path] = (), kept_in: Iterable[Path] = ()
) -> tuple[Found, ...]:
    """Read profiles with their side knowledge, and the issued versions that are kept beside them.

    Parameters
    ----------
    paths
        Each a profile's file, or a folder with a ``profile.json``.
    knowledge
        Files of side knowledge, used where a profile has their digest; for the others it is looked for
        in ``internal/`` beside the profile, or beside it.
    kept_in
        Folders whose issued versions count too.

    Returns
    -------
    tuple of Found
        What was named first, then what was kept. The same release is given once.

    Raises
    ------
    UnreadableReleases
        With every reason.
    """
    report = Report()
    files = [path / PROFILE if os.path.isdir(path) else path for path in paths]
    given = {file: _knowledge(file, report) for file in dict.fromkeys(knowledge)}
    by_digest = {known.digest: known for known in given.values() if known is not None}
    found: list[Found] = []
    kept = [version for folder in [*(file.parent for file in files), *kept_in] for version in _kept(folder)]
    for place, file in enumerate(dict.fromkeys([*files, *kept])):
        release = _release(file, by_digest, report)
        if release is not None and all(release != other.release for other in found):
            found.append(Found(file, release, kept=place >= len(set(files))))
    published = {one.release.published.digest for one in found}
    if not report.faults:
        for file, known in given.items():
            if known is not None and known.digest not in published:
                report.fault(
                    str(file), None, None,
                    "This side knowledge belongs to none of the profiles. Name that of the same run.",
                )  # fmt: skip
    if report.faults:
        raise UnreadableReleases(report.all_faults())
    return tuple(found)


def read_profiles(paths: Iterable[Path]) -> dict[Path, PublishedProfile]:
    """Read published profiles alone, each a profile's file or a folder with a ``profile.json``.

    Raises
    ------
    UnreadableReleases
        With every reason; a profile that is not as it was written is one.
    """
    report = Report()
    found: dict[Path, PublishedProfile] = {}
    for path in dict.fromkeys(path / PROFILE if os.path.isdir(path) else path for path in paths):
        published = _profile(path, report)
        if published is None:
            continue
        found[path] = published
        if published.own_digest() != published.digest:
            report.fault(
                str(path), None, None,
                "It is not as it was written: its digest does not fit what it holds. Ask for the file anew.",
            )  # fmt: skip
    if report.faults:
        raise UnreadableReleases(report.all_faults())
    return found


def _kept(folder: Path) -> list[Path]:
    """Give the files of the issued versions that a folder keeps."""
    return sorted((folder / INTERNAL / ISSUED).glob(f"*/{PROFILE}"))


def replaced_by(release: Release, folder: Path, issued: Iterable[Release]) -> PublishedProfile | None:
    """Give the version of the same wave that stands in a folder, if it is another and was not issued."""
    try:
        there = read_profile((folder / PROFILE).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        # What cannot be read is no profile that anybody could have been given from here.
        return None
    same = (release.published, *(version.published for version in issued))
    if wave_of(there) != wave_of(release.published) or there.digest in {one.digest for one in same}:
        return None
    return there


def wave_of(published: PublishedProfile) -> tuple[str, int]:
    """Give the authority's code and the wave."""
    return published.authority.code, published.wave


def names_of(found: Sequence[Found]) -> list[str]:
    """Name releases by authority and wave, and versions of one wave by their place among them."""
    waves = [wave_of(one.release.published) for one in found]
    names = []
    for place, (one, wave) in enumerate(zip(found, waves, strict=True)):
        # The auditor counts versions in the same way, so that its words lead to a file.
        version = f" (version {waves[: place + 1].count(wave)})" if waves.count(wave) > 1 else ""
        names.append(f"{one.release.published.authority.name}, wave {wave[1]}{version}")
    return names


def folder_of(published: PublishedProfile) -> str:
    """Give the name of the folder in which a version is kept."""
    return published.digest[:_DIGITS]


def write_internal(
    folder: Path, release: Release, withheld: Sequence[Withheld], issued: Iterable[Release]
) -> None:
    """Write what stays inside the team into a new folder, for its owner's eyes alone."""
    _make(folder)
    _write(folder / KNOWLEDGE, release.knowledge.to_json())
    _write(folder / WITHHELD, _withheld_csv(withheld))
    _write(folder / README, _ABOUT)
    for version in issued:
        name = folder_of(version.published)
        # Two cuts of the same evidence have one digest.
        number = 1
        while (place := folder / ISSUED / (name if number == 1 else f"{name}-{number}")).exists():
            number += 1
        _make(folder / ISSUED)
        _make(place)
        _write(place / PROFILE, version.published.to_json())
        _write(place / KNOWLEDGE, version.knowledge.to_json())


def keep_replaced(folder: Path, there: PublishedProfile, draft: Path) -> None:
    """Copy the version that stands in a folder, with what is known beside it, into a draft's ``internal``."""
    place = draft / INTERNAL / REPLACED / folder_of(there)
    for part in (draft / INTERNAL, draft / INTERNAL / REPLACED, place):
        _make(part)
    _write(place / PROFILE, (folder / PROFILE).read_text(encoding="utf-8-sig"))
    with suppress(OSError, ValueError):
        text = (folder / INTERNAL / KNOWLEDGE).read_text(encoding="utf-8")
        if read_side_knowledge(text).digest == there.digest:
            _write(place / KNOWLEDGE, text)


def _make(folder: Path) -> None:
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)


def _write(path: Path, text: str) -> None:
    def for_the_owner(name: str, flags: int) -> int:
        return os.open(name, flags, FILE_MODE)

    with open(path, "w", encoding="utf-8", newline="", opener=for_the_owner) as file:
        file.write(text)


def _withheld_csv(withheld: Iterable[Withheld]) -> str:
    """Give the log as CSV; what a spreadsheet would take for a formula begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("measure", "table", "group", "reason"))
    for line in withheld:
        cells = (line.measure, line.table, line.group, line.reason)
        writer.writerow(f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in cells)
    return text.getvalue()


def _release(file: Path, by_digest: dict[str, SideKnowledge], report: Report) -> Release | None:
    published = _profile(file, report)
    if published is None:
        return None
    if published.digest in by_digest:
        return Release(published, by_digest[published.digest])
    beside = [file.parent / INTERNAL / KNOWLEDGE, file.parent / KNOWLEDGE]
    place = next((path for path in beside if os.path.lexists(path)), None)
    if place is None:
        report.fault(
            str(file), None, None,
            f"There is no {INTERNAL}/{KNOWLEDGE} beside it. Without it the auditor does not know who belongs "
            "where. Run “diagnostic analyse” again on the evidence of this version; it writes "
            f"{INTERNAL}/{KNOWLEDGE}. Or name the file with --knowledge.",
        )  # fmt: skip
        return None
    known = _knowledge(place, report)
    if known is None:
        return None
    if known.digest != published.digest:
        report.fault(
            str(file), None, None,
            f"It has the digest {folder_of(published)}…, and {place} belongs to {known.digest[:_DIGITS]}…. "
            "They are of two versions. Name the side knowledge of the same run with --knowledge, or run "
            "“diagnostic analyse” again.",
        )  # fmt: skip
        return None
    return Release(published, known)


def _profile(file: Path, report: Report) -> PublishedProfile | None:
    said = f"Name the {PROFILE} that “diagnostic analyse” wrote."
    text = _json_of(file, "profile/1", said, report)
    if text is None:
        return None
    try:
        published = read_profile(text)
    except ValidationError as error:
        _say_shape(file, error, report)
        return None
    # A field that the auditor would not see is a number that nobody attacks.
    unknown = list(_unknown(json.loads(text), json.loads(published.to_json())))
    for field in unknown[:_LISTED]:
        report.fault(str(file), None, None, f"{field}: This is no part of a profile. Take it out.")
    return None if unknown else published


def _knowledge(file: Path, report: Report) -> SideKnowledge | None:
    text = _json_of(
        file, "side-knowledge/1", f"Name the {KNOWLEDGE} that “diagnostic analyse” wrote.", report
    )
    if text is None:
        return None
    try:
        return read_side_knowledge(text)
    except ValidationError as error:
        _say_shape(file, error, report)
        return None


def _json_of(file: Path, schema: str, hint: str, report: Report) -> str | None:
    """Read a file's text, which is JSON of this schema as far as its first field tells."""
    if not os.path.lexists(file):
        report.fault(str(file), None, None, f"There is no such file. {hint}")
        return None
    content = read_bytes(file, str(file), report)
    if content is None:
        return None
    try:
        text = content.decode("utf-8-sig")
        value = json.loads(text)
    except json.JSONDecodeError as error:
        report.fault(
            str(file), None, None,
            f"This is not JSON: {error.msg} on line {error.lineno}, column {error.colno}. {hint}",
        )  # fmt: skip
        return None
    except (ValueError, RecursionError):
        report.fault(str(file), None, None, f"This is not JSON. {hint}")
        return None
    if not isinstance(value, dict) or value.get("schema") != schema:
        report.fault(str(file), None, None, f"This is not of the schema {schema}. {hint}")
        return None
    return text


def _say_shape(file: Path, error: ValidationError, report: Report) -> None:
    faults = shape_faults(error)
    for fault in faults[:_LISTED]:
        report.fault(str(file), None, None, str(fault))
    if len(faults) > _LISTED:
        report.fault(str(file), None, None, f"and {len(faults) - _LISTED:,} more.")


def _unknown(given: Any, kept: Any, path: str = "") -> Iterable[str]:
    """Name the fields of a JSON value that were dropped when it was read."""
    if isinstance(given, dict) and isinstance(kept, dict):
        for key, value in given.items():
            there = f"{path}.{key}" if path else key
            if key in kept:
                yield from _unknown(value, kept[key], there)
            else:
                yield there
    elif isinstance(given, list) and isinstance(kept, list):
        for place, (one, other) in enumerate(zip(given, kept, strict=False)):
            yield from _unknown(one, other, f"{path}[{place}]")
