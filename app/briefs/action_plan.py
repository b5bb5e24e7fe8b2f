"""The action plan: the steps of page 3 as a workbook to be filled in, ``actions.xlsx``."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from app.briefs.brief import Brief
from app.briefs.marks import Sentence
from app.briefs.plain_tables import Cell
from app.briefs.workbook import Book, new_book
from diagnostics.framework import Framework
from diagnostics.published import PublishedProfile

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

STATES = ("not started", "under way", "done", "stopped")
LATER = "next"
_NOTE_WIDTHS = (24, 90)
_GIVEN = (
    ("Order", 8),
    ("Step", 26),
    ("What to do", 44),
    ("Why", 34),
    ("Owner: role", 20),
    ("First 30 days", 32),
    ("Sign at six months", 32),
)
_TO_FILL_IN = (("Owner: person", 20), ("Start date", 12), ("Review date", 12), ("State", 13), ("Notes", 34))
_HELP = (
    (
        "Order",
        "The steps to do first, by number. Steps marked = came out equal. The others come next, not now.",
    ),
    ("Why", "The finding that the step answers, with the marks of the evidence list of the brief."),
    ("Owner: person", "Who leads the step. Write a name or a post."),
    ("Start date", "When the step starts."),
    ("Review date", "When you will look for the sign at six months."),
    ("State", f"Choose one of: {', '.join(STATES)}."),
    ("Notes", "What you learn on the way. Leave out the names of children and families."),
)


@dataclass(frozen=True, slots=True)
class Action:
    """A row of the plan."""

    order: Cell
    title: str
    action: str
    why: str
    owner: str
    first_30_days: str
    six_month_sign: str


def present_actions(brief: Brief, profile: PublishedProfile, framework: Framework) -> tuple[Action, ...]:
    """Give the steps of page 3: the first ones by their number, then those that come next."""
    first = [
        Action(
            int(step.label) if step.label.isdigit() else step.label,
            step.title,
            step.action,
            said(step.answers) if step.answers else "",
            step.owner,
            step.first_30_days,
            step.six_month_sign,
        )
        for step in brief.three.steps
    ]
    library = {step.id: step for step in framework.steps}
    waiting = sorted((step for step in profile.steps if not step.first), key=lambda step: step.rank)
    following = [
        Action(
            LATER,
            library[step.id].title,
            library[step.id].action,
            said(shown.reason),
            library[step.id].owner,
            library[step.id].first_30_days,
            library[step.id].six_month_sign,
        )
        for step, shown in zip(waiting, brief.three.next_steps, strict=False)
    ]
    return (*first, *following)


def said(sentence: Sentence) -> str:
    """Give a sentence with its marks in brackets."""
    marks = "; ".join(mark.label for mark in sentence.marks.items)
    return f"{sentence.plain} ({marks})" if marks else sentence.plain


def action_workbook(brief: Brief, actions: tuple[Action, ...]) -> bytes:
    """Write the plan: what the brief says on the left, what the council fills in on the right."""
    out = BytesIO()
    with new_book(out, f"{brief.furniture.masthead}: action plan", brief.furniture) as book:
        columns = (*_GIVEN, *_TO_FILL_IN)
        heads, widths = tuple(head for head, _ in columns), tuple(width for _, width in columns)
        sheet = book.sheet("Actions", widths, heads)
        sheet.repeat_columns(0, 1)
        for place, action in enumerate(actions, start=1):
            row = (
                action.order,
                action.title,
                action.action,
                action.why or "no finding",
                action.owner,
                action.first_30_days,
                action.six_month_sign,
            )
            for at, value in enumerate(row):
                book.write(sheet, place, at, value, "place")
            book.high_enough(sheet, place, row, widths[: len(row)])
            _leave_room(book, sheet, place)
        if actions:
            _offer_choices(sheet, len(actions))
        notes = book.sheet("Notes", _NOTE_WIDTHS, ("Column", "How to use it"))
        about = (("What this is", brief.furniture.description), ("Made from", brief.furniture.drawn_from))
        for place, line in enumerate((*about, *_HELP), start=1):
            for at, text in enumerate(line):
                book.write(notes, place, at, text)
            book.high_enough(notes, place, line, _NOTE_WIDTHS)
    return out.getvalue()


def _leave_room(book: Book, sheet: "Worksheet", row: int) -> None:
    for at, (head, _) in enumerate(_TO_FILL_IN, start=len(_GIVEN)):
        if head == "State":
            book.write(sheet, row, at, STATES[0], border=1)
        else:
            look = {"num_format": "d mmmm yyyy"} if "date" in head else {}
            book.empty(sheet, row, at, **look)


def _offer_choices(sheet: "Worksheet", rows: int) -> None:
    state = len(_GIVEN) + [head for head, _ in _TO_FILL_IN].index("State")
    sheet.data_validation(
        1,
        state,
        rows,
        state,
        {
            "validate": "list",
            "source": list(STATES),
            "error_title": "State",
            "error_message": f"Choose one of: {', '.join(STATES)}.",
        },
    )
