"""Every number on every surface of a report is found in the one object that it was cut from."""

import re
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import get_type_hints

import grimp
import pytest
from typer.testing import CliRunner

from app.briefs import services
from app.briefs.brief import Edition, present_brief
from app.briefs.services import BriefFiles, write_brief
from app.briefs.templating import render_html
from app.cli import app
from diagnostics.comparison import Comparison
from diagnostics.framework import Framework
from diagnostics.published import PublishedProfile
from tests.report.explained_numbers import AuditedObject
from tests.report.invented_peers import write_peers
from tests.report.rendered import html_of, pdf_of
from tests.report.surfaces import NoReaderError, Passage, read_html, read_surface
from tests.report.variants import PREVIOUS, VARIANTS
from tests.report.written_numbers import numbers_in, plain_text

# WeasyPrint 70 leaves the colour profile that it reads for PDF/A to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning")

ROOT = Path(__file__).parents[2]
# What stays inside the team: the log of what is withheld, and what an attacker is assumed to know.
INTERNAL = "internal"
# What may stand between the object and a brief: its words and the framework; nothing that has seen answers.
FORMS_OF_FILES = {"app.interchange.word_document"}
OPEN_MODULES = {
    "diagnostics.comparison",
    "diagnostics.framework",
    "diagnostics.framework_checks",
    "diagnostics.framework_parts",
    "diagnostics.published",
    "diagnostics.published_parts",
    "diagnostics.short_marks",
    "diagnostics.wording",
}


@dataclass(frozen=True, slots=True)
class Analysed:
    """What an analysis wrote, and the object that it handed to the brief."""

    out: Path
    audited: AuditedObject

    def surfaces(self) -> Iterator[tuple[str, bytes]]:
        """Give every file outside the internal folder."""
        for path in sorted(self.out.rglob("*")):
            name = path.relative_to(self.out)
            if path.is_file() and name.parts[0] != INTERNAL:
                yield str(name), path.read_bytes()


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Analysed:
    """Analyse the sample beside others, and note the object on its way to the surfaces."""
    seen: list[AuditedObject] = []

    def noting(
        profile: PublishedProfile,
        framework: Framework,
        out: Path,
        *,
        previous: PublishedProfile | None = None,
        comparison: Comparison | None = None,
        progress: Callable[[str], None],
    ) -> BriefFiles:
        seen.append(AuditedObject(profile, framework, previous, comparison))
        return write_brief(
            profile, framework, out, previous=previous, comparison=comparison, progress=progress
        )

    folder = tmp_path_factory.mktemp("analysed")
    out = folder / "out"
    peers = write_peers(folder / "peers", VARIANTS["sample"][0], 12)
    compared = [part for path in peers for part in ("--compare", str(path))]
    wave = ROOT / "sample_data" / "wexbourne" / "wave_2"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(services, "write_brief", noting)
        result = CliRunner().invoke(app, ["analyse", str(wave), "--out", str(out), *compared])
    assert result.exit_code == 0, result.output
    assert len(seen) == 1
    return Analysed(out, seen[0])


def test_every_number_of_every_file_that_an_analysis_writes_is_in_the_object(analysed: Analysed) -> None:
    names = []
    for name, data in analysed.surfaces():
        names.append(name)
        assert analysed.audited.unexplained_in(name, data) == [], name
    assert {"brief.html", "brief.pdf", "brief.docx", "self-evaluation.txt", "profile.json"} <= set(names)
    assert {"actions.xlsx", "tables.csv", "tables.xlsx", "comparison.json"} <= set(names)
    assert {"for-staff.html", "for-staff.pdf", "annex.html", "annex.pdf"} <= set(names)


def test_only_the_internal_folder_is_not_for_everybody_and_nobody_else_can_open_it(
    analysed: Analysed,
) -> None:
    folders = {path.name for path in analysed.out.iterdir() if path.is_dir()}
    assert folders <= {INTERNAL}
    inside = [path for path in analysed.out.rglob("*") if INTERNAL in path.relative_to(analysed.out).parts]
    for path in inside:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


@lru_cache
def passages_of(variant: str) -> tuple[Passage, ...]:
    """Read the PDF of a variant, which takes seconds."""
    return tuple(read_surface("brief.pdf", pdf_of(variant)))


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_number_of_a_brief_is_in_its_object(variant: str) -> None:
    audited = AuditedObject(*VARIANTS[variant], PREVIOUS.get(variant))
    assert audited.unexplained_in("brief.html", html_of(variant).encode()) == []
    assert audited.unexplained(passages_of(variant)) == []


