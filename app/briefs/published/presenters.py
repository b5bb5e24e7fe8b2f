"""The files of a published brief, with what each is for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.briefs.queries import FileEntry

# In the order in which people want them.
_WHAT: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "brief.pdf": ("Brief (PDF)", "Four pages with the evidence behind them, to print and to send"),
        "brief.html": (
            "Brief (web page)",
            "The same as one file that opens in a browser, also without a network",
        ),
        "brief.docx": ("Brief (Word)", "The same words, to quote from in papers of your own"),
        "for-staff.pdf": ("For staff (PDF)", "One page: what you told us, and what happens now"),
        "for-staff.html": ("For staff (web page)", "The same page, for the intranet"),
        "actions.xlsx": ("Action plan (Excel)", "The steps with room for owners, dates and states"),
        "self-evaluation.txt": (
            "Passage for the self-evaluation",
            "The three questions of Ofsted’s self-evaluation in up to 150 words",
        ),
        "annex.pdf": ("Annex (PDF)", "Items, weights, intervals and reasons, for whoever checks"),
        "annex.html": ("Annex (web page)", "The same as one file that opens in a browser"),
        "tables.xlsx": ("Tables (Excel)", "Every published number, protected as in the brief"),
        "tables.csv": ("Tables (CSV)", "The same as plain data"),
        "comparison.json": ("Comparison (JSON)", "Where other councils stand, as data"),
    }
)
_KILO = 1024


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file to download."""

    name: str
    what: str
    hint: str
    size: str
    sha256: str
    href: str


def file_lines(files: Sequence[FileEntry], address: str) -> tuple[FileLine, ...]:
    """Put the files of a brief into lines, in the order in which people want them."""
    order = list(_WHAT)
    known = sorted(files, key=lambda one: order.index(one.name) if one.name in _WHAT else len(order))
    return tuple(
        FileLine(
            name=one.name,
            what=_WHAT.get(one.name, (one.name, ""))[0],
            hint=_WHAT.get(one.name, (one.name, ""))[1],
            size=f"{max(1, round(one.size / _KILO)):,} KB",
            sha256=one.sha256,
            href=f"{address}/{one.name}",
        )
        for one in known
    )
