"""The sample evidence reads without a fault, tells its story, and is what its script makes."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from app.interchange.evidence_folder import read_folder
from diagnostics.disclosure import publish
from diagnostics.evidence import DATA_REVIEW, Record
from diagnostics.framework_parts import Characteristic
from diagnostics.profile import Profile
from diagnostics.published import PublishedHeading, PublishedProfile
from sample_data.make_wexbourne import profile_of, write_waves

HIDDEN = {"Disabled children", "Youth justice"}
CHILDREN_S_FEEDBACK = {"PRA4", "PRA5"}
LONG_REASON = 25


@pytest.fixture(scope="module")
def wexbourne(project_root: Path) -> Path:
    return project_root / "sample_data" / "wexbourne"


@pytest.fixture(scope="module")
def profile(wexbourne: Path) -> Profile:
    return profile_of(wexbourne / "wave_2")


@pytest.fixture(scope="module")
def published(profile: Profile) -> PublishedProfile:
    return publish(profile)


@pytest.fixture(scope="module")
def headings(published: PublishedProfile) -> dict[str, PublishedHeading]:
    return {heading.id: heading for heading in published.headings}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.glob("wave_*/*"))}


def pattern_status(heading: PublishedHeading) -> dict[str, str]:
    return {pattern.id: pattern.status for pattern in heading.patterns}


@pytest.mark.parametrize("wave", [1, 2])
def test_folder_reads_without_faults_or_warnings(wexbourne: Path, wave: int) -> None:
    folder = read_folder(wexbourne / f"wave_{wave}")
    assert not folder.warnings
    assert folder.evidence.diagnostic.authority_code == "X00000001"
    assert folder.evidence.diagnostic.wave == wave


def test_script_writes_the_same_bytes(wexbourne: Path, tmp_path: Path) -> None:
    write_waves(tmp_path)
    assert files_of(tmp_path) == files_of(wexbourne)


def test_method_gives_the_expected_profile(published: PublishedProfile, wexbourne: Path) -> None:
    expected = (wexbourne / "expected_profile.json").read_text(encoding="utf-8")
    assert published.to_json() == expected, "if this is meant: sample_data/make_wexbourne.py --expected"


def test_wave_1_stands_on_its_own(wexbourne: Path) -> None:
    first = publish(profile_of(wexbourne / "wave_1"))
    assert (first.response.answered, first.response.frame) == (215, 405)
    assert first.records == {"interview": 7, "observation": 5, "document": 10}
    assert all(heading.combined is not None for heading in first.headings)
    assert all(heading.change is None for heading in first.headings)


def test_who_answered(published: PublishedProfile) -> None:
    assert (published.response.answered, published.response.frame, published.response.rate) == (248, 420, 59)
    assert published.records == {"interview": 9, "observation": 6, "document": 14}
    rates = {group.id: group.rate or 0 for group in published.response.by_role_group}
    assert max(rates, key=rates.__getitem__) == "leaders"
    assert min(rates, key=rates.__getitem__) == "support"


def test_small_areas_are_hidden_everywhere(published: PublishedProfile) -> None:
    assert {group.name for group in published.response.by_service_area if group.suppressed} == HIDDEN
    assert not any(group.suppressed for group in published.response.by_role_group)
    for heading in published.headings:
        assert {group.name for group in heading.groups.service_area if group.suppressed} == HIDDEN
        assert not any(group.suppressed for group in heading.groups.role_group)


def test_supervision_is_written_and_not_done(profile: Profile, headings: dict[str, PublishedHeading]) -> None:
    assert pattern_status(headings["systems"]) == {
        "said_not_seen": "confirmed",
        "written_not_done": "confirmed",
    }
    assert [(p.a, p.b, p.status) for p in headings["systems"].pairs if p.code == "dissonance"] == [
        ("observation", "document", "confirmed")
    ]
    supervision = profile.about("sys_supervision").sources
    assert (read := supervision["document"]) is not None
    assert (seen := supervision["observation"]) is not None
    assert round(read.score) >= 67
    assert seen.score <= 35


def test_leaders_stand_above_practitioners(headings: dict[str, PublishedHeading]) -> None:
    named = {h.id for h in headings.values() if "leaders_above_practitioners" in pattern_status(h)}
    assert named == {"culture"}
    gaps = {heading: h.gap.difference or 0 for heading, h in headings.items() if h.gap is not None}
    assert gaps["culture"] > 25
    assert all(0 < gap < gaps["culture"] for heading, gap in gaps.items() if heading != "culture")
    assert all(15 <= gaps[heading] <= 30 for heading in ("capability", "systems", "leadership", "culture"))


def test_one_improvement_is_real_and_one_is_not(
    published: PublishedProfile, headings: dict[str, PublishedHeading]
) -> None:
    changes = {heading: h.change for heading, h in headings.items() if h.change is not None}
    assert {heading for heading, change in changes.items() if change.reliable} == {"practice"}
    assert changes["practice"].difference in (5, 6, 7)
    assert changes["culture"].difference in (3, 4)
    others = changes.keys() - {"practice", "culture"}
    assert all(abs(changes[heading].difference or 0) < 3 for heading in others)
    items = {item.code: item.change for h in published.headings for item in h.items}
    moved = {code for code, change in items.items() if change is not None and change.reliable}
    assert moved == CHILDREN_S_FEEDBACK


def test_silence_and_thinness(headings: dict[str, PublishedHeading]) -> None:
    silent = {heading: 4 - len(h.sources.present()) for heading, h in headings.items()}
    assert silent == {
        "capability": 0,
        "systems": 0,
        "practice": 0,
        "leadership": 1,
        "culture": 0,
        "skills": 2,
    }
    thin = [
        (heading, source)
        for heading, h in headings.items()
        for source, score in h.sources.present().items()
        if score.thin
    ]
    assert thin == [("culture", "document")]


def test_stages_and_confidence(headings: dict[str, PublishedHeading]) -> None:
    stages = {heading: (h.stage.low, h.stage.high) for heading, h in headings.items() if h.stage}
    assert stages == {
        "capability": (2, 3),
        "systems": (2, 3),
        "practice": (3, 3),
        "leadership": (3, 3),
        "culture": (2, 2),
        "skills": (2, 2),
    }
    sure = {
        heading: (h.confidence.grade, [reason.code for reason in h.confidence.reasons])
        for heading, h in headings.items()
    }
    assert sure == {
        "capability": ("high", []),
        "systems": ("moderate", ["sources_disagree"]),
        "practice": ("high", []),
        "leadership": ("high", []),
        "culture": ("moderate", ["raters_differ"]),
        "skills": ("low", ["two_sources", "no_practitioner"]),
    }
    overruled = [(h.id, p.a, p.b) for h in headings.values() for p in h.pairs if p.status == "overruled"]
    assert overruled == [("capability", "interview", "document")]


def test_answers_hang_together(profile: Profile) -> None:
    assert profile.survey is not None
    alphas = [a.alpha.value for a in profile.survey.agreement if a.alpha is not None]
    assert len(alphas) == 6
    assert all(0.75 <= alpha <= 0.885 for alpha in alphas)
    by_area = {
        h.id: a.icc1 or 0 for h, a in zip(profile.framework.headings, profile.survey.agreement, strict=True)
    }
    assert [heading for heading, icc1 in by_area.items() if icc1 > 0.1] == ["culture"]
    derived = dict(zip(by_area, profile.survey.derived_importance, strict=True))
    assert sorted(derived, key=derived.__getitem__)[-2:] == ["culture", "leadership"]


def test_raters_agree_as_raters_do(profile: Profile) -> None:
    together = profile.fieldwork.rater_agreement([c.id for c in profile.framework.characteristics])
    assert together.units >= 12
    assert together.alpha is not None
    assert 0.75 <= together.alpha <= 0.9
    assert all(heading.raters.units >= 1 for heading in profile.headings)


def test_first_step_answers_the_main_finding(published: PublishedProfile) -> None:
    first = [step.id for step in sorted(published.steps, key=lambda step: step.rank) if step.first]
    assert first[0] == "sys_step_supervision_question"
    assert len(first) == 3
    assert published.steps[0].tied_with == ()


@pytest.mark.parametrize("wave", [1, 2])
def test_every_rating_has_an_instrument_and_a_reason(wexbourne: Path, wave: int) -> None:
    folder = read_folder(wexbourne / f"wave_{wave}")
    records = {record.id: record for record in folder.evidence.records}
    known = {c.id: c for c in folder.framework.characteristics}
    for rating in folder.evidence.ratings:
        record = records[rating.record]
        assert could_be_rated(known[rating.characteristic], record), (record.id, rating.characteristic)
        assert len(rating.reason) >= LONG_REASON
        assert rating.reason.endswith(".")
    reasons = {rating.reason for rating in folder.evidence.ratings}
    assert len(reasons) >= 0.6 * len(folder.evidence.ratings)
    assert {record.kind for record in records.values() if record.source == "document"} >= {
        *(document.id for document in folder.framework.document_types if wave == 2),
        DATA_REVIEW,
    }


def could_be_rated(characteristic: Characteristic, record: Record) -> bool:
    if record.source == "interview":
        return any(record.role_group in question.role_groups for question in characteristic.interview)
    if record.source == "observation":
        return any(record.kind == observation.setting for observation in characteristic.observation)
    if record.kind == DATA_REVIEW:
        return bool(characteristic.indicators)
    return any(record.kind == rubric.document for rubric in characteristic.documents)


def test_differing_raters_are_reconciled(wexbourne: Path) -> None:
    for wave in (1, 2):
        units: dict[tuple[str, str], dict[str, str]] = {}
        for row in rows(wexbourne / f"wave_{wave}" / "ratings.csv"):
            units.setdefault((row["record_id"], row["characteristic"]), {})[row["rater"]] = row["stage"]
        for unit, stages in units.items():
            own = {stage for rater, stage in stages.items() if rater != "reconciled"}
            assert ("reconciled" in stages) == (len(own) > 1), unit


@pytest.mark.parametrize("wave", [1, 2])
def test_comments_and_quotes_are_varied_and_name_nobody(wexbourne: Path, wave: int) -> None:
    survey = rows(wexbourne / f"wave_{wave}" / "survey.csv")
    comments = [row[code] for row in survey for code in ("COM1", "COM2") if row[code]]
    assert 0.25 < len(comments) / len(survey) < 0.4
    assert max(Counter(comments).values()) <= 2
    assert all(5 <= len(comment.split()) <= 20 for comment in comments)
    quotes = rows(wexbourne / f"wave_{wave}" / "quotes.csv")
    assert {quote["released"] for quote in quotes} == {"yes", "no"}
    texts = [
        *comments,
        *(quote["text"] for quote in quotes),
        *(row["reason"] for row in rows(wexbourne / f"wave_{wave}" / "ratings.csv")),
    ]
    # A capital within a sentence would be a name, or a day of the week.
    named = [
        text
        for text in texts
        if re.search(r"(?<=[a-z,;] )(?!I\b|Friday\b|June\b|July\b|May\b|March\b)[A-Z]", text)
    ]
    assert not named


def test_questions_that_a_role_is_not_shown_stay_empty(wexbourne: Path) -> None:
    for wave in (1, 2):
        folder = read_folder(wexbourne / f"wave_{wave}")
        groups = {group.id for group in folder.framework.role_groups}
        for row in rows(wexbourne / f"wave_{wave}" / "survey.csv"):
            role = row["role_group"] if row["role_group"] in groups else None
            assert not any(row[q.code] for q in folder.framework.questions if not q.is_shown_to(role))
