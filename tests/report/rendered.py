"""Briefs of the variants, presented and rendered once for each test process."""

import re
from functools import lru_cache
from html.parser import HTMLParser
from io import BytesIO

from pypdf import PdfReader

from app.briefs.brief import Brief, present_brief
from app.briefs.rendering import render_pdf
from app.briefs.templating import render_html
from tests.report.variants import PREVIOUS, SAMPLES, VARIANTS

NUMBER = re.compile(r"\d+(?:,\d{3})*")

# Wexbourne is among the variants.
CASES = {**VARIANTS, **{name: both for name, both in SAMPLES.items() if name != "wexbourne"}}


@lru_cache
def brief_of(variant: str) -> Brief:
    """Present a variant."""
    profile, framework = CASES[variant]
    return present_brief(profile, framework, PREVIOUS.get(variant))


@lru_cache
def html_of(variant: str) -> str:
    """Print a variant as HTML."""
    return render_html(brief_of(variant))


@lru_cache
def pdf_of(variant: str) -> bytes:
    """Render a variant as PDF."""
    return render_pdf(html_of(variant))


@lru_cache
def pages_of(variant: str) -> tuple[str, ...]:
    """Give the text of each page of the PDF."""
    return tuple(page.extract_text() for page in reader_of(variant).pages)


def reader_of(variant: str) -> PdfReader:
    """Open the PDF of a variant."""
    return PdfReader(BytesIO(pdf_of(variant)))


def numbers(text: str) -> set[str]:
    """Give every number in a text."""
    return set(NUMBER.findall(text))


class Words(HTMLParser):
    """The visible words of a page; alternative texts of charts are kept apart."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.alternatives: list[str] = []
        self._hidden = 0
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where we are."""
        self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        if "style" in self._inside:
            return
        kept = self.alternatives if "title" in self._inside else self.words
        kept.append(data)


def words_of(html: str) -> Words:
    """Read the words of a piece of HTML."""
    parser = Words()
    parser.feed(html)
    return parser
