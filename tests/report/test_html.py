"""The HTML: one file, strictly formed, offline, with marks that lead to their evidence."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tinyhtml5.parser import HTMLParser as StrictParser

from app.briefs.services import write_brief
from app.briefs.templating import MissingAssetError, read_asset, with_assets_inside
from tests.report.rendered import html_of, words_of
from tests.report.variants import VARIANTS

VOID = {"br", "col", "img", "input", "link", "meta"}
SVG_LEAVES = {"circle", "line", "path", "rect"}


class Balance(HTMLParser):
    """Fails on an element that is not closed, or closed twice, and notes ids and links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.links: set[str] = set()
        self.references: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        self._note(attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID | SVG_LEAVES
        self._note(attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def _note(self, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), "an attribute stands twice"
        for name, value in attrs:
            if name == "id" and value:
                self.ids[value] += 1
            if name == "href" and value:
                self.links.add(value)
            if name == "aria-labelledby" and value:
                self.references.update(value.split())


@pytest.fixture(params=VARIANTS)
def html(request: pytest.FixtureRequest) -> str:
    return html_of(str(request.param))


def test_it_is_well_formed_and_every_mark_has_its_line(html: str) -> None:
    balance = Balance()
    balance.feed(html)
    balance.close()
    assert balance.open == []
    assert all(count == 1 for count in balance.ids.values())
    assert balance.references <= set(balance.ids)
    assert all(link.startswith("#") for link in balance.links)
    assert {link[1:] for link in balance.links} <= set(balance.ids)


def test_a_strict_parser_finds_no_fault(html: str) -> None:
    parser = StrictParser()
    parser.parse(html)
    assert parser.errors == []


def test_every_chart_says_its_message(html: str) -> None:
    charts = re.findall(r"<svg[^>]*>(.*?)</svg>", html, flags=re.DOTALL)
    assert charts
    for chart in charts:
        title = re.match(r"\s*<title>(.+?)</title>", chart, flags=re.DOTALL)
        assert title
        assert len(title[1].split()) >= 2
    assert html.count("<svg") == html.count('role="img"')


def test_it_keeps_to_the_words_of_the_house(html: str) -> None:
    text = " ".join(words_of(html).words)
    for word in ("p-value", "rwg", "significant", "None shown, ", "fewer than 10", "StageRange", "—", "  ."):
        assert word not in text
    assert not re.search(r"\d\.\d\d", text), "a decimal"


def test_one_file_holds_all_that_it_needs() -> None:
    whole = with_assets_inside(html_of("usual"))
    assert "asset:" not in whole
    assert whole.count("data:font/woff2;base64,") == 4
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", whole)
    assert "<script" not in whole


def test_assets_are_only_ours() -> None:
    with pytest.raises(MissingAssetError):
        read_asset("../brief.css")
    with pytest.raises(MissingAssetError):
        read_asset("no-such-font.woff2")


def test_names_from_outside_are_escaped() -> None:
    from dataclasses import replace

    from app.briefs.brief import present_brief
    from app.briefs.templating import render_html
    from diagnostics.published import PublishedAuthority

    profile, framework = VARIANTS["usual"]
    odd = replace(profile, authority=PublishedAuthority("E1", "<script>alert(1)</script> & Sons Council"))
    page = render_html(present_brief(odd, framework))
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons" in page


def test_both_files_are_written_whole(tmp_path: Path) -> None:
    told: list[str] = []
    out = tmp_path / "new" / "folder"
    files = write_brief(*VARIANTS["no_survey"], out, progress=told.append)
    assert files.problem is None
    assert files.pdf is not None
    assert files.pdf.read_bytes().startswith(b"%PDF-1.7")
    assert files.html.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert sorted(path.name for path in out.iterdir()) == sorted(files.names)
    assert {"brief.html", "brief.pdf", "brief.docx", "tables.xlsx", "actions.xlsx"} <= set(files.names)
    assert files.missing == ()
    assert told == ["Wording the brief", "Writing the page", "Setting the PDF"]


def test_without_pango_the_page_is_still_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.briefs.services.pdf_problem", lambda: "Pango is missing.")
    files = write_brief(*VARIANTS["first_wave"], tmp_path, progress=lambda _: None)
    assert files.pdf is None
    assert files.problem == "Pango is missing."
    assert files.html.is_file()
    assert files.missing == ("brief.pdf", "for-staff.pdf", "annex.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files.names)