@pytest.mark.parametrize("variant", ["usual", "ends_of_the_scale", "silent_sources"])
def test_what_is_said_of_the_wave_before_is_in_its_object(variant: str) -> None:
    """The last wave's scores stand beside this wave's. They are of the object published then."""
    profile, framework = VARIANTS[variant]
    before = replace(VARIANTS["first_wave"][0], as_of="2025-12-01")
    page = render_html(present_brief(profile, framework, before)).encode()
    assert b"Last wave: " in page
    assert AuditedObject(profile, framework, before).unexplained_in("brief.html", page) == []
    assert AuditedObject(profile, framework).unexplained_in("brief.html", page)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_pdf_prints_no_number_more_often_than_the_page(variant: str) -> None:
    """In the text of a PDF rows run together; but the page, whose rows are checked, has them all."""
    said = Counter(
        digits
        for passage in read_html("brief.html", html_of(variant).encode())
        if _is_printed(passage)
        for digits in re.findall(r"\d+", plain_text(passage.text))
    )
    brief = present_brief(*VARIANTS[variant])
    running = "|".join(
        map(re.escape, (brief.furniture.document, brief.furniture.season, brief.furniture.authority))
    )
    printed: Counter[str] = Counter()
    sheets = [passage for passage in passages_of(variant) if passage.mixed]
    for number, sheet in enumerate(sheets, start=1):
        # The season and the document's name stand on every page, and the page's number.
        text = re.sub(rf"\b{number} of 4|Evidence, page {number}\b|{running}", " ", plain_text(sheet.text))
        printed.update(re.findall(r"\d+", text))
    assert len(sheets) >= 5
    assert printed - said == Counter()


def _is_printed(passage: Passage) -> bool:
    return not re.search(r"@|comment$| title$", passage.where)


def test_nothing_unpublished_can_reach_a_surface() -> None:
    """Geometry is not read; but whoever draws it knows nothing except the object and the framework."""
    graph = grimp.build_graph("app", "diagnostics", cache_dir=None)
    drawing = graph.find_upstream_modules("app.briefs.services") | {"app.briefs.services"}
    ours = {module for module in drawing if module.startswith("app.")}
    assert {module for module in ours if not module.startswith("app.briefs.")} <= FORMS_OF_FILES
    # What shapes a Word file knows neither evidence nor a profile.
    for module in FORMS_OF_FILES:
        assert graph.find_upstream_modules(module) == set()
    assert {module for module in drawing if module.startswith("diagnostics.")} <= OPEN_MODULES


def test_a_brief_is_made_from_published_profiles_alone() -> None:
    hints = get_type_hints(present_brief)
    assert hints.pop("return").__module__ == "app.briefs.brief"
    assert hints == {
        "profile": PublishedProfile,
        "framework": Framework,
        "previous": PublishedProfile | None,
        "comparison": Comparison | None,
        # Which holds words alone: a draft, or the version that it mends.
        "edition": Edition,
    }


def test_style_sheets_are_the_same_in_every_brief() -> None:
    """They are not read for numbers, so none of a report may be in them."""
    sheets = {tuple(re.findall(r"<style.*?</style>", html_of(variant), re.DOTALL)) for variant in VARIANTS}
    assert len(sheets) == 1
    assert not any(re.search(r"<[^>]+\sstyle=", html_of(variant)) for variant in VARIANTS)


def test_a_kind_of_file_without_a_reader_is_an_error() -> None:
    with pytest.raises(NoReaderError, match=r"no reader for this kind of file: chart\.png"):
        list(read_surface("chart.png", b"\x89PNG"))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1,234 of 2,000", ["1,234", "2,000"]),
        ("12.5 and ½ and 2½", ["12.5", "0.5", "2.5"]),
        ("by −3, or -4; 5–9, 10-19", ["−3", "-4", "5", "9", "10", "19"]),
        ("95% or more, 10 to 19", ["95", "10", "19"]),
        ("14 December 2026, 2026-12-14, 2026-12-14T09:30:00Z", ["14 December 2026", "2026-12-14", "…"]),
        ("O1–O4; n47, 47pts, n=47", ["O1", "O4", "n47", "47pts", "47"]),
        ("Six in ten staff, nine people, nine lives", ["Six", "nine"]),
        ("１２ and ٣ and x² and ①", ["12", "٣", "x2", "1"]),
    ],
)
def test_numbers_are_read_however_they_are_written(text: str, read: list[str]) -> None:
    said = ["…" if "T" in written.text else written.text for written in numbers_in(text)]
    assert said == read
