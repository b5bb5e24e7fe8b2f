"""Make the evidence of the invented Wexbourne council: two waves, the same bytes each time.

Run from the project's folder:

    .venv/bin/python sample_data/make_wexbourne.py              writes both waves
    .venv/bin/python sample_data/make_wexbourne.py --expected   also makes expected_profile.json anew
"""

import argparse
import difflib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from diagnostics.disclosure import publish  # noqa: E402
from diagnostics.framework import Framework, load_framework  # noqa: E402
from sample_data.invention.answers import survey_rows  # noqa: E402
from sample_data.invention.draws import Draws  # noqa: E402
from sample_data.invention.fieldwork import fieldwork_of  # noqa: E402
from sample_data.invention.folders import (  # noqa: E402
    FRAMEWORK,
    Council,
    files_of,
    profile_of,
    settings_text,
    write_files,
)
from sample_data.invention.story import wexbourne  # noqa: E402
from sample_data.invention.workforce import frame_rows, people_who_answered  # noqa: E402

__all__ = ["expected_text", "profile_of", "wave_files", "write_waves"]

WEXBOURNE = ROOT / "sample_data" / "wexbourne"
COUNCIL = Council(
    "X00000001",
    "Wexbourne Metropolitan Borough Council",
    "evidence@wexbourne.example",
    "sample_data/make_wexbourne.py",
)
EXPECTED = "expected_profile.json"
SEEDS = {1: 20250908, 2: 20260907}
DATES = {1: ("2025-09-08", "2025-10-03", "2025-11-17"), 2: ("2026-09-07", "2026-10-02", "2026-11-16")}


def write_waves(folder: Path) -> None:
    """Write both evidence folders into a folder."""
    framework = load_framework(FRAMEWORK.read_text(encoding="utf-8"))
    for wave in DATES:
        write_files(folder / f"wave_{wave}", wave_files(wave, framework))


def wave_files(wave: int, framework: Framework) -> dict[str, str]:
    """Give the files of one wave by their names."""
    draws = Draws(SEEDS[wave])
    frame = frame_rows(wave)
    people = people_who_answered(wave, draws)
    return files_of(
        settings_text(COUNCIL, wave, DATES[wave]),
        frame,
        survey_rows(wexbourne(wave, frame), framework, people, draws),
        fieldwork_of(wave),
    )


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
