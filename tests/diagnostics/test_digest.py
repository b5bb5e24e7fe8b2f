"""Whatever changes the inputs changes the digest, and nothing else does."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from diagnostics.digest import digest_of
from diagnostics.evidence import Answers, Evidence, Frame, FrameCell, Quote, Review
from diagnostics.framework import Framework
from tests.diagnostics.planted_wave import Cell, profile_of, records_of, wave_of
from tests.diagnostics.small_framework import load, put, small, small_data

CELLS = [
    Cell("curators", "East", 30, 15, (0.0, 1.0)),
    Cell("educators", "West", 40, 20, (0.5, 1.0)),
    Cell(None, None, 0, 2),
]


def evidence() -> tuple[Frame, Evidence]:
    framework = small()
    fieldwork = [
        *records_of(framework, "interview", 3, role="curators"),
        *records_of(framework, "document", 2),
    ]
    quotes = [Quote("interview-0", "labels", "We look.", False)]
    reviews = [Review("objects", "written_not_done", True, "Seen.")]
    return wave_of(framework, CELLS, fieldwork, quotes=quotes, reviews=reviews, needs=("time",), comments=2)


def digest(
    changed: Evidence | None = None,
    frame: Frame | None = None,
    framework: Framework | None = None,
    method: str = "1.0",
    previous: str | None = None,
) -> str:
    usual, given = evidence()
    return digest_of(framework or small(), frame or usual, changed or given, method, previous)


def with_answers(**changes: object) -> Evidence:
    given = evidence()[1]
    assert given.answers is not None
    return replace(given, answers=replace(given.answers, **changes))  # type: ignore[arg-type] # the caller names fields


def answers() -> Answers:
    found = evidence()[1].answers
    assert found is not None
    return found


def one_value_changed() -> Evidence:
    values = answers().values.copy()
    values[3, 2] = 1.0 if values[3, 2] != 1.0 else 0.0
    return with_answers(values=values)


def one_answer_lost() -> Evidence:
    values = answers().values.copy()
    values[3, 2] = np.nan
    return with_answers(values=values)


def one_dont_know() -> Evidence:
    unsure = answers().dont_know.copy()
    unsure[3, 2] = True
    return with_answers(dont_know=unsure)


def two_people_exchanged() -> Evidence:
    roles = list(answers().role_group)
    roles[0], roles[20] = roles[20], roles[0]
    return with_answers(role_group=tuple(roles))


def label_moved_from_role_to_area() -> tuple[Evidence, Evidence]:
    """The last role and the first area, run together, read the same."""
    roles, areas = list(answers().role_group), list(answers().service_area)
    first = with_answers(role_group=(*roles[:-1], "wardens"), service_area=("East", *areas[1:]))
    second = with_answers(role_group=(*roles[:-1], "ward"), service_area=("ensEast", *areas[1:]))
    return first, second


def one_rating_changed() -> Evidence:
    given = evidence()[1]
    return replace(given, ratings=(replace(given.ratings[0], stage=1), *given.ratings[1:]))


def one_reason_changed() -> Evidence:
    given = evidence()[1]
    return replace(given, ratings=(replace(given.ratings[0], reason="Heard."), *given.ratings[1:]))


def one_record_changed() -> Evidence:
    given = evidence()[1]
    return replace(given, records=(replace(given.records[0], month=date(2026, 8, 1)), *given.records[1:]))


def quote_released() -> Evidence:
    given = evidence()[1]
    return replace(given, quotes=(replace(given.quotes[0], released=True),))


def review_turned() -> Evidence:
    given = evidence()[1]
    return replace(given, reviews=(replace(given.reviews[0], confirmed=False),))


def threshold_raised() -> Evidence:
    given = evidence()[1]
    return replace(given, diagnostic=replace(given.diagnostic, threshold=11))


@pytest.mark.parametrize(
    "changed",
    [
        one_value_changed,
        one_answer_lost,
        one_dont_know,
        two_people_exchanged,
        lambda: with_answers(needs=(frozenset({"maps"}), *answers().needs[1:])),
        lambda: with_answers(needs=(None, *answers().needs[1:])),
        lambda: with_answers(comments={"SAY1": ("Words.", "Other words.")}),
        lambda: with_answers(replacement_links=1),
        lambda: replace(evidence()[1], answers=None),
        one_rating_changed,
        one_reason_changed,
        one_record_changed,
        quote_released,
        review_turned,
        threshold_raised,
    ],
)
def test_changed_evidence_changes_the_digest(changed: object) -> None:
    assert callable(changed)
    assert digest(changed()) != digest()


def test_roles_and_areas_do_not_run_together() -> None:
    first, second = label_moved_from_role_to_area()
    assert digest(first) != digest(second)


def test_changed_frame_framework_method_and_previous_wave_change_the_digest() -> None:
    frame = Frame((FrameCell("curators", "East", 31), *evidence()[0].cells[1:]))
    data = small_data()
    put(data, "headings[0].characteristics[0].stages[2]", "Another word.")
    changed = [
        digest(frame=frame),
        digest(framework=load(data)),
        digest(method="1.1"),
        digest(previous="0" * 64),
        digest(previous="1" * 64),
    ]
    assert len({*changed, digest()}) == len(changed) + 1


@pytest.mark.parametrize(
    "path",
    [
        "name",
        "headings[1].characteristics[0].survey[0].text",
        "headings[2].characteristics[1].statement",
        "steps[4].otherwise",
        "scales[0].options[0].label",
        "resources[1].helps_with",
    ],
)
def test_any_word_of_the_framework_counts(path: str) -> None:
    data = small_data()
    put(data, path, "Another word.")
    assert digest(framework=load(data)) != digest()


def test_same_input_same_digest() -> None:
    assert digest() == digest()
    assert len(digest()) == 64
    again = load(small_data())
    assert again is not small()
    assert digest(framework=again) == digest()


def test_layout_of_the_array_does_not_count() -> None:
    turned = np.asfortranarray(answers().values)
    assert digest(with_answers(values=turned)) == digest()


def test_digest_of_the_profile_holds_that_of_the_wave_before() -> None:
    framework, wave = small(), evidence()
    before = profile_of(framework, wave)
    other = profile_of(framework, (wave[0], one_value_changed()))
    later = [profile_of(framework, wave, previous).digest for previous in (None, before, other)]
    assert len(set(later)) == 3
    assert later[0] == before.digest


SCRIPT = """
from tests.benchmarks.workforce import FRAMEWORK, invented_wave
from diagnostics.disclosure import publish
from diagnostics.handing_on import hand_on
from diagnostics.profile import build_profile
import hashlib, sys
before = build_profile(FRAMEWORK, *invented_wave(90, 5))
text = publish(build_profile(FRAMEWORK, *invented_wave(120, 6), hand_on(before))).to_json()
sys.stdout.write(hashlib.sha256(text.encode()).hexdigest())
"""


def test_other_process_with_other_hashes_gives_the_same_bytes() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(found) == 1 and len(found.pop()) == 64
