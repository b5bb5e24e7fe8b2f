"""What the pages say of the papers: how far each is, and what is missing from it."""

from dataclasses import dataclass
from uuid import UUID

from app.commissioning.papers.catalogue import Kind, kinds
from app.commissioning.papers.facts import ASKED_FOR, Facts
from app.commissioning.papers.paper import Paper
from diagnostics.wording import counted_noun


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper in the list. ``facts`` are asked for on pages; ``writing`` somebody adds to the file."""

    id: str
    name: str
    purpose: str
    facts: tuple[str, ...]
    writing: tuple[str, ...]
    address: str

    @property
    def state(self) -> str:
        """Say how far it is."""
        if not self.facts and not self.writing:
            return "Complete"
        if not self.facts:
            return f"{counted_noun(len(self.writing), 'entry', 'entries')} to write"
        return f"{counted_noun(len(self.facts), 'fact')} missing"


def papers_address(diagnostic_id: UUID) -> str:
    """Give the address of the list of papers."""
    return f"/diagnostics/{diagnostic_id}/papers"


def paper_row(kind: Kind, paper: Paper, diagnostic_id: UUID) -> PaperRow:
    """Present one paper."""
    return PaperRow(
        kind.id,
        kind.name,
        kind.purpose,
        tuple(what for what in paper.missing if what in ASKED_FOR),
        tuple(what for what in paper.missing if what not in ASKED_FOR),
        f"{papers_address(diagnostic_id)}/{kind.id}",
    )


def paper_rows(facts: Facts, diagnostic_id: UUID) -> list[PaperRow]:
    """Present the papers that a diagnostic needs."""
    return [paper_row(kind, kind.make(facts), diagnostic_id) for kind in kinds(facts)]
