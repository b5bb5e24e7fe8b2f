"""The numbers of an annex that no evidence made: formulas, decisions of the framework, references, places.

The strict reading is that of the page, where each kind stands in its own place; the text of a PDF runs on, so
that the same phrases are furniture on all of its pages.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from diagnostics.framework import Framework
from diagnostics.published import PublishedProfile

_METHOD = r"annex\.html.*\.method|annex\.pdf.*pdf-page"
_ANNEX = r"annex\.(?:html|pdf)"
# Constants of formulas, not decisions: the importance scale, the null variance, the ends of the scales.
_CONSTANTS = (0, 1, 2, 3, 4, 5, 12, 95, 100)


def annex_pieces(profile: PublishedProfile, framework: Framework) -> Iterator[tuple[str, str, str]]:
    """Give reason, pattern and place of each piece of furniture."""
    made = profile.framework
    versions = (
        rf"{re.escape(made.id)}, version {re.escape(made.version)}",
        rf"^version {re.escape(profile.method)}$",
    )
    yield "versions of framework and method", "|".join(versions), _ANNEX
    yield "numbers of the annex's tables", r"Table A[1-9]\d?", _ANNEX
    yield "links to the annex's tables", r"#?table-a[1-9]\d?", _ANNEX
    yield "classes of the columns of its tables", "col-[1-9]", r"annex\.html.*@class$"
    yield "pages of the PDF", r"page \d\d?|\d\d? of \d\d?", r"annex\.pdf.*pdf-page"
    yield "coefficients by name", r"ICC\([12]\)", _ANNEX
    yield "the level of every interval", r"95% interval", _ANNEX
    yield "the name of the digest", r"SHA-256", _ANNEX
    yield "who was left out of an interval: groups of one", r"fewer than two\s+answers", _ANNEX
    yield "squares", r"(?:SE|[sWwλA])2", _METHOD
    steps = "|".join(str(step.rank) for step in profile.steps) or "0"
    one = rf"(?:{steps})(?!\d)"
    yield "places of other steps", rf"places? {one}(?:(?:, {one})* and {one})?", _ANNEX
    draws, spread = framework.settings.rank_draws, framework.settings.rank_spread
    yield "the tests of the order", rf"tested in {draws:,}\s+draws|by up to\s+{100 * spread:g}%", _ANNEX
    yield "shares of draws are rounded so", r"in steps of 5%", _ANNEX
    yield "how many steps come first", r"first [a-z]+", r"annex\.html"
    yield "how near margins are", r"one percentage point", _ANNEX
    low, high = (f"{bound:g}" for bound in framework.settings.weight_bounds)
    yield "bounds of the weights", rf"{re.escape(low)} to {re.escape(high)} times the mean weight", _ANNEX
    gap = f"{framework.settings.weighting_gap_said:g}"
    yield "what weighting may move in silence", rf"moved by more than {re.escape(gap)} points", _ANNEX
    years = r"(?:19|20)\d\d"
    yield "references", rf"(?<=\()\s?{years}(?=\))", r"annex\.html.*\.references|annex\.pdf.*pdf-page"
    volume = r"\d+\((?:\d+(?:/\d+)?|Suppl\. \d)\),\s+\d+(?:[–-]\d+)?(?=\.)|Organizations,\s+\d+[–-]\d+"
    yield "volumes and pages of references", volume, r"annex\.html.*\.references|annex\.pdf.*pdf-page"
    yield "references beside a formula", rf"[A-Za-z]+ {years}", _METHOD
    values = {float(constant) for constant in _CONSTANTS} | set(_values(framework.settings))
    values |= {100 * value for value in values if value < 1} | {float(profile.threshold)}
    said = {f"{value:g}" for value in values} | {f"{value:,.0f}" for value in values if value >= 1000}
    longest_first = sorted(said, key=len, reverse=True)
    yield "constants and decisions of the method", "|".join(map(re.escape, longest_first)), _METHOD


def _values(part: Any) -> Iterator[float]:
    if is_dataclass(part):
        for field in fields(part):
            yield from _values(getattr(part, field.name))
    elif isinstance(part, tuple):
        for value in part:
            yield from _values(value)
    elif isinstance(part, int | float):
        yield float(part)
