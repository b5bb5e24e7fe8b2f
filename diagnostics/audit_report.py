"""What the auditor is given and what it hands back."""

from dataclasses import dataclass

from diagnostics.errors import MethodError


class KnowledgeOfAnother(MethodError):
    """What is said to be known beside a published profile belongs to another one."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """Something that can be worked out, or that the form of the page must not have.

    ``rule`` is a short id. ``table`` names the table to coarsen, ``found`` says what can be worked
    out, with the interval, and ``mend`` what to do. All of it stays inside: it may tell what is hidden.
    """

    rule: str
    table: str
    found: str
    mend: str

    def __str__(self) -> str:
        return f"{self.table}: {self.found} {self.mend}"


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What an audit found.

    ``attacked`` counts the means, answers and people that were attacked. ``groups_shown`` counts
    the group scores on the page, of ``groups`` that there are, under all headings in both breakdowns.
    """

    weaknesses: tuple[Weakness, ...]
    attacked: int
    groups_shown: int
    groups: int

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not self.weaknesses
