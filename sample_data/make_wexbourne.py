"""Make the evidence of the invented Wexbourne council: two waves, the same bytes each time.

Run from the project's folder:

    .venv/bin/python sample_data/make_wexbourne.py              writes both waves
    .venv/bin/python sample_data/make_wexbourne.py --expected   also makes expected_profile.json anew
"""

import argparse
import csv
import difflib
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from app.interchange.waves import read_waves  # noqa: E402
from diagnostics.disclosure import publish  # noqa: E402
from diagnostics.framework import Framework, load_framework  # noqa: E402
from diagnostics.profile import Profile, build_profile  # noqa: E402
from sample_data.invention.answers import survey_rows  # noqa: E402
from sample_data.invention.draws import Draws  # noqa: E402
from sample_data.invention.fieldwork import QUOTES, RATINGS, RECORDS, REVIEWS, fieldwork_of  # noqa: E402
from sample_data.invention.workforce import frame_rows, people_who_answered  # noqa: E402

WEXBOURNE = ROOT / "sample_data" / "wexbourne"
FRAMEWORK = ROOT / "diagnostics" / "frameworks" / "evidence_use_v1.yaml"
EXPECTED = "expected_profile.json"
SEEDS = {1: 20250908, 2: 20260907}
DATES = {1: ("2025-09-08", "2025-10-03", "2025-11-17"), 2: ("2026-09-07", "2026-10-02", "2026-11-16")}


def write_waves(folder: Path) -> None:
    """Write both evidence folders into a folder."""
    framework = load_framework(FRAMEWORK.read_text(encoding="utf-8"))
    for wave in DATES:
        for name, text in wave_files(wave, framework).items():
            path = folder / f"wave_{wave}" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")


def wave_files(wave: int, framework: Framework) -> dict[str, str]:
    """Give the files of one wave by their names."""
    draws = Draws(SEEDS[wave])
    answers = survey_rows(wave, framework, people_who_answered(wave, draws), draws)
    fieldwork = fieldwork_of(wave)
    return {
        "diagnostic.yaml": _settings(wave),
        "frame.csv": _table(("role_group", "service_area", "headcount"), frame_rows(wave)),
        "survey.csv": _table(tuple(answers[0]), [tuple(row.values()) for row in answers]),
        "records.csv": _table(RECORDS, fieldwork.records),
        "ratings.csv": _table(RATINGS, fieldwork.ratings),
        "quotes.csv": _table(QUOTES, fieldwork.quotes),
        "reviews.csv": _table(REVIEWS, fieldwork.reviews),
    }


def _settings(wave: int) -> str:
    opened, closed, as_of = DATES[wave]
    previous = "" if wave == 1 else f"previous: ../wave_{wave - 1}\n"
    return (
        "# Invented evidence: there is no such council. Made by sample_data/make_wexbourne.py.\n"
        "authority:\n"
        "  code: X00000001\n"
        "  name: Wexbourne Metropolitan Borough Council\n"
        f"wave: {wave}\n"
        "dates:\n"
        f"  survey_opened: {opened}\n"
        f"  survey_closed: {closed}\n"
        f"as_of: {as_of}\n"
        "framework: evidence_use_v1\n"
        "threshold: 10\n"
        "contact: write to evidence@wexbourne.example\n"
        f"{previous}"
    )


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
        profile = build_profile(wave.framework, wave.frame, wave.evidence, profile)
    assert profile is not None  # noqa: S101 (there is at least the folder itself)
    return profile


def expected_text(folder: Path) -> str:
    """Give the published profile of the newest wave as JSON text."""
    return publish(profile_of(folder / "wave_2")).to_json()


def _say_what_changed(before: str, after: str) -> None:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "before", "after", n=1, lineterm="")
    print("\n".join(lines) or "The expected profile is as it was.")


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(description="Make the invented evidence of Wexbourne.")
    parser.add_argument("--out", type=Path, default=WEXBOURNE, help="the folder for both waves")
    parser.add_argument(
        "--expected", action="store_true", help=f"also make {EXPECTED} anew and say what changed"
    )
    wanted = parser.parse_args()
    write_waves(wanted.out)
    if wanted.expected:
        path = wanted.out / EXPECTED
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        after = expected_text(wanted.out)
        path.write_text(after, encoding="utf-8", newline="\n")
        _say_what_changed(before, after)


if __name__ == "__main__":
    main()
