"""The auditor as it is called: on computed profiles, on planted ones, and on several releases."""

import subprocess
import sys
from dataclasses import replace

import pytest

from diagnostics.disclosure import publish
from diagnostics.disclosure_audit import KnowledgeOfAnother, Release, audit
from diagnostics.knowledge_of import side_knowledge
from diagnostics.profile import build_profile
from diagnostics.published import GroupScore, PublishedItem
from tests.benchmarks.workforce import FRAMEWORK, invented_wave
from tests.diagnostics.audit_material import Cell, release, with_heading, with_page

FORBIDDEN = (
    "suppression", "joint_suppression", "item_suppression", "survey_suppression", "as_printed", "publication",
    "survey_publication", "disclosure", "profile", "survey_results", "mean_attack", "measure", "narrowest",
)  # fmt: skip


@pytest.fixture(scope="module")
def computed() -> Release:
    profile = build_profile(FRAMEWORK, *invented_wave(120, 5), rank_draws=False)
    published = publish(profile)
    return Release(published, side_knowledge(profile, published))


def with_first_heading(given: Release, **parts: object) -> Release:
    first, *others = given.published.headings
    changed = replace(first, **parts)  # type: ignore[arg-type] # the test names its fields
    return replace(given, published=replace(given.published, headings=(changed, *others)))


def test_a_computed_profile_is_read_throughout(computed: Release) -> None:
    said: list[str] = []
    report = audit([computed], progress=said.append)
    assert report.attacked > 1000
    assert 0 < report.groups_shown <= report.groups == 66
    assert {"contradiction", "timed out"}.isdisjoint(weakness.rule for weakness in report.weaknesses)
    assert said == [
        "Reading the pages",
        "Putting together what is said of each score",
        "Attacking the groups of wave 1",
        "Attacking the answers of wave 1",
    ]


def test_a_small_group_put_back_is_found(computed: Release) -> None:
    heading = computed.published.headings[0]
    hidden = [row for row in heading.groups.service_area if row.suppressed]
    assert hidden, "a wave of this size hides an area"
    shown = GroupScore(hidden[0].id, hidden[0].name, 50, "10 to 19", False)
    areas = tuple(shown if row.id == shown.id else row for row in heading.groups.service_area)
    report = audit([with_first_heading(computed, groups=replace(heading.groups, service_area=areas))])
    assert not report.passed
    assert any(heading.name in weakness.table for weakness in report.weaknesses)


def test_a_share_to_the_unit_is_found(computed: Release) -> None:
    heading = computed.published.headings[0]

    def finer(item: PublishedItem) -> PublishedItem:
        if item.shares is None:
            return item
        return replace(item, shares=(item.shares[0] + 1, *item.shares[1:]))

    report = audit([with_first_heading(computed, items=tuple(finer(item) for item in heading.items))])
    assert any("finer than the nearest 5" in weakness.found for weakness in report.weaknesses)


def test_knowledge_of_another_profile_is_refused(computed: Release) -> None:
    other = replace(computed, knowledge=replace(computed.knowledge, digest="another"))
    with pytest.raises(KnowledgeOfAnother, match="belongs to another profile"):
        audit([other])


def test_nothing_at_all_passes() -> None:
    report = audit([])
    assert report.passed and report.attacked == 0


def test_a_wave_without_a_survey_passes() -> None:
    silent = release([])
    response = replace(silent.published.response, answered=None, rate=None)
    assert audit([with_page(silent, response=response)]).passed


CELLS = [
    Cell(role, area, 60, 30)
    for role in ("leaders", "registered", "support")
    for area in ("North", "South", "East")
]


def wave(number: int, **parts: object) -> Release:
    return release(
        CELLS,
        survey=50,
        ends=(45, 55),
        roles={"leaders": 50, "registered": 50, "support": 50},
        areas={"North": 50, "South": 50, "East": 50},
        items={"CUL1": ((5, 25, 45, 25, 5), 50)},
        needs={"works": 40},
        wave=number,
        **parts,  # type: ignore[arg-type] # the test names its fields
    )


def test_two_waves_and_the_same_page_again_pass() -> None:
    assert audit([wave(1), wave(1), wave(2, answers="of the next wave")]).weaknesses == ()


def test_weaknesses_are_told_apart_by_wave_and_version() -> None:
    fine, other = wave(1), wave(1, answers="one answer mended")
    broken = with_page(wave(2), threshold=9)
    tables = [weakness.table for weakness in audit([fine, other, broken]).weaknesses]
    assert "Wave 1 (version 1) and Wave 1 (version 2), all tables" in tables
    assert "Wave 2, threshold" in tables


def test_releases_of_other_authorities_do_not_mix() -> None:
    other = wave(1, answers="elsewhere")
    published = replace(other.published, authority=replace(other.published.authority, code="X2"))
    assert audit([wave(1), Release(published, other.knowledge)]).passed


def test_a_weakness_is_a_sentence() -> None:
    weakness = audit([with_heading(wave(1), tipping_point=12.5)]).weaknesses
    assert all(str(w).startswith("Wave 1, Culture") and str(w).endswith(".") for w in weakness)


def test_the_auditor_shares_no_code_with_what_hides() -> None:
    code = (
        "import sys, diagnostics.disclosure_audit\n"
        f"print([m for m in sys.modules if m.removeprefix('diagnostics.') in {FORBIDDEN!r}"
        " and m.startswith('diagnostics.')], 'scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] False"
