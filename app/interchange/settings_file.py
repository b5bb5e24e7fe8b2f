"""diagnostic.yaml: which authority, which wave, when, under which framework and threshold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from app.interchange.authorities import fault_of_code, warning_of_name
from app.interchange.delimited import Row, decode, read_bytes
from app.interchange.faults import Report
from app.interchange.vocabulary import Vocabulary, cleaned, folded, quoted, whole_number
from diagnostics.evidence import Diagnostic
from diagnostics.framework_checks import MINIMUM_THRESHOLD

FILE = "diagnostic.yaml"

_MAXIMUM_CHARACTERS = 100_000
_LONGEST_CONTACT = 120
_KEYS: Mapping[str, tuple[str, ...]] = {
    "authority": ("code", "name"),
    "wave": (),
    "dates": ("survey_opened", "survey_closed"),
    "as_of": (),
    "framework": (),
    "threshold": (),
    "survey": (),
    "previous": (),
    "replacement_links": (),
    "contact": (),
}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(
    _PLAIN_TAG + name
    for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "merge", "value")
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the file as it was written, and its line."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class _Written:
    """The values by key (``dates.survey_opened``), the keys whose value is a fault already, and of a sheet
    the rows of the keys that have none."""

    values: dict[str, Value] = field(default_factory=dict)
    spoilt: set[str] = field(default_factory=set)
    empty: dict[str, int] = field(default_factory=dict)

    def keep(self, key: str, node: yaml.Node, line: int, report: Report) -> None:
        """Keep a value as text; nothing is ever constructed from the YAML."""
        if node.tag not in _PLAIN_TAGS:
            wrong = f"The tag {quoted(node.tag)} is refused. Write the plain value."
        elif not isinstance(node, yaml.ScalarNode):
            wrong = "Write one value here, not a list or a group of keys."
        else:
            if node.tag != f"{_PLAIN_TAG}null" and node.value.strip():
                self.values[key] = Value(cleaned(node.value), line)
            return
        report.fault(FILE, line, key, wrong)
        self.spoilt.add(key)


@dataclass(frozen=True, slots=True)
class Settings:
    """What diagnostic.yaml says. What is missing or wrong is None and stands among the faults."""

    code: str | None = None
    name: str | None = None
    wave: int | None = None
    as_of: date | None = None
    survey_opened: date | None = None
    survey_closed: date | None = None
    framework: Value | None = None
    threshold: int | None = None
    threshold_line: int | None = None
    survey: Value | None = None
    previous: Value | None = None
    replacement_links: int = 0
    contact: str | None = None

    def diagnostic(self, framework_threshold: int) -> Diagnostic | None:
        """Give the diagnostic with the threshold that holds, once everything needed is there."""
        if self.code is None or self.name is None or self.wave is None or self.as_of is None:
            return None
        return Diagnostic(
            authority_code=self.code,
            authority_name=self.name,
            wave=self.wave,
            as_of=self.as_of,
            threshold=framework_threshold if self.threshold is None else self.threshold,
            survey_opened=self.survey_opened,
            survey_closed=self.survey_closed,
            contact=self.contact,
        )


def read_settings(path: Path, report: Report) -> Settings:
    """Read diagnostic.yaml; faults go into the report."""
    content = read_bytes(path, FILE, report)
    text = None if content is None else decode(content, FILE, report)
    if text is None:
        return Settings()
    if len(text) > _MAXIMUM_CHARACTERS:
        report.fault(
            FILE, None, None, "The file is far longer than its few lines. Check that it is the right one."
        )
        return Settings()
    written = _written(text, report)
    return Settings() if written is None else _Reading(written, report).settings()


def settings_of_rows(rows: Sequence[Row], report: Report) -> Settings:
    """Read the same from rows with a key and its value, such as “authority.code” and “E08000030”."""
    names = [f"{key}.{part}" for key, parts in _KEYS.items() for part in parts or ("",)]
    words = Vocabulary("a key of this sheet", [(name.rstrip("."), name.replace(".", " ")) for name in names])
    written = _Written()
    for row in rows:
        key, text = (cleaned(cell) for cell in (*row.cells, "", "")[:2])
        if not key or (folded(key), folded(text)) == ("key", "value"):
            if text and not key:
                report.fault(FILE, row.number, None, f"The value {quoted(text)} has no key beside it.")
            continue
        known = words.find(key.replace(":", " "))
        if known is None:
            report.fault(FILE, row.number, key[:80], words.unknown(key))
        elif known in written.values:
            report.fault(FILE, row.number, known, f"The key “{known}” stands twice. Keep one of the two.")
        elif text:
            written.values[known] = Value(text, row.number)
        else:
            written.empty[known] = row.number
    return _Reading(written, report).settings()


def _written(text: str, report: Report) -> _Written | None:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "it ends too early"
        report.fault(FILE, mark.line + 1 if mark else None, None, f"This is not readable YAML: {problem}.")
        return None
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        report.fault(FILE, None, None, f"This is not readable YAML: {' '.join(str(error).split())[:200]}.")
        return None
    if not isinstance(root, yaml.MappingNode):
        report.fault(FILE, 1, None, "Write one “key: value” a line, such as “wave: 1”.")
        return None
    written = _Written()
    for key, node, line in _entries(root, tuple(_KEYS), "", report):
        parts = _KEYS[key]
        if parts and isinstance(node, yaml.MappingNode) and node.tag in _PLAIN_TAGS:
            for part, inner, inner_line in _entries(node, parts, f"{key}.", report):
                written.keep(f"{key}.{part}", inner, inner_line, report)
        elif parts:
            report.fault(
                FILE, line, key, f"Under “{key}” write {' and '.join(parts)}, each on a line of its own."
            )
            written.spoilt.update(f"{key}.{part}" for part in parts)
        else:
            written.keep(key, node, line, report)
    return written


def _entries(
    mapping: yaml.MappingNode, known: tuple[str, ...], prefix: str, report: Report
) -> list[tuple[str, yaml.Node, int]]:
    vocabulary = Vocabulary("a key of this file", [(key, key) for key in known])
    found: dict[str, tuple[str, yaml.Node, int]] = {}
    for key_node, node in mapping.value:
        line = key_node.start_mark.line + 1
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
        if key in found:
            report.fault(FILE, line, f"{prefix}{key}", f"The key “{key}” stands twice. Keep one of the two.")
        elif key not in known:
            shown = f"{prefix}{cleaned(key)}"[:80] or None
            report.fault(FILE, line, shown, vocabulary.unknown(key))
        else:
            found[key] = (key, node, line)
    return list(found.values())


class _Reading:
    """Turns the written values into what they mean, and notes what they cannot mean."""

    def __init__(self, written: _Written, report: Report) -> None:
        self.values = written.values
        self.spoilt = written.spoilt
        self.empty = written.empty
        self.report = report

    def fault(self, key: str, message: str) -> None:
        value = self.values.get(key)
        self.report.fault(FILE, self.empty.get(key) if value is None else value.line, key, message)

    def missing(self, key: str, mend: str) -> None:
        if key not in self.spoilt:
            self.fault(key, f"“{key.replace('.', ': ')}” is missing. {mend}")

    def settings(self) -> Settings:
        code, name = self.text("authority.code"), self.text("authority.name")
        self.authority(code, name)
        as_of = self.date("as_of", required=True)
        opened, closed = self.date("dates.survey_opened"), self.date("dates.survey_closed")
        if opened and closed and closed < opened:
            self.fault("dates.survey_closed", f"The survey closed on {closed}, before it opened on {opened}.")
        if as_of and closed and as_of < closed:
            self.fault(
                "as_of",
                f"{as_of} is before the survey closed on {closed}. "
                "Write the day on which all evidence was in.",
            )
            as_of = None
        threshold = self.number("threshold", 1)
        if threshold is not None and threshold < MINIMUM_THRESHOLD:
            self.fault(
                "threshold",
                f"The threshold is {MINIMUM_THRESHOLD}. It may be raised, never lowered: write "
                f"{MINIMUM_THRESHOLD} or more.",
            )
        return Settings(
            code=code,
            name=name,
            wave=self.number("wave", 1, required=True),
            as_of=as_of,
            survey_opened=opened,
            survey_closed=closed,
            framework=self.values.get("framework"),
            threshold=threshold,
            threshold_line=self.values["threshold"].line if threshold is not None else None,
            survey=self.values.get("survey"),
            previous=self.values.get("previous"),
            replacement_links=self.number("replacement_links", 0) or 0,
            contact=self.contact(),
        )

    def authority(self, code: str | None, name: str | None) -> None:
        if code is None:
            return
        wrong = fault_of_code(code, name or "")
        if wrong:
            self.fault("authority.code", wrong)
        doubtful = warning_of_name(code, name or "")
        if doubtful:
            self.report.warn(FILE, self.values["authority.code"].line, "authority.code", doubtful)

    def contact(self) -> str | None:
        """Whom to ask about the brief, in a few words; page 4 prints them."""
        if "contact" not in self.values:
            return None
        words = " ".join(self.values["contact"].text.split()).removesuffix(".")
        if len(words) > _LONGEST_CONTACT:
            self.fault("contact", f"Keep it to {_LONGEST_CONTACT} characters; page 4 has one line for it.")
            return None
        return words

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is None:
            self.missing(key, "Add it.")
            return None
        return " ".join(value.text.split())

    def number(self, key: str, least: int, *, required: bool = False) -> int | None:
        value = self.values.get(key)
        if value is None:
            if required:
                self.missing(key, f"Write a whole number from {least}.")
            return None
        number = whole_number(value.text)
        if number is None or number < least:
            self.fault(key, f"{quoted(value.text)} is not a whole number from {least}.")
            return None
        return number

    def date(self, key: str, *, required: bool = False) -> date | None:
        value = self.values.get(key)
        if value is None:
            if required:
                self.missing(key, "Write a date, such as 2026-11-30.")
            return None
        try:
            return date.fromisoformat(value.text if _DATE.fullmatch(value.text) else "")
        except ValueError:
            self.fault(key, f"{quoted(value.text)} is not a date. Write year-month-day, such as 2026-11-30.")
            return None
