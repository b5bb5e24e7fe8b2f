"""What a cell of a survey tool's export means, as our own form would write it."""

import difflib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.interchange.survey_headings import ROLE_GROUP, SERVICE_AREA, Headings
from app.interchange.vocabulary import cleaned, quoted
from app.interchange.wording import same_wording
from diagnostics.framework import Framework

_NOTHING = frozenset(["", "n/a"])
_OTHER = frozenset(["-oth-", "other"])
_TICKED = frozenset(["y", "yes", "1", "true", "checked", "selected"])
_UNTICKED = frozenset(["", "n", "no", "0", "false", "n/a", "not checked", "not selected", "unchecked"])
# LimeSurvey numbers answers A1, A2 or AO01, AO02, unless somebody gives them codes.
_NUMBERED = re.compile(r"AO?0?([1-9][0-9]?)")

Translator = Callable[[str], str]


@dataclass(slots=True)
class Seen:
    """What was met and should be said: “Other” by column, numbered codes by what they were taken for."""

    other: Counter[str] = field(default_factory=Counter)
    numbered: dict[str, list[str]] = field(default_factory=dict)


class Answers:
    """Gives, for each column, what turns a cell into what our own form would hold."""

    def __init__(self, framework: Framework, headings: Headings) -> None:
        self.seen = Seen()
        self._framework = framework
        self._headings = headings
        self._questions = {
            question.code: question for question in (*framework.questions, *framework.outcomes)
        }

    def translator(self, column: str) -> Translator:
        """Give the translator of a column's cells."""
        framework = self._framework
        if column in self._questions:
            options = framework.scale(self._questions[column].scale).options
            words = [(option.label, str(option.value)) for option in options]
            return self._one_of(column, [*words, (framework.dont_know, "DK")])
        if column == ROLE_GROUP:
            roles = [(group.name, group.id) for group in framework.role_groups]
            return self._one_of(column, [*roles, (framework.prefer_not_to_say, "")])
        if column == SERVICE_AREA:
            return self._area
        if column == self._headings.needs:
            return self._several
        return _tick if column in self._headings.ticks else cleaned

    def _one_of(self, column: str, words: Sequence[tuple[str, str]]) -> Translator:
        meanings = {same_wording(label): meaning for label, meaning in words}

        def translate(text: str) -> str:
            key = same_wording(text)
            if key in meanings:
                return meanings[key]
            if key in _NOTHING:
                return ""
            if key in _OTHER:
                self.seen.other[column] += 1
                return ""
            match = _NUMBERED.fullmatch(text.strip().upper())
            if match and int(match.group(1)) <= len(words):
                self.seen.numbered[" ".join(label for label, _ in words)] = [label for label, _ in words]
                return words[int(match.group(1)) - 1][1]
            return cleaned(text)

        return translate

    def _area(self, text: str) -> str:
        key = same_wording(text)
        if key in _OTHER:
            self.seen.other[SERVICE_AREA] += 1
        return "" if key in _NOTHING or key in _OTHER else cleaned(text)

    def _several(self, text: str) -> str:
        """Give the ids of the choices in one cell; what is none of them, nor like one, is “Other”."""
        needs = self._framework.needs
        labels = {same_wording(choice.label): choice.id for choice in needs.choices}
        labels |= {same_wording(choice.id): choice.id for choice in needs.choices}
        if same_wording(text) in labels:
            return labels[same_wording(text)]
        found: list[str] = []
        for part in re.split(r"[;|]", text):
            key = same_wording(part)
            if key in labels:
                found.append(labels[key])
            elif key not in _NOTHING:
                if difflib.get_close_matches(key[:200], labels, n=1, cutoff=0.8):
                    found.append(cleaned(part))
                else:
                    self.seen.other[needs.code] += 1
        return "|".join(found)

    def warnings(self) -> list[tuple[str | None, str]]:
        """Say what was met, each with its column."""
        said: list[tuple[str | None, str]] = [
            (
                column,
                f"{number} answer{'' if number == 1 else 's'} left out: “Other”, or words that are none of "
                "the framework’s answers. Where one means an answer that there is, write that answer.",
            )
            for column, number in self.seen.other.items()
        ]
        for labels in self.seen.numbered.values():
            order = ", ".join(f"A{number} {quoted(label)}" for number, label in enumerate(labels, start=1))
            said.append((
                None,
                f"Numbered answer codes were read in the order of the framework: {order}. If your survey "
                "lists them in another order, export it again with full answers.",
            ))  # fmt: skip
        return said


def _tick(text: str) -> str:
    key = same_wording(text)
    if key in _TICKED:
        return "1"
    return "0" if key in _UNTICKED else cleaned(text)
