"""Which question a heading in a survey tool's export stands for: by code or by wording, never by likeness."""

import difflib
import re
from dataclasses import dataclass

from app.interchange.wording import same_code, same_wording, without_markup
from diagnostics.framework import Framework

ROLE_GROUP, SERVICE_AREA = "role_group", "service_area"
# How a survey may ask for the two; the first is what we suggest.
ROLE_WORDINGS = (
    "What is your role?", "Role group", "Your role group", "Role", "Your role", "What is your role group?",
    "Which role group are you in?", "Which role group do you belong to?", "Which of these is your role?",
    "Which of these best describes your role?", "Which best describes your role?",
)  # fmt: skip
AREA_WORDINGS = (
    "Which service area do you work in?", "Service area", "Your service area", "What is your service area?",
    "Which service area are you in?", "Where do you work?", "Service", "Your service", "Area",
)  # fmt: skip

_IN_BRACKETS = re.compile(r"(.*?)\s*\[([^\[\]]*)\]\s*", re.DOTALL)
_CODE_FIRST = re.compile(r"([A-Za-z][A-Za-z0-9_]*(?:\[[A-Za-z0-9_]+\])?)\s*[.:]\s+(.+)", re.DOTALL)
_OTHER = frozenset(["other", "othercomment"])


@dataclass(frozen=True, slots=True)
class Asked:
    """What a column can stand for: its name in our own form, and how it is asked."""

    column: str
    wording: str
    required: bool


class Headings:
    """The questions of a framework by code and by wording."""

    def __init__(self, framework: Framework) -> None:
        needs = framework.needs
        self.needs = needs.code
        self.asked = (
            Asked(ROLE_GROUP, ROLE_WORDINGS[0], True),
            Asked(SERVICE_AREA, AREA_WORDINGS[0], True),
            *(Asked(question.code, question.text, True) for question in framework.questions),
            *(Asked(question.code, question.text, False) for question in framework.outcomes),
            Asked(needs.code, needs.text, False),
            *(Asked(comment.code, comment.text, False) for comment in framework.comments),
        )
        self.ticks = {
            f"{needs.code}_{choice.id}": f"{needs.text} [{choice.label}]" for choice in needs.choices
        }
        self._codes = {same_code(asked.column): asked.column for asked in self.asked}
        self._wordings: dict[str, str] = {}
        self._doubled: set[str] = set()
        for asked in self.asked:
            self._add(asked.wording, asked.column)
        for wording in ROLE_WORDINGS[1:]:
            self._add(wording, ROLE_GROUP)
        for wording in AREA_WORDINGS[1:]:
            self._add(wording, SERVICE_AREA)
        self._choices = {same_code(choice.id): choice.id for choice in needs.choices}
        self._labels = {same_wording(choice.label): choice.id for choice in needs.choices}

    def _add(self, wording: str, column: str) -> None:
        key = same_wording(wording)
        if self._wordings.setdefault(key, column) != column:
            self._doubled.add(key)

    @property
    def other(self) -> str:
        """The column for what people wrote beside the choices; it is never read."""
        return f"{self.needs}[other]"

    def find(self, heading: str) -> str | None:
        """Give the column of our own form that a heading stands for, or None."""
        plain = without_markup(heading)
        return self._whole(plain) or self._bracketed(plain) or self._code_first(plain)

    def by_wording(self, heading: str) -> bool:
        """Say whether a heading is a question's wording, rather than its code."""
        return same_code(heading) not in self._codes and self.find(heading) is not None

    def _whole(self, heading: str) -> str | None:
        key = same_wording(heading)
        found = self._codes.get(same_code(heading)) if len(heading) <= 40 else None
        return found or (None if key in self._doubled else self._wordings.get(key))

    def _bracketed(self, heading: str) -> str | None:
        match = _IN_BRACKETS.fullmatch(heading)
        if match is None:
            return None
        outer, inner = match.groups()
        if (self._whole(outer) or self._code_first(outer)) != self.needs:
            return self._whole(inner)
        if same_code(inner) in _OTHER:
            return self.other
        choice = self._choices.get(same_code(inner)) or self._labels.get(same_wording(inner))
        return f"{self.needs}_{choice}" if choice else None

    def _code_first(self, heading: str) -> str | None:
        match = _CODE_FIRST.fullmatch(heading.strip())
        if match is None:
            return None
        code, rest = match.groups()
        return self._whole(code) or self._bracketed(code) or self._whole(rest) or self._bracketed(rest)

    def nearest(self, wording: str, headings: dict[str, str]) -> str | None:
        """Give the heading, of those that stand for nothing, that looks most like a wording."""
        keys = {same_wording(heading): heading for heading in headings}
        close = difflib.get_close_matches(same_wording(wording)[:300], keys, n=1, cutoff=0.75)
        return keys[close[0]] if close else None
