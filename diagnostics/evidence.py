"""What was heard, seen and read: the frame, the answers, the records and their ratings."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from diagnostics.errors import OutOfRange, ShapeMismatch
from diagnostics.published import Source

FIELDWORK: tuple[Source, ...] = ("interview", "observation", "document")
RECONCILED = "reconciled"
# The rater of what the framework's cut-offs make of a figure.
FIGURES = "figures"
DATA_REVIEW = "data_review"


@dataclass(frozen=True, slots=True)
class FrameCell:
    """The people of one role group in one service area."""

    role_group: str
    service_area: str
    headcount: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The workforce described: headcount by role group and service area.

    Service areas are known by their names; role groups by their ids in the framework.

    Attributes
    ----------
    cells : tuple of FrameCell
    joined : tuple of tuple of str
        Role groups whose answers were kept together at the close, in the framework's order. Their people
        stand in ``cells`` under one of them.
    """

    cells: tuple[FrameCell, ...]
    joined: tuple[tuple[str, ...], ...] = ()

    def members(self, role_group: str) -> tuple[str, ...]:
        """Give the role groups whose people stand under this one, itself included."""
        return next((several for several in self.joined if role_group in several), (role_group,))

    @property
    def total(self) -> int:
        """Everybody in the frame."""
        return sum(cell.headcount for cell in self.cells)

    @property
    def role_groups(self) -> dict[str, int]:
        """Headcount by role group, in the order in which the frame names them."""
        return self._margin([cell.role_group for cell in self.cells])

    @property
    def service_areas(self) -> dict[str, int]:
        """Headcount by service area, in the order in which the frame names them."""
        return self._margin([cell.service_area for cell in self.cells])

    def _margin(self, labels: list[str]) -> dict[str, int]:
        totals: dict[str, int] = {}
        for label, cell in zip(labels, self.cells, strict=True):
            totals[label] = totals.get(label, 0) + cell.headcount
        return totals


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """The survey's answers, one row a person, with nothing that points at a person.

    Attributes
    ----------
    codes : tuple of str
        The questions, rated and outcome items, in the order of the columns of ``values``.
    values : (n, k) float array
        The answer's value on its scale; NaN where there was no answer or "don't know".
    dont_know : (n, k) bool array
        Where the person said "don't know or not my role".
    role_group, service_area : tuple of str or None, one a person
        None where the person preferred not to say, or where the combination was not kept.
    needs : tuple of frozenset of str or None, one a person
        Ticked choices; None where the question was left out.
    comments : dict of question code to the comments, shuffled, without a key to the person
    replacement_links : int
        Links handed out a second time: so many people may have answered twice.
    open_link : bool
        Whether some answered on one link for everybody, who then may have answered more than once.
    areas_coarsened : bool
        Whether an area was kept only where enough people could be meant, so that nobody can say how many
        answered in each.
    """

    codes: tuple[str, ...]
    values: NDArray[np.float64]
    dont_know: NDArray[np.bool_]
    role_group: tuple[str | None, ...]
    service_area: tuple[str | None, ...]
    needs: tuple[frozenset[str] | None, ...]
    comments: dict[str, tuple[str, ...]]
    replacement_links: int = 0
    open_link: bool = False
    areas_coarsened: bool = False

    def __post_init__(self) -> None:
        """Refuse arrays whose shapes do not belong together."""
        n = len(self.role_group)
        if self.values.shape != (n, len(self.codes)) or self.dont_know.shape != self.values.shape:
            raise ShapeMismatch(
                f"There are {n} people and {len(self.codes)} questions, so values and dont_know must be "
                f"{n} × {len(self.codes)}; they are {self.values.shape} and {self.dont_know.shape}."
            )
        if len(self.service_area) != n or len(self.needs) != n:
            raise ShapeMismatch("Give one service area and one set of needs a person.")

    @property
    def n(self) -> int:
        """People who answered."""
        return len(self.role_group)


@dataclass(frozen=True, slots=True)
class Record:
    """One interview, one observation or one document audit.

    ``month`` is the first day of its month. ``people`` counts those who took part or attended.
    """

    id: str
    source: Source
    kind: str
    role_group: str | None
    service_area: str | None
    level: str | None
    month: date
    people: int | None


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater's stage for one characteristic in one record; ``stage`` None means not seen."""

    record: str
    characteristic: str
    rater: str
    stage: int | None
    reason: str

    def __post_init__(self) -> None:
        """Refuse a stage that does not exist."""
        if self.stage not in (None, 1, 2, 3, 4):
            raise OutOfRange(f"A stage is 1 to 4, or not seen; {self.stage!r} is neither.")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that somebody said, and whether a second person has released them."""

    record: str
    characteristic: str
    text: str
    released: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision on a proposed code or pattern, with the reason.

    ``subject`` is a pair of sources ("survey-document") or the id of a pattern.
    """

    heading: str
    subject: str
    confirmed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Which authority, which wave, when, whom to ask, and the threshold frozen at launch."""

    authority_code: str
    authority_name: str
    wave: int
    as_of: date
    threshold: int
    survey_opened: date | None = None
    survey_closed: date | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """All that one wave has gathered."""

    diagnostic: Diagnostic
    answers: Answers | None
    records: tuple[Record, ...]
    ratings: tuple[Rating, ...]
    quotes: tuple[Quote, ...] = ()
    reviews: tuple[Review, ...] = ()
