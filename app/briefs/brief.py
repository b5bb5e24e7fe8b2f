"""A published profile in the words, rows, colours and places of the brief. No statistics here."""

from dataclasses import dataclass

from app.briefs import words
from app.briefs.data_tables import AREA_TABLE, ROLE_TABLE, DataTable, present_data_tables
from app.briefs.evidence_section import (
    EvidenceGroup,
    ItemChart,
    not_shown_words,
    present_evidence_list,
    present_items,
    present_quotes,
)
from app.briefs.marks import MarkBook
from app.briefs.page_fit import fit_page_four, fit_page_one, fit_page_three, fit_page_two
from app.briefs.page_four import PageFour, limits_on_page, present_page_four
from app.briefs.page_one import PageOne, present_page_one
from app.briefs.page_three import PageThree, present_page_three, printed_steps
from app.briefs.page_two import PageTwo, Quote, present_page_two
from diagnostics import wording
from diagnostics.comparison import Comparison
from diagnostics.framework import Framework
from diagnostics.published import PublishedProfile


@dataclass(frozen=True, slots=True)
class Edition:
    """Which state of the text a file holds: ``label`` stands on every page, ``note`` before the evidence."""

    label: str = ""
    note: str = ""


PLAIN = Edition()


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on every page, and what the file says about itself."""

    title: str
    masthead: str
    authority: str
    document: str
    season: str
    created: str
    description: str
    drawn_from: str
    edition_note: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The brief insight document, ready to print."""

    furniture: Furniture
    one: PageOne
    two: PageTwo
    three: PageThree
    four: PageFour
    evidence: tuple[EvidenceGroup, ...]
    quotes: tuple[Quote, ...]
    limits: tuple[str, ...]
    tables: tuple[DataTable, ...]
    not_shown: str
    items: ItemChart


def present_brief(
    profile: PublishedProfile,
    framework: Framework,
    previous: PublishedProfile | None = None,
    comparison: Comparison | None = None,
    edition: Edition = PLAIN,
) -> Brief:
    """Present a published profile.

    Parameters
    ----------
    profile
        What may leave the method.
    framework
        The framework that the profile was made with: the text of the steps and the questions for teams.
    previous
        The published profile of the wave before, where there is one.
    comparison
        Where other authorities stand, where enough have taken part.
    edition
        Whether it is a draft, or a version that mends an earlier one.
    """
    book = MarkBook(profile)
    steps = printed_steps(profile)
    three = present_page_three(profile, framework, book, steps)
    return Brief(
        furniture=_furniture(profile, comparison, edition),
        one=fit_page_one(present_page_one(profile, framework, book, steps, previous, comparison)),
        two=fit_page_two(present_page_two(profile, framework, book)),
        three=fit_page_three(three),
        four=fit_page_four(
            present_page_four(profile, framework, book, steps, ROLE_TABLE, AREA_TABLE, comparison)
        ),
        evidence=present_evidence_list(profile),
        quotes=present_quotes(profile, book),
        limits=tuple(limit.text for limit in profile.limits)
        if limits_on_page(profile) < len(profile.limits)
        else (),
        tables=present_data_tables(profile, framework, three.year, previous, comparison),
        not_shown=not_shown_words(profile),
        items=present_items(profile),
    )


def _furniture(profile: PublishedProfile, comparison: Comparison | None, edition: Edition) -> Furniture:
    short = wording.place_name(profile.authority.name)
    when = words.month(profile.as_of)
    masthead = f"How well children’s services in {short} use evidence"
    document = f"Brief insight document, wave {profile.wave}"
    if edition.label:
        document = f"{document}, {edition.label}"
    return Furniture(
        title=f"{masthead}: {document[:1].lower()}{document[1:]}",
        masthead=masthead,
        authority=profile.authority.name,
        document=document,
        season=when,
        created=profile.as_of,
        description=f"Brief insight document for {profile.authority.name}, wave {profile.wave}, {when}.",
        drawn_from=f"Profile {profile.digest[:12]},"
        f"{f' comparison {comparison.digest[:12]},' if comparison else ''}"
        f" framework {profile.framework.id} {profile.framework.version},"
        f" method {profile.method}, evidence up to {words.day(profile.as_of)}.",
        edition_note=edition.note,
    )
