"""The progress of a quarter as a workbook: typed cells, nothing to compute."""

from datetime import date
from io import BytesIO

from app.actions.progress.presenters import Row, Sheet, midday
from app.briefs.brief import Furniture
from app.briefs.workbook import Book, new_book
from app.web.dates import uk_date

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = (
    ("Action", 34, "The step of the brief that became an action."),
    ("Where it stands", 18, "Done in the quarter, overdue, under way, not begun, or stopped."),
    ("State", 13, "To do, under way, done or stopped, at the end of the quarter (or today)."),
    ("Owner", 28, "A person, a role, or both, as they are today."),
    ("Due date", 18, "When it is to be done, as it is today."),
    ("Overdue", 9, "Yes where the due date had passed and the action was neither done nor stopped."),
    ("Serves", 26, "The headings of the profile that the step serves."),
    ("Sign at six months", 40, "What to see six months after the step began."),
    ("Sign seen", 16, "Whether somebody saw the sign: seen, partly seen, not seen."),
    ("What was seen", 36, "By what they tell."),
    ("Looked on", 18, "The day on which they looked."),
    ("Last note", 40, "The newest note up to the end of the quarter."),
    ("Noted on", 18, "The day of that note."),
)
_LATER = (("Step", 40), ("Serves", 30), ("Sign at six months", 60))
_NOTE_WIDTHS = (24, 90)


def progress_workbook(sheet: Sheet, council: str, wave: int) -> bytes:
    """Write the workbook: actions, what comes next, and notes that explain every column."""
    out, masthead = BytesIO(), f"{council}: progress of the action plan"
    about = (
        f"The action plan of {council} children’s services after wave {wave} of its evidence-use diagnostic."
    )
    furniture = Furniture(
        title=f"{masthead}, {sheet.quarter.name}",
        masthead=masthead,
        authority=council,
        document="Progress sheet",
        season=sheet.quarter.name,
        created=midday(sheet.as_of),
        description=about,
        drawn_from=f"What the council had recorded up to {uk_date(sheet.as_of)}.",
    )
    with new_book(out, furniture.title, furniture) as book:
        _write_actions(book, sheet)
        _write_later(book, sheet)
        lines = (
            ("What this is", about),
            ("Quarter", sheet.quarter.name),
            ("Made from", furniture.drawn_from),
            ("In short", sheet.summary),
            *((name, words) for name, _, words in _COLUMNS),
            (
                "Next, not now",
                "Steps of the brief that wait, so that the first ones get the time that they need.",
            ),
        )
        notes = book.sheet("Notes", _NOTE_WIDTHS, ("What", "What it means"))
        for place, line in enumerate(lines, start=1):
            for at, text in enumerate(line):
                book.write(notes, place, at, text)
            book.high_enough(notes, place, line, _NOTE_WIDTHS)
    return out.getvalue()


def _cells(row: Row) -> tuple[str | date | None, ...]:
    return (
        row.title,
        row.group,
        row.state,
        row.owner,
        row.due,
        "Yes" if row.overdue else "No",
        row.serves,
        row.sign,
        row.sign_seen,
        row.sign_evidence,
        row.sign_on,
        row.note,
        row.note_on,
    )


def _write_actions(book: Book, sheet: Sheet) -> None:
    widths = tuple(float(width) for _, width, _ in _COLUMNS)
    page = book.sheet("Actions", widths, tuple(name for name, _, _ in _COLUMNS))
    for place, row in enumerate(sheet.rows, start=1):
        cells = _cells(row)
        for at, value in enumerate(cells):
            if isinstance(value, date):
                book.write_day(page, place, at, value)
            elif value:
                book.write(page, place, at, value)
        texts = ["" if value is None or isinstance(value, date) else value for value in cells]
        book.high_enough(page, place, texts, widths)


def _write_later(book: Book, sheet: Sheet) -> None:
    widths = tuple(float(width) for _, width in _LATER)
    page = book.sheet("Next, not now", widths, tuple(name for name, _ in _LATER))
    for place, row in enumerate(sheet.later, start=1):
        cells = (row.title, row.serves, row.sign)
        for at, value in enumerate(cells):
            book.write(page, place, at, value)
        book.high_enough(page, place, cells, widths)
