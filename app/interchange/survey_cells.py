"""What a cell of survey.csv may hold, and what it then means."""

import math
from collections.abc import Callable, Sequence

from app.interchange.delimited import Row, Table
from app.interchange.frame_file import Workforce
from app.interchange.vocabulary import Vocabulary, folded, listed, quoted
from diagnostics.framework import Framework
from diagnostics.framework_parts import Needs, Question

# No option of a scale is infinite, so these cannot be mistaken for an answer.
DONT_KNOW = math.inf
WRONG = -math.inf

_DONT_KNOW_WORDS = ("DK", "don't know", "don't know or not my role")
_NOT_SAID_WORDS = ("prefer not to say",)
_TICKED = {"1": True, "1.0": True, "yes": True, "true": True, "y": True}
_UNTICKED = {"": False, "0": False, "0.0": False, "no": False, "false": False, "n": False}
_TICKS = _TICKED | _UNTICKED

Reader = Callable[[str], tuple[str | None, str | None]]


def answer_reader(
    framework: Framework, question: Question
) -> tuple[Callable[[str], float], Callable[[str], str]]:
    """Give what reads a cell of a question's column, and what says how to mend a cell that cannot be read.

    A cell holds an option's value (4, or 4.0), its label, DK, or nothing. DK is read as ``DONT_KNOW``,
    nothing as NaN and everything else as ``WRONG``.
    """
    options = framework.scale(question.scale).options
    meanings: dict[str, float] = {
        folded(word): DONT_KNOW for word in (*_DONT_KNOW_WORDS, framework.dont_know)
    }
    meanings |= {folded(option.label): float(option.value) for option in options}
    numbers = {float(option.value) for option in options}

    def read(text: str) -> float:
        if not text:
            return math.nan
        number = _number(text)
        if number is not None:
            return number if number in numbers else meanings.get(folded(text), WRONG)
        return meanings.get(folded(text), WRONG)

    values = listed([str(option.value) for option in options], "or")

    def allowed(text: str) -> str:
        right = f"Write {values}, DK for “{framework.dont_know}”, or nothing."
        return f"{quoted(text)} is not an answer to {question.code}. {right}"

    return read, allowed


def _number(text: str) -> float | None:
    """Read a whole number, 4.0 too."""
    whole, _, rest = text.partition(".")
    digits = whole[1:] if whole[:1] in "-−" else whole
    if len(digits) > 9 or not digits.isascii() or not digits.isdigit() or rest.strip("0"):
        return None
    # Never -0.0, which is 0 but has other bytes.
    return 0.0 - float(digits) if digits != whole else float(digits)


def role_reader(framework: Framework, workforce: Workforce) -> Reader:
    """Give what reads a cell of role_group: the group's id or None, and what is wrong with it or None."""
    not_said = _not_said(framework)

    def read(text: str) -> tuple[str | None, str | None]:
        if folded(text) in not_said:
            return None, None
        role = workforce.role_groups.find(text)
        if role is None:
            return (
                None,
                f"{workforce.role_groups.unknown(text)} Leave the cell empty where somebody did not say.",
            )
        if role not in workforce.in_frame:
            return (
                None,
                f"frame.csv has nobody in “{role}”. Add the group to frame.csv, or correct this cell.",
            )
        return role, None

    return read


def area_reader(framework: Framework, workforce: Workforce) -> Reader:
    """Give what reads a cell of service_area: the area as the frame spells it or None, and what is wrong "
    "or None."""
    not_said = _not_said(framework)
    areas = workforce.service_areas

    def read(text: str) -> tuple[str | None, str | None]:
        if folded(text) in not_said or areas is None:
            return None, None
        area = areas.find(text)
        if area is None:
            return None, f"{areas.unknown(text)} Leave the cell empty where somebody did not say."
        return area, None

    return read


def _not_said(framework: Framework) -> frozenset[str]:
    return frozenset(["", *map(folded, (*_NOT_SAID_WORDS, framework.prefer_not_to_say))])


def needs_from_list(
    rows: Sequence[Row], place: int, table: Table, needs: Needs
) -> list[frozenset[str] | None]:
    """Read one column with the ids (or labels) of the ticked choices, separated by “|”."""
    choices = Vocabulary(f"a choice of {needs.code}", [(choice.id, choice.label) for choice in needs.choices])
    found: list[frozenset[str] | None] = []
    for row in rows:
        ticked: set[str] = set()
        for text in filter(None, (part.strip() for part in row.cells[place].split("|"))):
            choice = choices.find(text)
            if choice is None:
                table.fault(row, needs.code, f"{choices.unknown(text)} Separate several with “|”.")
            else:
                ticked.add(choice)
        found.append(frozenset(ticked) or None)
    return found


def needs_from_ticks(
    rows: Sequence[Row], places: dict[str, int], table: Table, needs: Needs
) -> list[frozenset[str] | None]:
    """Read one column for each choice, with 1, 0 or nothing."""
    found: list[frozenset[str] | None] = []
    for row in rows:
        ticked: set[str] = set()
        for choice, place in places.items():
            tick = _TICKS.get(row.cells[place].strip().casefold())
            if tick is None:
                table.fault(
                    row,
                    f"{needs.code}_{choice}",
                    f"{quoted(row.cells[place])} is neither 1 (ticked) nor 0 (not ticked). "
                    "Write one of them, or nothing.",
                )
            elif tick:
                ticked.add(choice)
        found.append(frozenset(ticked) or None)
    return found
