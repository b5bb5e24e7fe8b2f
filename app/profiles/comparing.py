"""Profiles of other authorities as somebody names them, and what of them a comparison rests on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.interchange.faults import Fault
from app.profiles.releases import UnreadableReleases, read_profiles, wave_of
from diagnostics.comparison import LEAST_AUTHORITIES, Comparison, compare, comparison_group
from diagnostics.published import PublishedProfile


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it: ``comparison`` is None without enough others; ``notes`` say what was left out."""

    comparison: Comparison | None
    notes: tuple[Fault, ...]


def read_others(named: Iterable[Path]) -> dict[Path, PublishedProfile]:
    """Read profiles to compare with.

    Raises
    ------
    UnreadableReleases
        Where a file holds no profile, or two files hold different versions of one wave.
    """
    found = read_profiles(named)
    first: dict[tuple[str, int], Path] = {}
    faults: list[Fault] = []
    for path, profile in found.items():
        before = first.setdefault(wave_of(profile), path)
        if found[before].digest != profile.digest:
            name = f"wave {profile.wave} of {profile.authority.name}"
            text = f"This and {before} are different versions of {name}. Name the newer one alone."
            faults.append(Fault(str(path), None, None, text))
    if faults:
        raise UnreadableReleases(faults)
    return found


def compare_with(profile: PublishedProfile, others: Mapping[Path, PublishedProfile]) -> Compared:
    """Compare a profile with those of other authorities, and say which of them did not count."""
    group = comparison_group(profile, others.values())
    used = {other.digest for other in group}
    notes = [
        Fault(str(path), None, None, _left_out(profile, other))
        for path, other in others.items()
        if other.digest not in used
    ]
    comparison = compare(profile, others.values())
    if others and comparison is None:
        left = "1 other council is" if len(group) == 1 else f"{len(group)} other councils are"
        text = (
            f"{left} left to compare with, and a comparison needs {LEAST_AUTHORITIES} with a score under the "
            "same heading. The brief says that there is no comparison group yet."
        )
        notes.append(Fault("--compare", None, None, text))
    return Compared(comparison, tuple(notes))


def _left_out(profile: PublishedProfile, other: PublishedProfile) -> str:
    name = other.authority.name
    if other.authority.code == profile.authority.code:
        return f"Left out of the comparison: this is {name} itself."
    if (other.framework.id, other.framework.version) != (profile.framework.id, profile.framework.version):
        mine, theirs = (f"{one.framework.id} {one.framework.version}" for one in (profile, other))
        return f"Left out of the comparison: {name} used the framework {theirs}, and this is {mine}."
    return f"Left out of the comparison: a newer wave of {name} is named too."
