"""The numbers of a brief that no evidence made: pages, stages, scales, dates and counts of what is printed.

Each is a pattern with its reason. Whatever can be is derived from the object, in this file's own way and
not in the presenters'.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from diagnostics.comparison import Comparison
from diagnostics.framework import Framework
from diagnostics.published import PublishedProfile
from diagnostics.wording import STAGE_NAMES, listed
from tests.report.annex_furniture import annex_pieces
from tests.report.written_numbers import day_in_words, month_in_words

_LEAST_REACH, _WIDEST_REACH = 12, 40
_PAGES = 4


@dataclass(frozen=True, slots=True)
class Furniture:
    """Words with numbers that a brief may print, and why. ``where`` limits the places."""

    reason: str
    pattern: re.Pattern[str]
    where: re.Pattern[str] | None = None

    def stands_in(self, where: str) -> bool:
        """Say whether this may stand in a place."""
        return self.where is None or self.where.search(where) is not None


def furniture_of(
    profile: PublishedProfile,
    framework: Framework,
    previous: PublishedProfile | None,
    comparison: Comparison | None,
) -> tuple[Furniture, ...]:
    """Give all furniture of the surfaces of a profile."""
    return (
        *_dates(profile, previous),
        *_scales(profile, framework),
        *_counts(profile, framework),
        *_steps(profile, framework),
        *_marks(profile),
        *_file(profile),
        *([] if comparison is None else _others(comparison)),
        *(_piece(reason, said, where=where) for reason, said, where in annex_pieces(profile, framework)),
    )


def _others(comparison: Comparison) -> Iterator[Furniture]:
    counts = sorted({heading.authorities for heading in comparison.headings})
    ends = str(counts[0]) if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    yield _piece("how many other councils", f"[Mm]iddle half of {ends} other councils")
    years = sorted({comparison.first_year, comparison.last_year})
    yield _piece("from when the others' evidence is", f"of {' to '.join(map(str, years))}(?=\\. It is no)")


def _piece(reason: str, *alternatives: str, where: str | None = None) -> Furniture:
    pattern = re.compile(rf"(?<![\w.,−-])(?:{'|'.join(alternatives)})(?![\w]|[.,]\d)")
    return Furniture(reason, pattern, None if where is None else re.compile(where))


def _dates(profile: PublishedProfile, previous: PublishedProfile | None) -> Iterator[Furniture]:
    first = sum(step.first for step in profile.steps)
    months = {0, 12} | set(range(1, first + 1)) | set(range(7, first + 7))
    days = [profile.as_of, *(profile.survey_dates or ())]
    yield _piece("days of the object", *map(day_in_words, days), *days)
    yield _piece(
        "months: the evidence, each step's start and sign, the next wave",
        *(month_in_words(profile.as_of, later) for later in sorted(months)),
    )
    year = month_in_words(profile.as_of, 1)[-4:]
    yield _piece("the year ahead", f"(?<=for ){year}", f"{year} at a glance")
    if previous is not None:
        yield _piece("the year of the wave before", f"Since {date.fromisoformat(previous.as_of).year}")
    yield _piece("this wave and the next", f"[Ww]ave (?:{profile.wave}|{profile.wave + 1})")


def _scales(profile: PublishedProfile, framework: Framework) -> Iterator[Furniture]:
    stages = "|".join(f"{number} {name}" for number, name in STAGE_NAMES.items())
    yield _piece("the scale of every score", "from 0 to 100", "0 to 100")
    yield _piece("the stages by number and name", f"(?i:{stages})")
    yield _piece("the stages over a scale", "^[1-4]$", where=r"thead .*svg text$")
    ranges = {(heading.stage.low, heading.stage.high) for heading in profile.headings if heading.stage}
    yield _piece("the stages of some headings", *(f"stages {low} and {high}" for low, high in sorted(ranges)))
    yield _piece("shares are rounded so", "nearest 5%")
    yield _piece("what the scales have in common", "A 50 in one is not quite a 50 in another")
    yield _piece("from here a gap is drawn thick", "Thick: 15 points or more")
    reach = _reach(profile)
    yield _piece(
        "ends of the change column", f"{reach} down", f"up {reach}", f"reaches {reach} points each way"
    )
    yield _piece("effort, in three sizes", "[1-3] of 3", where=r"svg\.effort title$|/Alt$")
    least = max(
        (heading.change.minimum_detectable or 0 for heading in profile.headings if heading.change), default=0
    )
    yield _piece(
        "the widest of the object's detectable changes", f"a change of {least} survey points or more"
    )
    yield _piece("how often the order of the steps was tested", f"{framework.settings.rank_draws:,} times")


def _reach(profile: PublishedProfile) -> int:
    changes = [heading.change for heading in profile.headings if heading.change]
    ends = [abs(end) for change in changes for end in (change.low, change.high) if end is not None]
    furthest = max(ends, default=0)
    if furthest <= _LEAST_REACH:
        return _LEAST_REACH
    return min(_WIDEST_REACH, furthest + -furthest % 5)


def _counts(profile: PublishedProfile, framework: Framework) -> Iterator[Furniture]:
    yield _piece("numbers of tables", "Table [1-9]", "table [56]")
    yield _piece("pages of the brief", f"page [1-{_PAGES}]")
    yield _piece("how many headings there are", f"of {len(profile.headings)} headings")
    scores = [group for h in profile.headings for group in (*h.groups.role_group, *h.groups.service_area)]
    questions = [item for heading in profile.headings for item in heading.items]
    for all_of_them, noun in ((scores, "group score"), (questions, "question")):
        hidden = sum(part.suppressed for part in all_of_them)
        counted = f"{len(all_of_them)} {noun}s?"
        yield _piece("the annex's one count of what is hidden", f"{hidden} of {counted}", f"[Aa]ll {counted}")
    if profile.response.rate is not None and round(profile.response.rate / 10) == 0:
        yield _piece("hardly anybody answered", "Fewer than one in ten staff")
    for groups in (profile.response.by_role_group, profile.response.by_service_area):
        # The page has room for eight rows, or for six with long names.
        more = [str(len(groups) - rows) for rows in (8, 6) if len(groups) > 8]
        if more:
            yield _piece("groups that page 4 has no room for", f"(?:{'|'.join(more)}) more groups")


def _steps(profile: PublishedProfile, framework: Framework) -> Iterator[Furniture]:
    labels = [str(place) for place in range(1, sum(step.first for step in profile.steps) + 1)]
    yield _piece("a part of each step", "[Ff]irst 30 days")
    if not labels:
        return
    label = f"(?:{'|'.join(labels)})(?: =)?"
    yield _piece("labels of the first steps", f"^{label}$", where=r"\.numeral$|svg\.year text$")
    yield _piece("the first steps by label", f"[Ss]tep {label}(?:(?:, {label})* and {label})?")
    titles = {step.id: step.title for step in framework.steps}
    for step in profile.steps:
        if step.first:
            title = re.escape(titles[step.id])
            # A title that holds a number has been found already, word for word.
            yield _piece("a first step with its label", rf"^{label}\.? (?:{title}(?=$|:)|(?= *·))")
    shares = [
        f"{step.top_three_share}%" for step in sorted(profile.steps, key=lambda step: step.rank) if step.first
    ]
    yield _piece(
        "how the first steps came out in the tests", f"first three in {re.escape(listed(shares))} of tests"
    )
    yield _piece("labels of the first steps in the plan", f"^{label}$", where=r"actions\.xlsx.* column 1$")
    one = "|".join(str(step.top_three_share) for step in profile.steps)
    yield _piece("how a step came out in the tests", f"In the first three in (?:{one})% of our tests")


def _marks(profile: PublishedProfile) -> Iterator[Furniture]:
    slugs = {re.sub(r"[^a-z0-9]+", "-", entry.mark.lower()).strip("-") for entry in profile.evidence}
    yield _piece("links to the evidence list", *(f"#?evidence-{re.escape(slug)}" for slug in sorted(slugs)))
    # Word allows no hyphens there, and forty letters.
    names = [f"evidence_{slug.replace('-', '_')}"[:40] for slug in sorted(slugs)]
    yield _piece(
        "links of a Word document", *map(re.escape, names), where=r"hyperlink@anchor$|bookmarkStart@name$"
    )
    yield _piece("links to pages, tables and steps", "#?page-[1-4]", "#?table-[1-9]", "#?step-[1-9]")
    yield _piece("the colour of a stage", "stage-[1-4]", where="@class$")


def _file(profile: PublishedProfile) -> Iterator[Furniture]:
    framework = profile.framework
    named = rf"framework {re.escape(framework.id)} {re.escape(framework.version)}"
    yield _piece("what the profile was made with", named, f"method {re.escape(profile.method)}")
    yield _piece("a page as wide as its screen", "initial-scale=1", where="meta@content$")
    yield _piece("footers of the PDF", "[1-4] of 4", "Evidence, page [1-9][0-9]?", where="pdf-page")
    yield _piece("made with", r"WeasyPrint [0-9.]+", where=r"\.pdf")
    day = profile.as_of.replace("-", "")
    yield _piece(
        "the day of the object, as a PDF writes it", f"D:{day}(?:000000Z)?", where="/CreationDate$|/ModDate$"
    )
    core = r"docProps/core\.xml "
    yield _piece("the day of the object, as office files write it", f"{profile.as_of}T00:00:00Z", where=core)
    yield _piece("how office files write days", "W3CDTF", where=f"{core}(?:created|modified)@type$")
    yield _piece("a file that was saved once", "^1$", where=f"{core}revision$")
    yield _piece(
        "what a workbook says of itself", r"^0$|^12\.0000$", where=r"app\.xml (?:DocSecurity|AppVersion)$"
    )
    yield _piece("sheets of a workbook", r"^[1-9]\d?$", where=r"docProps/app\.xml i4$")
    yield _piece("standards that the PDF keeps to", "^[13]$", where=r"\.pdf.*@part$")
    standards = ("ISO 14289", "IEC 61966-2-1", "Source Sans 3")
    yield _piece("names of standards and of the font", *standards, where=r"\.pdf: object")
