"""The survey as LimeSurvey or Microsoft Forms export it, turned into our own form, with a report of what was
recognised and what was not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.interchange.delimited import Row, Table, column_letters
from app.interchange.survey_answers import Answers
from app.interchange.survey_headings import AREA_WORDINGS, ROLE_GROUP, ROLE_WORDINGS, SERVICE_AREA, Headings
from app.interchange.vocabulary import folded, listed, quoted, rows_in_words
from app.interchange.wording import codes_of, same_wording
from diagnostics.framework import Framework

Tool = Literal["LimeSurvey", "Microsoft Forms", "a survey tool"]

# The tools' own columns, by code and by the wording of a full export.
_ENDED = frozenset(["submitdate", "datesubmitted"])
_LIMESURVEY = _ENDED | {"lastpage", "startlanguage", "seed", "datelastaction", "datestamp"}
_FORMS = frozenset(["starttime", "completiontime", "lastmodifiedtime"])
_HARMLESS = frozenset(
    ["id", "responseid", "lastpage", "startlanguage", "seed", "language", "totaltime", "interviewtime"]
)
_DATES = _ENDED | _FORMS | {"startdate", "datestamp", "datestarted", "datelastaction"}
_NAMES = frozenset([
    "ipaddr", "ipaddress", "refurl", "referrerurl", "refererurl", "token", "accesscode", "email",
    "emailaddress", "name", "firstname", "lastname",
])  # fmt: skip
_TIMINGS = ("grouptime", "questiontime")
_ATTRIBUTE = "attribute"
# What an anonymous survey leaves in such columns.
_EMPTY_NAMES = frozenset(["", "anonymous", "n/a"])


@dataclass(frozen=True, slots=True)
class _Found:
    """A column of the file that stands for a question."""

    column: str
    place: int
    heading: str


def tool_of(table: Table, headings: Headings) -> Tool | None:
    """Tell by the columns which tool wrote a survey; None where it is our own form."""
    keys = {key for name in table.header for key in codes_of(name)}
    if len(keys & _LIMESURVEY) >= 2 or (keys & _LIMESURVEY and "id" in keys):
        return "LimeSurvey"
    if keys & _FORMS:
        return "Microsoft Forms"
    if any("[" in name and headings.find(name) for name in table.header):
        return "LimeSurvey"
    own = {folded(ROLE_GROUP), folded(SERVICE_AREA)} & {folded(name) for name in table.header}
    if not own and any(headings.by_wording(name) for name in table.header):
        return "a survey tool"
    return None


def in_own_form(table: Table, framework: Framework) -> Table:
    """Give the survey in our own form; what cannot be understood goes into the table's report.

    Every question is found by its code or by its wording. A heading that is only like a question is named in
    the report, and not read.
    """
    headings = Headings(framework)
    tool = tool_of(table, headings)
    return table if tool is None else _Export(table, headings, framework, tool).own_form()


class _Export:
    """One export on its way to our own form."""

    def __init__(self, table: Table, headings: Headings, framework: Framework, tool: Tool) -> None:
        self.table = table
        self.headings = headings
        self.tool = tool
        self.framework = framework
        self.answers = Answers(framework, headings)
        self.found: dict[str, _Found] = {}
        self.unread: dict[str, str] = {}

    def own_form(self) -> Table:
        ignored = self.find_columns()
        missing = self.say_missing()
        self.say_matched(ignored)
        self.say_left_out()
        rows = self.finished_rows()
        columns = list(self.found.values())
        translators = [self.answers.translator(one.column) for one in columns]
        known: list[dict[str, str]] = [{} for _ in columns]
        own: list[Row] = []
        for row in rows:
            cells = []
            for one, translate, meant in zip(columns, translators, known, strict=True):
                raw = row.cells[one.place]
                counted = sum(self.answers.seen.other.values())
                if raw not in meant:
                    meaning = translate(raw)
                    # What was left out is counted for each person, so it is not remembered.
                    if sum(self.answers.seen.other.values()) == counted:
                        meant[raw] = meaning
                    cells.append(meaning)
                else:
                    cells.append(meant[raw])
            own.append(Row(row.number, row.line, [*cells, *[""] * len(missing)], row.ragged))
        called = {one.column: self.called(one) for one in columns}
        for column, message in self.answers.warnings():
            self.table.warn(called.get(column, column) if column else None, message)
        header = (*(one.column for one in columns), *missing)
        return Table(self.table.file, self.table.report, header, self.table.header_row, tuple(own), called)

    def find_columns(self) -> list[str]:
        """Find what each heading stands for; give the tool's own columns, which are not read."""
        ignored: list[str] = []
        for place, heading in enumerate(self.table.header):
            if not heading:
                continue
            column = self.headings.find(heading)
            letters = column_letters(place + 1)
            if column is None and self.is_tools_own(heading):
                ignored.append(heading)
                self.say_identifying(heading, place)
            elif column is None:
                self.unread[heading] = letters
            elif column == self.headings.other:
                self.say_other(heading, place)
            elif column in self.found:
                first = self.found[column]
                self.table.fault(
                    None, f"{letters} ({column})",
                    f"The heading {quoted(heading)} stands for {column}, and so does {quoted(first.heading)} "
                    f"in column {column_letters(first.place + 1)}. Keep one of the two.",
                )  # fmt: skip
            else:
                self.found[column] = _Found(column, place, heading)
        return ignored

    def is_tools_own(self, heading: str) -> bool:
        known = _HARMLESS | _DATES | _NAMES | _LIMESURVEY
        return any(key in known or key.startswith((*_TIMINGS, _ATTRIBUTE)) for key in codes_of(heading))

    def called(self, one: _Found) -> str:
        return f"{column_letters(one.place + 1)} ({one.column})"

    def say_identifying(self, heading: str, place: int) -> None:
        keys = codes_of(heading)
        held = {same_wording(row.cells[place]) for row in self.table.rows if not row.blank}
        if keys & _DATES:
            # LimeSurvey writes one and the same date for everybody where answers are anonymous.
            told = len(held - {""}) > 1
        else:
            named = keys & _NAMES or any(key.startswith(_ATTRIBUTE) for key in keys)
            told = bool(named and held - _EMPTY_NAMES)
        if told:
            self.table.warn(
                f"{column_letters(place + 1)} ({heading})",
                "The column was not read: it can tell who answered, and should not have been collected. "
                "Delete it from the file and from the survey tool, and switch it off for the next survey.",
            )

    def say_other(self, heading: str, place: int) -> None:
        written = sum(bool(row.cells[place].strip()) for row in self.table.rows)
        if written:
            self.table.warn(
                f"{column_letters(place + 1)} ({heading})",
                f"{written} answer{'' if written == 1 else 's'} in own words left out: they are none of the "
                f"choices of {self.headings.needs}.",
            )

    def say_missing(self) -> list[str]:
        """Note the questions that no column asks, and give their columns."""
        asked = [(one.column, one.wording) for one in self.headings.asked if one.required]
        if any(tick in self.found for tick in self.headings.ticks):
            asked += list(self.headings.ticks.items())
        missing: list[str] = []
        for column, wording in asked:
            if column in self.found:
                continue
            missing.append(column)
            near = self.headings.nearest(wording, self.unread)
            if near is not None:
                mend = (
                    f"The heading {quoted(near)} in column {self.unread[near]} is nearly it, but was not "
                    "read. If it is the same question, write the code or this wording as its heading."
                )
            elif column in (ROLE_GROUP, SERVICE_AREA):
                others = ROLE_WORDINGS if column == ROLE_GROUP else AREA_WORDINGS
                words = listed([f"“{word}”" for word in others[:3]])
                mend = f"Write as the heading of its column “{column}”, {words}."
            else:
                mend = "Write the code or this wording as the heading of its column, or add the column."
            self.table.fault(None, column, f"No column asks {column}, {_whole(wording)}. {mend}")
        return missing

    def say_left_out(self) -> None:
        """Say which questions nobody asks that may be left out; outcome items are spoken of elsewhere."""
        texts = {comment.code for comment in self.framework.comments}
        if not any(tick in self.found for tick in self.headings.ticks):
            texts.add(self.headings.needs)
        for one in self.headings.asked:
            if one.column in texts and one.column not in self.found:
                near = self.headings.nearest(one.wording, self.unread)
                meant = f"the heading {quoted(near)} in column {self.unread[near]} is meant" if near else ""
                self.table.warn(
                    one.column,
                    f"No column asks {one.column}, {_whole(one.wording)}, so the brief is made without it. "
                    f"If {meant or 'it was asked'}, write the code as the heading of its column.",
                )

    def say_matched(self, ignored: Sequence[str]) -> None:
        matched = [one.column for one in self.found.values()]
        own = f"; {len(ignored)} of the tool’s own were ignored" if ignored else ""
        self.table.warn(
            None,
            f"Read as an export of {self.tool}: {len(matched)} columns were recognised{own}, and "
            f"{len(self.unread) or 'none'} {'was' if len(self.unread) == 1 else 'were'} not.",
        )
        wordings = {same_wording(one.wording): one for one in self.headings.asked}
        for heading, letters in self.unread.items():
            near = self.headings.nearest(heading, {one.wording: one.column for one in self.headings.asked})
            asked = None if near is None else wordings[same_wording(near)]
            hint = (
                f"It is nearly {asked.column}, {_whole(asked.wording)}: if it is meant, correct the heading."
                if asked is not None
                else "It is no question of the framework. If it should be, write its code as the heading."
            )
            self.table.warn(f"{letters} ({quoted(heading)[1:-1]})", f"The column was not read. {hint}")

    def finished_rows(self) -> list[Row]:
        """Leave out the rows of people who did not finish."""
        rows = [row for row in self.table.rows if not row.blank]
        ended = [place for place, name in enumerate(self.table.header) if codes_of(name) & _ENDED]
        if self.tool != "LimeSurvey" or not ended:
            return rows
        unfinished = [row.number for row in rows if same_wording(row.cells[ended[0]]) in ("", "n/a")]
        if unfinished:
            left = (
                "1 incomplete response was"
                if len(unfinished) == 1
                else f"{len(unfinished):,} incomplete responses were"
            )
            self.table.warn(
                f"{column_letters(ended[0] + 1)} ({self.table.header[ended[0]]})",
                f"{left} left out: {rows_in_words(unfinished)}. They have no date of submission.",
            )
        out = set(unfinished)
        return [row for row in rows if row.number not in out]


def _whole(wording: str) -> str:
    return f"“{wording}”"
