"""The small folder's survey as LimeSurvey and Microsoft Forms would export it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.interchange.framework_files import load_once
from diagnostics.framework import Framework
from tests.app.small_folder import SECOND_FRAMEWORK, SURVEY_HEADER, csv_text, survey_rows, write_folder

FRAMEWORK: Framework = load_once(SECOND_FRAMEWORK.read_text(encoding="utf-8"))
QUESTIONS = {question.code: question for question in (*FRAMEWORK.questions, *FRAMEWORK.outcomes)}
COMMENTS = {comment.code: comment.text for comment in FRAMEWORK.comments}
ROLES = {group.id: group.name for group in FRAMEWORK.role_groups}
LIMESURVEY = (
    "id",
    "submitdate",
    "lastpage",
    "startlanguage",
    "seed",
    "startdate",
    "datestamp",
    "ipaddr",
    "token",
)
FULL = (
    "Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started",
    "Date last action", "IP address", "Token",
)  # fmt: skip
FORMS = ("ID", "Start time", "Completion time", "Email", "Name")
ANONYMOUS_DATE = "1980-01-01 00:00:00"


def label(code: str, value: str) -> str:
    """Give the words of an answer."""
    if value == "DK":
        return FRAMEWORK.dont_know
    options = FRAMEWORK.scale(QUESTIONS[code].scale).options
    return next((option.label for option in options if str(option.value) == value), "")


def answer_code(code: str, value: str) -> str:
    """Give the numbered code that LimeSurvey makes of an answer."""
    options = [str(option.value) for option in FRAMEWORK.scale(QUESTIONS[code].scale).options]
    return f"A{[*options, 'DK'].index(value) + 1}" if value else ""


def limesurvey(full: bool, people: int = 60) -> tuple[list[str], list[list[str]]]:
    """Give the survey as LimeSurvey exports it: codes, or full questions and answers."""
    needs = FRAMEWORK.needs
    header = list(FULL if full else LIMESURVEY)
    for column in SURVEY_HEADER:
        if column == needs.code:
            header += [
                f"{needs.text} [{choice.label}]" if full else f"{needs.code}[{choice.id}]"
                for choice in needs.choices
            ]
            header.append(f"{needs.text} [Other]" if full else f"{needs.code}[other]")
        else:
            header.append(wording(column) if full else column.replace("_", ""))
    rows = []
    for number, person in enumerate(survey_rows(people), start=1):
        row = [str(number), ANONYMOUS_DATE, "3", "en", "123456", ANONYMOUS_DATE, ANONYMOUS_DATE, "", ""]
        for column, value in zip(SURVEY_HEADER, person, strict=True):
            if column == needs.code:
                ticked = value.split("|")
                yes, no = ("Yes", "No") if full else ("Y", "")
                row += [yes if choice.id in ticked else no for choice in needs.choices]
                row.append("")
            elif column in QUESTIONS:
                row.append((label(column, value) or "N/A") if full else answer_code(column, value))
            else:
                row.append(ROLES.get(value, value) if full else value)
        rows.append(row)
    return header, rows


def wording(column: str) -> str:
    """Give how a question is asked."""
    if column in QUESTIONS:
        return QUESTIONS[column].text
    asked = {
        "role_group": "What is your role?",
        "service_area": "Which service area do you work in?",
        FRAMEWORK.needs.code: FRAMEWORK.needs.text,
    }
    return {**asked, **COMMENTS}[column]


def forms(people: int = 60) -> list[list[object]]:
    """Give the survey as Microsoft Forms exports it."""
    labels = {choice.id: choice.label for choice in FRAMEWORK.needs.choices}
    rows: list[list[object]] = [[*FORMS, *(wording(column) for column in SURVEY_HEADER)]]
    for number, person in enumerate(survey_rows(people), start=1):
        row: list[object] = [number, 46_000 + number / 100, 46_000.5 + number / 100, "anonymous", ""]
        for column, value in zip(SURVEY_HEADER, person, strict=True):
            if column == FRAMEWORK.needs.code:
                row.append("".join(f"{labels[choice]};" for choice in value.split("|") if choice))
            elif column in QUESTIONS:
                row.append(label(column, value))
            else:
                row.append(ROLES.get(value, value))
        rows.append(row)
    return rows


def write_survey(
    folder: Path, header: Sequence[str], rows: Sequence[Sequence[str]], separator: str = ","
) -> Path:
    """Write the small folder with this survey.csv."""
    return write_folder(folder, {"survey.csv": csv_text(header, rows, separator)})


def renamed(header: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Give headings with some of them changed."""
    return [names.get(name, name) for name in header]
