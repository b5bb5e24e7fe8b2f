"""Workforces and who of them answered, by role group and service area; that of Wexbourne. Invented."""

from collections.abc import Sequence
from dataclasses import dataclass

from sample_data.invention.draws import Draws, shared_out

ROLES = ("leaders", "team_managers", "registered", "other_practitioners", "support")
AREAS = (
    "Assessment and safeguarding",
    "Children in care and care leavers",
    "Early help",
    "Disabled children",
    "Fostering and adoption",
    "Youth justice",
    "Quality and commissioning",
)
NOT_SAID = "Prefer not to say"

# Headcount: a row a role group, a column a service area, in the order above.
_HEADCOUNT = {
    1: (
        (7, 4, 4, 2, 3, 1, 4),
        (16, 8, 8, 2, 4, 1, 3),
        (93, 35, 8, 9, 27, 3, 7),
        (14, 26, 44, 3, 6, 3, 11),
        (8, 7, 9, 1, 4, 0, 20),
    ),
    2: (
        (7, 5, 4, 2, 3, 1, 4),
        (17, 9, 8, 2, 4, 1, 3),
        (96, 38, 8, 9, 28, 3, 8),
        (13, 27, 47, 3, 6, 4, 10),
        (9, 7, 9, 1, 4, 0, 20),
    ),
}
# People who answered, of each role group.
_ANSWERED = {1: (20, 29, 92, 54, 20), 2: (22, 34, 106, 63, 23)}
# How much readier the people of an area are to answer than others of their role.
_READINESS = {
    1: (0.80, 1.0, 1.30, 0.85, 1.25, 1.1, 1.1),
    2: (0.86, 1.0, 1.20, 0.92, 1.15, 1.1, 1.1),
}
# So many of each role group would not say which it is; and so many would not say their area.
_ROLE_NOT_SAID = {1: (0, 0, 8, 4, 1), 2: (0, 0, 8, 4, 1)}
_AREA_NOT_SAID = {1: 7, 2: 8}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who answered: what they are, and what they are willing to say of it."""

    role: str
    area: str
    says_role: bool
    says_area: bool


def frame_rows(wave: int) -> list[tuple[str, str, int]]:
    """Give the frame of Wexbourne."""
    return _wexbourne(wave).frame()


def people_who_answered(wave: int, draws: Draws) -> list[Person]:
    """Give those who answered in Wexbourne, role group by role group."""
    return _wexbourne(wave).people(draws, AREAS[:3])


def _wexbourne(wave: int) -> "Workforce":
    return Workforce(
        AREAS, _HEADCOUNT[wave], _ANSWERED[wave], _READINESS[wave], _ROLE_NOT_SAID[wave], _AREA_NOT_SAID[wave]
    )


@dataclass(frozen=True, slots=True)
class Workforce:
    """The workforce of a council: a row a role group, a column a service area.

    ``readiness`` says how much readier the people of an area are to answer than others of their role;
    ``role_not_said`` and ``area_not_said`` how many would not say which they belong to.
    """

    areas: Sequence[str]
    headcount: Sequence[Sequence[int]]
    answered: Sequence[int]
    readiness: Sequence[float]
    role_not_said: Sequence[int]
    area_not_said: int

    def frame(self) -> list[tuple[str, str, int]]:
        """Give the frame: role group, service area, headcount; cells without anybody left out."""
        return [
            (role, area, people)
            for role, row in zip(ROLES, self.headcount, strict=True)
            for area, people in zip(self.areas, row, strict=True)
            if people
        ]

    def people(self, draws: Draws, large: Sequence[str]) -> list[Person]:
        """Give those who answered; only people of the large areas keep their area to themselves."""
        people: list[Person] = []
        plan = zip(self.headcount, ROLES, self.answered, self.role_not_said, strict=True)
        for headcount, role, answered, silent in plan:
            wanted = [n * readiness for n, readiness in zip(headcount, self.readiness, strict=True)]
            cells = shared_out(answered, wanted, headcount)
            placed = [area for area, n in zip(self.areas, cells, strict=True) for _ in range(n)]
            areas = draws.shuffled(placed)
            people += [Person(role, area, i >= silent, True) for i, area in enumerate(areas)]
        among = [i for i, person in enumerate(people) if person.area in large]
        quiet = set(draws.shuffled(among)[: self.area_not_said])
        return [Person(p.role, p.area, p.says_role, i not in quiet) for i, p in enumerate(people)]
