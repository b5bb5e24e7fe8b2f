"""Every page has as much air as it has room for: what the presenters reckon is what the layout needs."""

import re
from functools import lru_cache
from typing import Any

import pytest

from app.briefs import page_fit
from app.briefs.rendering import _fetcher, _tighter
from app.briefs.templating import ASSET_SCHEME, shared_sheet, without_shared_sheet
from tests.report.rendered import CASES, brief_of, html_of

PAGES = ("one", "two", "three", "four")
ROOM = dict(zip(PAGES, (266.0, *[257.0] * 3), strict=True))
MASTHEAD = 16.2
# A page may be as much emptier than reckoned before it counts as crowded without need: two lines.
SLACK = 9.0
# Filler longer than anything that the framework allows.
FILLED = {"longest"}


@lru_cache
def _long_paper() -> tuple[Any, Any]:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheet = shared_sheet().replace("size: A4;", "size: 210mm 900mm;")
    return CSS(string=sheet, base_url=ASSET_SCHEME, url_fetcher=_fetcher(), font_config=fonts), fonts


@lru_cache
def heights(case: str, fit: str) -> dict[str, float]:
    """Lay the four pages of a case out on paper without an end, and give how high each is, in mm."""
    from weasyprint import HTML

    html = html_of(case)
    for name in PAGES:
        html = re.sub(rf'class="page page-{name}[^"]*"', f'class="page page-{name}{fit}"', html)
    sheet, fonts = _long_paper()
    start, end = html.index('<section class="evidence"'), html.index("</main>")
    page = HTML(
        string=without_shared_sheet(html[:start] + html[end:]), base_url=ASSET_SCHEME, url_fetcher=_fetcher()
    )
    found: dict[str, float] = {}

    def walk(box: Any) -> None:
        classes = box.element.get("class", "") if getattr(box, "element", None) is not None else ""
        name = re.search(r"page-(one|two|three|four)\b", classes)
        if name and box.element_tag == "section":
            found[name[1]] = box.border_height() * 25.4 / 96
            return
        for child in getattr(box, "children", ()):
            walk(child)

    for sheet_of_paper in page.render(stylesheets=[sheet], font_config=fonts).pages:
        walk(sheet_of_paper._page_box)
    found["one"] += MASTHEAD
    return found


@pytest.mark.parametrize("case", [case for case in CASES if case not in FILLED])
def test_each_page_fits_as_it_was_reckoned_and_no_looser(case: str) -> None:
    brief = brief_of(case)
    for name in PAGES:
        fit = getattr(brief, name).fit
        assert heights(case, fit)[name] <= ROOM[name], f"page {name} runs over"
        for looser in page_fit.FITS[: page_fit.FITS.index(fit)]:
            assert heights(case, looser)[name] > ROOM[name] - SLACK, f"page {name} is needlessly{fit}"


@pytest.mark.parametrize("case", ["sample", "penwardine", "marlshire", "usual"])
def test_no_page_of_a_usual_brief_is_in_small_type(case: str) -> None:
    assert not [name for name in PAGES if "dense" in getattr(brief_of(case), name).fit]


def test_a_page_that_runs_over_all_the_same_is_tightened_step_by_step() -> None:
    html = html_of("usual")
    for fit in (" snug", " snug dense", " snug dense tight"):
        tighter = _tighter(html, ["page-two"])
        assert tighter is not None
        html = tighter
        assert f'class="page page-two{fit}"' in html
        assert 'class="page page-one"' in html
    assert _tighter(html, ["page-two"]) is None
    assert _tighter(html, []) is None
