"""The papers that there are, each with its purpose and with what makes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.commissioning.papers.facts import Facts
from app.commissioning.papers.impact_assessment import impact_assessment
from app.commissioning.papers.information_sheet import information_sheet
from app.commissioning.papers.paper import Paper
from app.commissioning.papers.privacy_notice import privacy_notice
from app.commissioning.papers.staff_notice import staff_notice


class PaperId(StrEnum):
    """A paper, as addresses name it."""

    STAFF_NOTICE = "staff-notice"
    PRIVACY_NOTICE = "privacy-notice"
    INFORMATION_SHEET = "information-sheet"
    IMPACT_ASSESSMENT = "impact-assessment"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its short name, what it is for, and what makes it."""

    id: PaperId
    name: str
    purpose: str
    make: Callable[[Facts], Paper]
    of_fieldwork: bool = False


KINDS: Mapping[PaperId, Kind] = {
    kind.id: kind
    for kind in (
        Kind(
            PaperId.STAFF_NOTICE,
            "Notice to staff",
            "Says what the survey asks, who can read answers and when, and what nobody can promise. Give "
            "it to staff and to trade unions before the survey opens.",
            staff_notice,
        ),
        Kind(
            PaperId.PRIVACY_NOTICE,
            "Privacy notice",
            "Says who answers for the data, why they are used, how long they are kept and what rights "
            "people have. Publish it with the notice to staff.",
            privacy_notice,
        ),
        Kind(
            PaperId.INFORMATION_SHEET,
            "Information sheet",
            "For people who are interviewed or observed. Give it to them some days before.",
            information_sheet,
            of_fieldwork=True,
        ),
        Kind(
            PaperId.IMPACT_ASSESSMENT,
            "Data protection impact assessment",
            "A draft for your data protection officer to complete and sign. Download it as a Word document.",
            impact_assessment,
        ),
    )
}


def kinds(facts: Facts) -> tuple[Kind, ...]:
    """Give the papers that a diagnostic needs."""
    return tuple(kind for kind in KINDS.values() if facts.with_fieldwork or not kind.of_fieldwork)
