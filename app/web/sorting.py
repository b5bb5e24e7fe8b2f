"""Tables that sort by links, so that they need no script."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

ASCENDING, DESCENDING = "ascending", "descending"


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column: where its link goes, and how the table is sorted by it now ("none": not)."""

    text: str
    address: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Sorting:
    """By what a table is sorted, and which way."""

    by: str
    order: str

    @classmethod
    def asked(cls, by: str, order: str, columns: Mapping[str, str]) -> "Sorting":
        """Take what an address asks for; where it asks for nothing that there is, the first column."""
        name = by if by in columns else next(iter(columns))
        return cls(name, DESCENDING if order == DESCENDING else ASCENDING)

    @property
    def backwards(self) -> bool:
        """Whether the last comes first."""
        return self.order == DESCENDING

    def heads(self, columns: Mapping[str, str], path: str, **kept: str) -> tuple[Column, ...]:
        """Give the heads of columns; a link sorts by its own, or turns the order round."""
        found = []
        for name, text in columns.items():
            now = self.order if name == self.by else "none"
            query = {**kept, "sort": name, "order": DESCENDING if now == ASCENDING else ASCENDING}
            query = {key: value for key, value in query.items() if value}
            found.append(Column(text, f"{path}?{urlencode(query)}", now))
        return tuple(found)
