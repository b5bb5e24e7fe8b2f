"""What a file would change, in words."""

from collections.abc import Iterable, Sequence

from app.fieldwork.exchange.comparing import Comparison
from app.interchange.vocabulary import listed
from diagnostics.evidence import Rating
from diagnostics.framework import Framework

_WORDS = {
    "kind": "kind",
    "role_group": "role group",
    "service_area": "service area",
    "level": "level",
    "month": "month",
    "people": "number of people",
}


def counted(number: int, one: str, several: str) -> str:
    """Write a number of things: 1 record, 2 records."""
    return f"{number} {one if number == 1 else several}"


def size_words(found: Comparison) -> str:
    """Say how much a file holds."""
    package = found.package
    parts = [
        counted(len(package.records), "record", "records"),
        counted(len(package.ratings), "rating", "ratings"),
        counted(len(package.quotes), "row of quotes", "rows of quotes"),
    ]
    if package.notes:
        parts.append(counted(len(package.notes), "note", "notes"))
    return listed(parts, "and")


def change_lines(found: Comparison, framework: Framework) -> list[str]:
    """Say what would be added and changed, in a line each. What is replaced is not shown."""
    names = {one.id: one.name for one in framework.characteristics}
    lines: list[str] = []
    if found.new_records:
        codes = ", ".join(one.id for one in found.new_records)
        lines.append(f"{counted(len(found.new_records), 'new record', 'new records')}: {codes}")
    for record, columns in found.changed_records:
        lines.append(f"{record.id}: {listed([_WORDS[one] for one in columns], 'and')} would change")
    lines += _rating_lines(found.new_ratings, "new rating", "new ratings")
    for rating in found.changed_ratings:
        about = names.get(rating.characteristic, rating.characteristic)
        lines.append(f"{rating.record}, {about}: the rating of {rating.rater} would change")
    if found.new_quotes:
        codes = ", ".join(dict.fromkeys(one.record for one in found.new_quotes))
        lines.append(f"{counted(len(found.new_quotes), 'new quote', 'new quotes')} in {codes}")
    if found.changed_quotes:
        codes = ", ".join(dict.fromkeys(one.record for one in found.changed_quotes))
        lines.append(f"{counted(len(found.changed_quotes), 'quote', 'quotes')} would change in {codes}")
    if found.new_notes:
        codes = ", ".join(one.record for one in found.new_notes)
        lines.append(f"Notes for {counted(len(found.new_notes), 'record', 'records')} without any: {codes}")
    if found.changed_notes:
        codes = ", ".join(one.record for one in found.changed_notes)
        lines.append(f"Notes that would be replaced: {codes}")
    return lines


def _rating_lines(ratings: Sequence[Rating], one: str, several: str) -> Iterable[str]:
    by_rater: dict[str, list[Rating]] = {}
    for rating in ratings:
        by_rater.setdefault(rating.rater, []).append(rating)
    for rater, found in by_rater.items():
        records = len({rating.record for rating in found})
        yield f"{counted(len(found), one, several)} of {rater} in {counted(records, 'record', 'records')}"


def done_words(found: Comparison) -> str:
    """Say what was done, for the next page."""
    parts = [
        (len(found.new_records), "record", "records"),
        (len(found.new_ratings), "rating", "ratings"),
        (len(found.new_quotes), "quote", "quotes"),
        (len(found.new_notes), "note", "notes"),
    ]
    added = [counted(number, one, several) for number, one, several in parts if number]
    changed = len(found.changed_records) + len(found.changed_ratings)
    changed += len(found.changed_quotes) + len(found.changed_notes)
    said = [f"{listed(added, 'and')} added"] if added else []
    said += [f"{counted(changed, 'entry', 'entries')} changed"] if changed else []
    return f"The file is taken in: {', '.join(said)}."
