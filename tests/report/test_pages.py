"""The four pages stay four, whatever has to be said on them."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.report.rendered import CASES, brief_of, pages_of, pdf_of

MOST_WORDS = 1500
WORD = re.compile(r"[^\W\d_]{2}")
EVIDENCE_MARKS = re.compile(r"\((?:S|[IOD]\d)[^)]*\)")
POINTS_PER_MM = 72 / 25.4
BOTTOM_MARGIN_STARTS = 297 - 18


@pytest.mark.parametrize("variant", CASES)
def test_evidence_begins_on_page_five(variant: str) -> None:
    pages = pages_of(variant)
    openings = [
        brief_of(variant).one.kicker,
        brief_of(variant).two.kicker,
        brief_of(variant).three.kicker,
        brief_of(variant).four.kicker,
        "What every sentence and every chart rests on",
    ]
    for number, opening in enumerate(openings):
        flat = " ".join(pages[number].split())
        assert opening in flat, f"page {number + 1} of “{variant}” does not begin with “{opening}”"
    assert all("Evidence, page" in page for page in pages[4:])
    assert not any("Evidence, page" in page for page in pages[:4])


@pytest.mark.parametrize("variant", CASES)
def test_no_text_runs_into_the_margins(variant: str, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(pdf_of(variant))
    boxes = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    for page in boxes.split("<page ")[1:]:
        for left, right, low, word in re.findall(
            r'xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<', page
        ):
            assert float(left) / POINTS_PER_MM >= 16.5, word
            assert float(right) / POINTS_PER_MM <= 193.7, word
            bottom = float(low) / POINTS_PER_MM
            # Between the last line of the page and the footer there is nothing.
            assert bottom <= BOTTOM_MARGIN_STARTS + 1 or bottom >= BOTTOM_MARGIN_STARTS + 5, word


@pytest.mark.parametrize("variant", [variant for variant in CASES if variant != "longest"])
def test_the_four_pages_hold_no_more_than_1500_words(variant: str) -> None:
    furniture = brief_of(variant).furniture
    text = EVIDENCE_MARKS.sub("", " ".join(pages_of(variant)[:4]))
    for running in (furniture.authority, furniture.document, furniture.season):
        text = text.replace(running, "")
    # A figure or a lone letter on a chart is not a word to read.
    assert len([token for token in text.split() if WORD.search(token)]) <= MOST_WORDS


def test_forty_service_areas_show_both_ends_and_say_where_the_rest_is() -> None:
    by_area = brief_of("many_areas").four.tables[1]
    assert len(by_area.rows) == 6
    assert by_area.more == "The three highest and the three lowest shares. 34 more groups are in table 6."
    table = next(table for table in brief_of("many_areas").tables if table.id == "table-6")
    assert len(table.rows) == 40


def test_letters_of_welsh_and_polish_names_print() -> None:
    text = " ".join(" ".join(pages_of("many_areas")).split())
    for name in ("Siân Wŷn family centre", "Dom rodzinny Łukasz", "Żółw and ŵŷ outreach"):
        assert name in text
