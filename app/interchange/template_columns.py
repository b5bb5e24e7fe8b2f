"""What each column of the evidence workbook holds, in words for whoever fills it in, and what it may hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.interchange import fieldwork_files, frame_file, reviews_file
from app.interchange.evidence_files import FRAME, QUOTES, RATINGS, RECORDS, REVIEWS, SURVEY, sheet_of
from diagnostics.evidence import DATA_REVIEW, FIELDWORK
from diagnostics.framework import Framework
from diagnostics.framework_parts import STAGES
from diagnostics.published import SOURCES


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it holds, and the words that may be picked.

    ``strict`` refuses other words; ``same_as`` picks from another sheet's column; ``wide`` is for sentences.
    """

    name: str
    about: str
    words: tuple[str, ...] = ()
    strict: bool = True
    same_as: tuple[str, str] | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet of the template, what it is for, and its columns."""

    name: str
    about: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A row of the sheet “diagnostic”."""

    name: str
    about: str
    value: str = ""


def keys(framework_name: str) -> tuple[Key, ...]:
    """Give the rows of the sheet “diagnostic”."""
    return (
        Key("authority.code", "The council’s ONS code, such as E08000030."),
        Key("authority.name", "The council’s name."),
        Key("wave", "Which time this is: 1, 2, 3 …", "1"),
        Key("dates.survey_opened", "The day on which the survey opened, such as 2026-09-01. Optional."),
        Key("dates.survey_closed", "The day on which it closed. Optional, but its age is weighed by it."),
        Key("as_of", "The day on which all evidence was in, such as 2026-11-15."),
        Key("framework", "The framework’s id, or a framework file beside this workbook.", framework_name),
        Key("threshold", "Groups of fewer people are never shown: 10 or more. Empty: the framework’s own."),
        Key("survey", "Optional: the file with the survey’s answers beside this workbook, a LimeSurvey or "
            "Microsoft Forms export. Then leave the sheet “survey” empty."),
        Key("previous", "Optional: the folder or the workbook of the wave before, seen from here."),
        Key("replacement_links", "Optional: how many lost survey links were replaced."),
        Key("contact", "Optional: whom to ask about the brief."),
    )  # fmt: skip


