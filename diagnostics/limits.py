"""The sentences on what could not be seen, and by whom answers may have been given twice."""

from diagnostics.evidence import FIELDWORK
from diagnostics.findings import named
from diagnostics.published import Limit, Source
from diagnostics.survey_results import SurveyResults
from diagnostics.wording import counted_noun, listed, sentence
from diagnostics.writer import SAID_BY, Writer

_UNRATED: dict[Source, str] = {
    "interview": "the interviews",
    "observation": "what we observed",
    "document": "the documents",
}


def _second_answers(survey: SurveyResults | None) -> list[Limit]:
    """Say that somebody may have answered twice, as staff were promised that the results say."""
    found = []
    if survey is not None and survey.replacement_links:
        most = counted_noun(survey.replacement_links, "answer")
        which = "may be a second one" if survey.replacement_links == 1 else "may be second ones"
        found.append(Limit("second_links", f"Lost links were replaced, so up to {most} {which}."))
    if survey is not None and survey.open_link:
        text = "A link was open to everybody, so we cannot be sure that nobody answered twice."
        found.append(Limit("open_link", text))
    return found


def _rated_nowhere(writer: Writer) -> set[Source]:
    """Give the sources of which we have records, but none in which anything could be seen."""
    heard = {record.source for record in writer.profile.fieldwork.records.values()}
    return {s for s in heard if all(h.sources[s] is None for h in writer.profile.headings)}


def limits(writer: Writer) -> list[Limit]:
    """Say what could not be seen: who may have answered twice, silent and thin sources, whom nobody asked."""
    found = _second_answers(writer.profile.survey)
    names: dict[Source, str] = {
        "survey": "Too few survey answers" if writer.profile.asked_staff else "No survey answers",
        "interview": "No interviews",
        "observation": "No observation",
        "document": "No documents",
    }
    unrated = _rated_nowhere(writer)
    for source, words in names.items():
        silent = [named(h) for h in writer.profile.headings if h.sources[source] is None]
        if source in unrated:
            found.append(Limit(f"silent.{source}", f"We could rate nothing in {_UNRATED[source]}."))
        elif len(silent) == len(writer.profile.headings):
            found.append(Limit(f"silent.{source}", f"{words} at all." if words[:2] == "No" else f"{words}."))
        elif silent:
            found.append(Limit(f"silent.{source}", f"{words} spoke to {listed(silent, 'or')}."))
    for source in FIELDWORK:
        thin = [named(h) for h in writer.profile.headings if (r := h.sources[source]) is not None and r.thin]
        if thin:
            where = "every heading" if len(thin) == len(writer.profile.headings) else listed(thin)
            text = f"The evidence from {SAID_BY[source]} on {where} is thin: shown, but not counted."
            found.append(Limit(f"thin.{source}", sentence(text)))
    found.append(Limit("voices", "We did not ask children, families or partner agencies."))
    return found
