"""Evidence folders as text: what every maker of an invented council shares."""

import argparse
import csv
import difflib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.interchange.waves import read_waves
from diagnostics.disclosure import publish
from diagnostics.handing_on import hand_on
from diagnostics.profile import Profile, build_profile
from sample_data.invention.answers import Row
from sample_data.invention.fieldwork import QUOTES, RATINGS, RECORDS, REVIEWS, Fieldwork

SAMPLES = Path(__file__).resolve().parents[1]
FRAMEWORK = SAMPLES.parent / "diagnostics" / "frameworks" / "evidence_use_v1.yaml"
EXPECTED = "expected_profile.json"
Dates = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Council:
    """An invented council: its code begins with X."""

    code: str
    name: str
    contact: str
    maker: str


def settings_text(council: Council, wave: int, dates: Dates, survey: str = "") -> str:
    """Give diagnostic.yaml; the dates are those of opening, of closing and of the profile."""
    opened, closed, as_of = dates
    previous = "" if wave == 1 else f"previous: ../wave_{wave - 1}\n"
    file = f"survey: {survey}\n" if survey else ""
    return (
        f"# Invented evidence: there is no such council. Made by {council.maker}.\n"
        "authority:\n"
        f"  code: {council.code}\n"
        f"  name: {council.name}\n"
        f"wave: {wave}\n"
        "dates:\n"
        f"  survey_opened: {opened}\n"
        f"  survey_closed: {closed}\n"
        f"as_of: {as_of}\n"
        "framework: evidence_use_v1\n"
        "threshold: 10\n"
        f"contact: write to {council.contact}\n"
        f"{previous}"
        f"{file}"
    )


def files_of(
    settings: str, frame: Sequence[tuple[str, str, int]], answers: Sequence[Row], fieldwork: Fieldwork | None
) -> dict[str, str]:
    """Give the files of one wave by their names."""
    files = {
        "diagnostic.yaml": settings,
        "frame.csv": _table(("role_group", "service_area", "headcount"), frame),
        "survey.csv": _table(tuple(answers[0]), [tuple(row.values()) for row in answers]),
    }
    if fieldwork is not None:
        files |= {
            "records.csv": _table(RECORDS, fieldwork.records),
            "ratings.csv": _table(RATINGS, fieldwork.ratings),
            "quotes.csv": _table(QUOTES, fieldwork.quotes),
            "reviews.csv": _table(REVIEWS, fieldwork.reviews),
        }
    return files


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files into a folder, the same bytes on every computer."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def profile_of(folder: Path) -> Profile:
    """Compute the profile of an evidence folder, after those of the waves before it."""
    profile: Profile | None = None
    for wave in read_waves(folder):
        last = hand_on(profile) if profile else None
        profile = build_profile(wave.framework, wave.frame, wave.evidence, last)
    assert profile is not None  # noqa: S101 (there is at least the folder itself)
    return profile


def make(council: str, newest: str, write_waves: Callable[[Path], None]) -> None:
    """Do what a maker is asked for on the command line.

    Parameters
    ----------
    council
        Name of the council and, in small letters, of its folder.
    newest
        The folder of its newest wave, whose published profile is kept.
    write_waves
        Writes all its waves into a folder.
    """
    parser = argparse.ArgumentParser(description=f"Make the invented evidence of {council}.")
    parser.add_argument(
        "--out", type=Path, default=SAMPLES / council.lower(), help="the folder for all waves"
    )
    parser.add_argument(
        "--expected", action="store_true", help=f"also make {EXPECTED} anew and say what changed"
    )
    wanted = parser.parse_args()
    write_waves(wanted.out)
    if wanted.expected:
        path = wanted.out / EXPECTED
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        after = publish(profile_of(wanted.out / newest)).to_json()
        path.write_text(after, encoding="utf-8", newline="\n")
        _say_what_changed(before, after)


def _say_what_changed(before: str, after: str) -> None:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "before", "after", n=1, lineterm="")
    print("\n".join(lines) or "The expected profile is as it was.")