def sheet_plans(framework: Framework) -> tuple[SheetPlan, ...]:
    """Give the sheets that hold tables, with the framework's own words to pick from."""
    roles = tuple(group.id for group in framework.role_groups)
    named_roles = "; ".join(f"{group.id}: {group.name}" for group in framework.role_groups)
    characteristics = tuple(one.id for one in framework.characteristics)
    area = (sheet_of(FRAME), "service_area")
    record = (sheet_of(RECORDS), "record_id")
    kinds = tuple(
        kind.id
        for group in (framework.interview_kinds, framework.observation_settings, framework.document_types)
        for kind in group
    )
    told = {
        "role_group": Column("role_group", f"The role group. {named_roles}.", roles),
        "service_area": Column("service_area", "The service area, as in the sheet “frame”.", same_as=area),
        "record_id": Column("record_id", "The id of a record in the sheet “records”.", same_as=record),
        "characteristic": Column("characteristic", "The id of a characteristic.", characteristics),
    }  # fmt: skip
    frame = {
        **told,
        "service_area": Column("service_area", "The name of the service area."),
        "headcount": Column("headcount", "How many people of this role group work in this service area."),
    }
    records = {
        "record_id": Column("record_id", "An id that no other record has, such as I01."),
        "source": Column("source", "Where it was gathered.", tuple(FIELDWORK)),
        "kind": Column("kind", _kinds_in_words(framework), (*kinds, DATA_REVIEW)),
        "role_group": Column("role_group", f"Optional: whom it was about. {named_roles}.", roles),
        "service_area": Column("service_area", "Optional: where, as in the sheet “frame”.", same_as=area),
        "level": Column(
            "level", "Optional: which decisions it was about.", ("strategic", "operational", "both")
        ),
        "month": Column("month", "When, as year-month, such as 2026-11."),
        "people": Column("people", "Optional: how many people took part."),
    }
    ratings = {
        **told,
        "rater": Column("rater", "The rater’s initials; “reconciled” for what two raters agreed afterwards."),
        "stage": Column("stage", "The stage that was found, or not_seen.", (*map(str, STAGES), "not_seen")),
        "reason": Column("reason", "What was heard, seen or read. Needed with every stage.", wide=True),
    }
    quotes = {
        **told,
        "text": Column("text", "The words that were said. Name nobody.", wide=True),
        "released": Column("released", "yes where a second person has released the quote.", ("yes", "no")),
    }
    pairs = tuple(f"{a}-{b}" for place, a in enumerate(SOURCES) for b in SOURCES[place + 1 :])
    reviews = {
        "heading": Column("heading", "The id of a heading.", tuple(one.id for one in framework.headings)),
        "subject": Column("subject", "Two sources, or a pattern.", (*pairs, *reviews_file.PATTERNS)),
        "decision": Column("decision", "What you decided on the proposal.", ("confirmed", "overruled")),
        "reason": Column("reason", "Why, in one line.", wide=True),
    }
    survey = (
        "One row a person. An empty cell is not answered, DK is don’t know. Or leave the sheet empty and "
    )
    return (
        SheetPlan(sheet_of(FRAME), "The whole workforce: one row for each role group in each service area.",
                  _in_order(frame, frame_file.COLUMNS)),
        SheetPlan(sheet_of(SURVEY), f"{survey}name an export under “survey” in the sheet “diagnostic”.",
                  _survey(framework, told)),
        SheetPlan(sheet_of(RECORDS), "One row for each interview, observation and document.",
                  _in_order(records, fieldwork_files.RECORD_COLUMNS)),
        SheetPlan(sheet_of(RATINGS), "One row for each characteristic that a rater looked for in a record.",
                  _in_order(ratings, fieldwork_files.RATING_COLUMNS)),
        SheetPlan(sheet_of(QUOTES), "Words that may be printed, once they are released.",
                  _in_order(quotes, fieldwork_files.QUOTE_COLUMNS)),
        SheetPlan(sheet_of(REVIEWS), "Optional: what a person decided on a proposed code or pattern.",
                  _in_order(reviews, reviews_file.COLUMNS)),
    )  # fmt: skip


def _in_order(told: dict[str, Column], names: Sequence[str]) -> tuple[Column, ...]:
    return tuple(told[name] for name in names)


def _kinds_in_words(framework: Framework) -> str:
    groups = (
        ("interview", framework.interview_kinds),
        ("observation", framework.observation_settings),
        ("document", framework.document_types),
    )
    words = [f"{source}: {', '.join(kind.id for kind in kinds)}" for source, kinds in groups]
    return f"What kind of record. {'; '.join(words)}, {DATA_REVIEW}."


def _survey(framework: Framework, told: dict[str, Column]) -> tuple[Column, ...]:
    columns = [
        Column("role_group", f"{told['role_group'].about} Empty: did not say.", told["role_group"].words),
        told["service_area"],
    ]
    for question in (*framework.questions, *framework.outcomes):
        options = framework.scale(question.scale).options
        labels = ", ".join(f"{option.value} {option.label}" for option in options)
        shown = f" Only for {', '.join(question.shown_to)}." if question.shown_to else ""
        about = f"{question.text} {labels}, DK {framework.dont_know}.{shown}"
        columns.append(Column(question.code, about, (*(str(option.value) for option in options), "DK")))
    needs = framework.needs
    columns += [
        Column(
            f"{needs.code}_{choice.id}", f"{needs.text} {choice.label}: 1 ticked, 0 not ticked.", ("1", "0")
        )
        for choice in needs.choices
    ]
    columns += [Column(comment.code, comment.text, wide=True) for comment in framework.comments]
    return tuple(columns)
