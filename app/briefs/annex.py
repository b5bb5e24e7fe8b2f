"""The annex: what a statistician needs who wants to check the brief. Words and tables; no statistics here."""

from dataclasses import dataclass, replace

from app.briefs import annex_tables, words
from app.briefs.annex_method import REFERENCES, decision_table, disclosure_rules, formula_tables
from app.briefs.annex_tables import AnnexRow, AnnexTable
from app.briefs.evidence_section import not_shown_words
from diagnostics import wording
from diagnostics.framework import Framework
from diagnostics.published import Margins, PublishedProfile

_MARGINS: dict[Margins, str] = {
    "met": "The weighted answers have the staff list’s shares in both margins.",
    "close": "Bounds and margins could not both hold. The weighted answers come within one percentage point"
    " of the staff list’s shares.",
    "apart": "Bounds and margins could not both hold. In some category the weighted answers are more than one"
    " percentage point from the staff list’s share.",
}
_NO_SURVEY = "There was no staff survey, so there is nothing to report here."
_TOO_FEW = "Too few staff answered for survey results, so there is nothing to report here."


@dataclass(frozen=True, slots=True)
class AnnexSection:
    """A section: paragraphs, a list, tables, and what is said after them."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[AnnexTable, ...] = ()
    points: tuple[str, ...] = ()
    look: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """The annex, ready to print."""

    title: str
    masthead: str
    authority: str
    document: str
    season: str
    created: str
    description: str
    drawn_from: str
    sections: tuple[AnnexSection, ...]


def present_annex(profile: PublishedProfile, framework: Framework) -> Annex:
    """Present the annex of a published profile.

    Parameters
    ----------
    profile
        What may leave the method.
    framework
        The framework that the profile was made with.
    """
    short = wording.place_name(profile.authority.name)
    when = words.month(profile.as_of)
    masthead = f"Statistical annex: evidence use in {short}"
    return Annex(
        title=f"{masthead}, wave {profile.wave}",
        masthead=masthead,
        authority=profile.authority.name,
        document=f"Annex, wave {profile.wave}",
        season=when,
        created=profile.as_of,
        description=f"Statistical annex for {profile.authority.name}, wave {profile.wave}, {when}.",
        drawn_from="Drawn from the published profile and the framework, and from nothing else.",
        sections=_numbered(
            (
                _versions(profile),
                _answers(profile, framework),
                _items(profile),
                _intervals(profile),
                _reliability(profile, framework),
                _raters(profile),
                _triangulation(profile, framework),
                _steps(profile, framework),
                _not_shown(profile),
                _method(framework),
                AnnexSection("references", "References", (), points=REFERENCES, look="references"),
            )
        ),
    )


def _numbered(sections: tuple[AnnexSection, ...]) -> tuple[AnnexSection, ...]:
    """Number the tables through, and leave out those without rows."""
    done, place = [], 0
    for section in sections:
        tables = []
        for table in section.tables:
            if table.rows:
                place += 1
                caption = f"Table A{place}. {table.caption}"
                tables.append(replace(table, caption=caption, id=f"table-a{place}"))
        done.append(replace(section, tables=tuple(tables)))
    return tuple(done)


def _versions(profile: PublishedProfile) -> AnnexSection:
    opened, made_with = profile.survey_dates, profile.framework
    rows = [
        ("Authority", f"{profile.authority.name} ({profile.authority.code})"),
        ("Wave", str(profile.wave)),
        ("Evidence up to", words.day(profile.as_of)),
        ("Survey open", f"{words.day(opened[0])} to {words.day(opened[1])}" if opened else "no survey dates"),
        ("Framework", f"{made_with.name}: {made_with.id}, version {made_with.version}"),
        ("Method", f"version {profile.method}"),
        ("Digest of the published profile (SHA-256)", profile.digest),
    ]
    table = AnnexTable(
        "What this annex was made from",
        ("What", "Which"),
        tuple(AnnexRow(head, (value,)) for head, value in rows),
        "versions",
    )
    return AnnexSection(
        "versions",
        "What this annex is",
        (
            "This annex is for whoever wants to check the brief. It gives the bases, the uncertainty and the"
            " decisions behind it, and the method with its sources.",
            "Every number here stands in the published profile, the file profile.json, or in the framework."
            " The digest is taken of that profile with its digest left empty, so that anybody can check that"
            " it has not been changed.",
        ),
        (table,),
    )


def _survey_missing(profile: PublishedProfile) -> str | None:
    if profile.response.answered is not None:
        return None
    had_survey = profile.survey_dates is not None or any(h.items for h in profile.headings)
    return _TOO_FEW if had_survey else _NO_SURVEY


def _answers(profile: PublishedProfile, framework: Framework) -> AnnexSection:
    title = "Who answered, and the weights"
    if missing := _survey_missing(profile):
        return AnnexSection("weights", title, (missing,))
    response = profile.response
    heard = f"{words.answered(response)}."
    if response.indicative:
        heard += " The survey’s results are indicative."
    rows = [
        AnnexRow(group.name, (kind, words.NOT_SHOWN, words.NOT_SHOWN))
        if group.suppressed
        else AnnexRow(group.name, (kind, words.share_or_unknown(group.rate), words.band(group.n_band)))
        for kind, groups in (("role", response.by_role_group), ("area", response.by_service_area))
        for group in groups
    ]
    table = AnnexTable(
        "Who answered, by role group and by service area",
        ("Group", "Margin", "Answered", "Base"),
        tuple(rows),
        "answered",
    )
    unknown = (words.AREAS_NOT_KNOWN,) if words.shares_are_unknown(response.by_service_area) else ()
    return AnnexSection("weights", title, (heard, *unknown, *_weighting(profile, framework)), (table,))


def _weighting(profile: PublishedProfile, framework: Framework) -> tuple[str, ...]:
    low, high = framework.settings.weight_bounds
    made = (
        "The answers are weighted so that they look like the staff list by role group and by service area"
        f" (raking). No weight may leave {low:g} to {high:g} times the mean weight. Categories with very few"
        " answers are joined with a named neighbour first. Which ones were joined is not said here, because"
        " it would tell which groups had few answers."
    )
    found = profile.weighting
    if found is None:
        return (made,)
    trimmed = (
        "Some weights had to be held at the bounds."
        if found.trimmed
        else "No weight had to be held at a bound."
    )
    effect = (
        f"The weighted answers are worth {words.share(found.effective_share)} of as many unweighted ones"
        " (effective number of answers, to the nearest 5%)."
    )
    gap = framework.settings.weighting_gap_said
    moved = profile.response.weighting_note or f"No heading’s score moved by more than {gap:g} points."
    return made, f"{_MARGINS[found.margins]} {trimmed}", effect, moved


def _items(profile: PublishedProfile) -> AnnexSection:
    title = "The survey question by question"
    tables = annex_tables.item_tables(profile)
    if not tables:
        return AnnexSection("items", title, (_survey_missing(profile) or _NO_SURVEY,))
    return AnnexSection(
        "items",
        title,
        (
            "Shares are weighted and to the nearest 5%, so they may not add up to a hundred. The base is the"
            " band of people who gave an answer other than “don’t know”. Reversed questions are turned, so"
            " that a higher score is always better.",
        ),
        tables,
    )


def _intervals(profile: PublishedProfile) -> AnnexSection:
    title = "Scores, intervals and change"
    sources = annex_tables.source_table(profile)
    confidence = annex_tables.confidence_table(profile)
    if _survey_missing(profile):
        without = "Without survey results there are no intervals and no change to report."
        return AnnexSection("intervals", title, (without,), (sources, confidence))
    change = annex_tables.change_table(profile)
    first = () if change.rows else ("There is no change to report: no earlier wave can be compared.",)
    return AnnexSection(
        "intervals",
        title,
        (
            "Intervals hold if those who answered are like those who did not. The last column of the first"
            " table says how far those who did not answer would have to differ.",
            *first,
        ),
        (
            annex_tables.interval_table(profile),
            change,
            *annex_tables.group_tables(profile),
            sources,
            confidence,
        ),
    )


def _reliability(profile: PublishedProfile, framework: Framework) -> AnnexSection:
    title = "Reliability and agreement of staff"
    tables = (annex_tables.reliability_table(profile), annex_tables.agreement_table(profile))
    if missing := _survey_missing(profile):
        return AnnexSection("reliability", title, (missing,))
    importance = annex_tables.importance_table(profile, framework)
    return AnnexSection(
        "reliability",
        title,
        (
            "Coefficients rest on the questions that everybody is shown. “Not given” means that there were"
            " too few answers for the coefficient, that it does not exist for these answers, or that it"
            " could tell how people answered.",
        ),
        (*tables, importance),
    )


def _raters(profile: PublishedProfile) -> AnnexSection:
    table = annex_tables.rater_table(profile)
    kinds = ("interview", "observation", "document")
    counts = [(kind, profile.records.get(kind, 0)) for kind in kinds]
    records = [wording.counted_noun(n, kind) if n else f"no {kind}s" for kind, n in counts]
    paragraph = f"The fieldwork holds {wording.listed(records)}."
    if not table.rows:
        return AnnexSection("raters", "Raters", (paragraph, "How far raters agree is not reported."))
    return AnnexSection("raters", "Raters", (paragraph,), (table,))


def _triangulation(profile: PublishedProfile, framework: Framework) -> AnnexSection:
    codes = annex_tables.code_table(profile)
    patterns = annex_tables.pattern_table(profile, framework)
    paragraphs = [
        "The method codes every two sources that count under a heading. A person confirms or overrules with a"
        " reason, and both are kept. What nobody has decided on stands as proposed.",
    ]
    if not codes.rows:
        paragraphs.append("No heading has two sources that count.")
    if not patterns.rows:
        paragraphs.append("No named pattern was found that may be shown.")
    return AnnexSection("codes", "The sources side by side", tuple(paragraphs), (codes, patterns))


def _steps(profile: PublishedProfile, framework: Framework) -> AnnexSection:
    table = annex_tables.step_table(profile, framework)
    if not table.rows:
        return AnnexSection("steps", "The order of the steps", ("No step could be ranked.",))
    settings = framework.settings
    return AnnexSection(
        "steps",
        "The order of the steps",
        (
            f"The order rests on weights that are our decisions. So it was tested in {settings.rank_draws:,}"
            " draws. Each moved the weights of the sources, the importance and the feasibility by up to"
            f" {100 * settings.rank_spread:g}% either way.",
            "The table says in how many draws a step came among the first, in steps of 5%, and with which"
            " steps its order is not settled.",
            *(
                (f"A person chose other first steps than the ranking did. The reason: {profile.steps_note}",)
                if profile.steps_note
                else ()
            ),
        ),
        (table,),
    )


def _not_shown(profile: PublishedProfile) -> AnnexSection:
    count = not_shown_words(profile) or "Nothing had to be hidden among group scores and questions."
    return AnnexSection(
        "not-shown",
        "What is not shown, and why",
        (count, "These are the rules:"),
        points=disclosure_rules(profile.threshold),
        look="rules method",
    )


def _method(framework: Framework) -> AnnexSection:
    return AnnexSection(
        "method",
        "The method",
        ("Where a figure is marked as our decision, it lies in the framework and can be argued with.",),
        (*formula_tables(framework), decision_table(framework)),
    )
