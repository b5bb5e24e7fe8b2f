"""The survey as a survey tool would export it: LimeSurvey as CSV, Microsoft Forms as a workbook."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta

import xlsxwriter

from diagnostics.framework import Framework
from diagnostics.framework_parts import Question
from sample_data.invention.answers import Row
from sample_data.invention.workforce import NOT_SAID

# What LimeSurvey writes instead of the date where answers are anonymous.
_NO_DATE = "1980-01-01 00:00:00"
_ROLE, _AREA = "What is your role?", "Which service area do you work in?"
_PEOPLE = {"role_group": "rolegroup", "service_area": "servicearea"}


def limesurvey_csv(framework: Framework, rows: Sequence[Row]) -> str:
    """Give the responses with question codes as headings and full answers in the cells.

    One response stops at the first page, as some do: it has no date of submission and does not count.
    """
    words = _Words(framework)
    needs = framework.needs
    ticks = [f"{needs.code}[{choice.id}]" for choice in needs.choices]
    asked = [column for column in rows[0] if column != needs.code]
    place = list(rows[0]).index(needs.code)
    columns = [_PEOPLE.get(column, column) for column in asked]
    own = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow([*own, *columns[:place], *ticks, *columns[place:]])
    for number, row in enumerate(rows, start=1):
        chosen = row[needs.code].split("|")
        cells = [words.of(column, row[column]) for column in asked]
        ticked = ["Yes" if choice.id in chosen else "" for choice in needs.choices]
        start = [str(number), _NO_DATE, "9", "en", str(410_000_000 + 7_919 * number)]
        writer.writerow([*start, *cells[:place], *ticked, *cells[place:]])
    stopped = [words.of(column, rows[0][column]) if i < 5 else "" for i, column in enumerate(asked)]
    start = [str(len(rows) + 1), "", "1", "en", "497711223"]
    writer.writerow([*start, *stopped[:place], *[""] * len(ticks), *stopped[place:]])
    return "\ufeff" + text.getvalue()


def forms_workbook(framework: Framework, rows: Sequence[Row], first: datetime) -> bytes:
    """Give the responses with wordings as headings and the answers' words in the cells."""
    words = _Words(framework)
    headings = [words.heading(column) for column in rows[0]]
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": first})
        sheet = book.add_worksheet("Sheet1")
        moment = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        for place, heading in enumerate(["ID", "Start time", "Completion time", "Email", "Name", *headings]):
            sheet.write_string(0, place, heading)
        for number, row in enumerate(rows, start=1):
            began = first + timedelta(minutes=397 * number)
            sheet.write_number(number, 0, number)
            sheet.write_datetime(number, 1, began, moment)
            sheet.write_datetime(number, 2, began + timedelta(minutes=9), moment)
            sheet.write_string(number, 3, "anonymous")
            for place, (column, value) in enumerate(row.items(), start=5):
                if value:
                    sheet.write_string(number, place, words.of(column, value))
    return content.getvalue()


class _Words:
    """Questions and answers in the words that staff read."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._needs = framework.needs
        asked: tuple[Question, ...] = (*framework.questions, *framework.outcomes)
        self._scales = {question.code: framework.scale(question.scale) for question in asked}
        self._headings = {question.code: question.text for question in asked}
        self._headings |= {comment.code: comment.text for comment in framework.comments}
        self._headings |= {"role_group": _ROLE, "service_area": _AREA, self._needs.code: self._needs.text}
        self._roles = {group.id: group.name for group in framework.role_groups}

    def heading(self, column: str) -> str:
        """Give how a question is asked."""
        return self._headings[column]

    def of(self, column: str, value: str) -> str:
        """Give an answer in words."""
        if value == NOT_SAID:
            return self._framework.prefer_not_to_say
        if column == "role_group":
            return self._roles[value]
        if column in self._scales and value:
            labels = {str(option.value): option.label for option in self._scales[column].options}
            return labels.get(value, self._framework.dont_know)
        if column == self._needs.code:
            labels = {choice.id: choice.label for choice in self._needs.choices}
            return "".join(f"{labels[choice]};" for choice in value.split("|") if choice)
        return value
