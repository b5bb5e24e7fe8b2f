"""reviews.csv: what a person decided on a proposed code or pattern, and why."""

from itertools import combinations

from app.interchange.delimited import Cells, Table, each_row, match_columns
from app.interchange.vocabulary import Vocabulary, folded, listed, quoted
from diagnostics.evidence import Review
from diagnostics.framework import Framework
from diagnostics.published import SOURCES

FILE = "reviews.csv"
COLUMNS = ("heading", "subject", "decision", "reason")
PATTERNS = ("said_not_seen", "written_not_done", "done_not_written", "leaders_above_practitioners")

_DECISIONS = {"confirmed": True, "overruled": False}


def _subjects() -> Vocabulary:
    pairs = [
        (f"{a}-{b}", f"{first}-{second}")
        for a, b in combinations(SOURCES, 2)
        for first, second in ((a, b), (b, a))
    ]
    return Vocabulary("two sources or a pattern", [*pairs, *((pattern, pattern) for pattern in PATTERNS)])


def read_reviews(table: Table, framework: Framework) -> tuple[Review, ...]:
    """Read reviews.csv; faults go into the table's report. A pair of sources may be named in either order."""
    columns = match_columns(table, COLUMNS)
    headings = Vocabulary(
        "a heading of the framework", [(heading.id, heading.name) for heading in framework.headings]
    )
    subjects = _subjects()
    first: dict[tuple[str, str], int] = {}
    reviews: list[Review] = []
    for row in each_row(table, columns):
        heading, subject = _word(row, "heading", headings), _word(row, "subject", subjects)
        decision = _DECISIONS.get(folded(row["decision"]))
        if decision is None:
            wrong = (
                f"{quoted(row['decision'])} is not a decision."
                if row["decision"]
                else "The decision is empty."
            )
            row.fault("decision", f"{wrong} Write {listed(list(_DECISIONS))}.")
        reason = row["reason"]
        if not reason:
            row.fault("reason", "The decision has no reason. Say in one line why.")
        if heading is None or subject is None:
            continue
        if (heading, subject) in first:
            row.fault(
                "subject",
                f"{quoted(subject)} under {quoted(heading)} was decided in row "
                f"{first[heading, subject]} already. "
                "Keep one of the two.",
            )
            continue
        first[heading, subject] = row.row.number
        if decision is not None and reason:
            reviews.append(Review(heading, subject, decision, reason))
    return tuple(reviews)


def _word(row: Cells, column: str, words: Vocabulary) -> str | None:
    text = row[column]
    found = words.find(text) if text else None
    if found is None:
        row.fault(column, words.unknown(text) if text else f"The cell is empty. {words.mend('')}")
    return found
