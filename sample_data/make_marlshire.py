"""Make the evidence of the invented Marlshire County Council: two waves, the same bytes each time.

Run from the project's folder:

    .venv/bin/python sample_data/make_marlshire.py              writes both waves
    .venv/bin/python sample_data/make_marlshire.py --expected   also makes expected_profile.json anew

The first wave was a survey alone, as first waves often are.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from diagnostics.framework import load_framework  # noqa: E402
from sample_data.invention import marlshire, marlshire_fieldwork  # noqa: E402
from sample_data.invention.answers import survey_rows  # noqa: E402
from sample_data.invention.draws import Draws  # noqa: E402
from sample_data.invention.fieldwork import Fieldwork, fieldwork_from  # noqa: E402
from sample_data.invention.folders import FRAMEWORK, Council, files_of, make, settings_text, write_files  # noqa: E402

COUNCIL = Council(
    "X00000003",
    "Marlshire County Council",
    "evidence@marlshire.example",
    "sample_data/make_marlshire.py",
)
SEEDS = {1: 20250303, 2: 20260302}
DATES = {1: ("2025-03-03", "2025-04-04", "2025-05-12"), 2: ("2026-03-02", "2026-04-03", "2026-05-18")}


def write_waves(folder: Path) -> None:
    """Write both evidence folders into a folder."""
    framework = load_framework(FRAMEWORK.read_text(encoding="utf-8"))
    for wave, dates in DATES.items():
        draws = Draws(SEEDS[wave])
        workforce = marlshire.workforce(wave)
        frame = workforce.frame()
        people = workforce.people(draws, marlshire.AREAS[:11])
        answers = survey_rows(marlshire.story(wave, frame), framework, people, draws)
        fieldwork = None if wave == 1 else _fieldwork()
        files = files_of(settings_text(COUNCIL, wave, dates), frame, answers, fieldwork)
        write_files(folder / f"wave_{wave}", files)


def _fieldwork() -> Fieldwork:
    parts = marlshire_fieldwork
    return fieldwork_from((parts.TALKS, parts.VISITS, parts.PAPERS), parts.QUOTES, parts.REVIEWS)


if __name__ == "__main__":
    make("Marlshire", "wave_2", write_waves)
