"""The parts of a framework: what is asked, what is looked for, and what to do about it."""

from dataclasses import dataclass, field
from typing import Literal

from pydantic import ConfigDict

STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)

STAGES = (1, 2, 3, 4)

Side = Literal["upper", "lower"]
Level = Literal["strategic", "operational", "both"]
Builds = Literal["capability", "opportunity", "motivation"]
Effort = Literal["S", "M", "L"]
Polarity = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer on a scale: the stored value and the words beside the button."""

    __pydantic_config__ = STRICT
    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """An answer scale of two to seven options, worst answer first."""

    __pydantic_config__ = STRICT
    id: str
    options: tuple[Option, ...]

    @property
    def minimum(self) -> int:
        """The lowest stored value."""
        return min(option.value for option in self.options)

    @property
    def maximum(self) -> int:
        """The highest stored value."""
        return max(option.value for option in self.options)


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """A group of roles that is reported together.

    ``side`` says on which side of the comparison between leaders and practitioners the group
    stands; ``neighbours`` names, best first, the groups that a small group is merged into.
    """

    __pydantic_config__ = STRICT
    id: str
    name: str
    description: str
    neighbours: tuple[str, ...]
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One survey question on one scale. ``shown_to`` empty means that everybody is shown it."""

    __pydantic_config__ = STRICT
    code: str
    text: str
    scale: str
    reversed: bool = False
    shown_to: tuple[str, ...] = ()

    def is_shown_to(self, role_group: str | None) -> bool:
        """Say whether a person of this role group is shown the question (None: role not given)."""
        return not self.shown_to or role_group in self.shown_to


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that staff can tick in the question on the evidence that they need."""

    __pydantic_config__ = STRICT
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Needs:
    """The multiple-choice question on the evidence that staff need."""

    __pydantic_config__ = STRICT
    code: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """An open question."""

    __pydantic_config__ = STRICT
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an id and a name: a kind of interview, a setting, a type of document.

    ``plural`` is how a sentence speaks of several of them.
    """

    __pydantic_config__ = STRICT
    id: str
    name: str
    plural: str


@dataclass(frozen=True, slots=True)
class InterviewQuestion:
    """A question of the interview guide, with the role groups that it is for and its probes."""

    __pydantic_config__ = STRICT
    role_groups: tuple[str, ...]
    question: str
    probes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """The signs to look for in one setting."""

    __pydantic_config__ = STRICT
    setting: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria for one type of document."""

    __pydantic_config__ = STRICT
    document: str
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that the organisation holds, and the three cut-offs that turn it into a stage."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    unit: str
    better: Polarity
    cuts: tuple[float, float, float]
    where_found: str

    def stage(self, value: float) -> int:
        """Give the stage, 1 to 4, of a value.

        Parameters
        ----------
        value : float
            In the indicator's own unit. A value on a cut belongs to the better stage.

        Returns
        -------
        int
            1 to 4.
        """
        reached = (value >= cut if self.better == "higher" else value <= cut for cut in self.cuts)
        return 1 + sum(reached)


@dataclass(frozen=True, slots=True)
class InBrief:
    """How the brief speaks of a characteristic.

    ``topic`` is a noun phrase ("reflecting on evidence in supervision"); ``strong`` and ``weak``
    are clauses that begin in lower case and end without a full stop.
    """

    __pydantic_config__ = STRICT
    topic: str
    strong: str
    weak: str


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One observable thing that an evidence-minded organisation does."""

    __pydantic_config__ = STRICT
    id: str
    name: str
    statement: str
    level: Level
    builds: Builds
    importance: int
    stages: tuple[str, str, str, str]
    in_brief: InBrief
    survey: tuple[Question, ...] = ()
    interview: tuple[InterviewQuestion, ...] = ()
    observation: tuple[Observation, ...] = ()
    documents: tuple[Rubric, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A feature or an enabler: a group of characteristics with a score of its own.

    ``short`` is the word for it in an evidence mark; ``team_question`` is what a team can ask
    itself about it.
    """

    __pydantic_config__ = STRICT
    id: str
    name: str
    short: str
    kind: Literal["feature", "enabler"]
    about: str
    team_question: str
    characteristics: tuple[Characteristic, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The rated survey items of the heading, in order."""
        return tuple(q for c in self.characteristics for q in c.survey)


@dataclass(frozen=True, slots=True)
class Step:
    """A recommended action.

    ``title`` is an order in a few words, ``action`` what to do. ``from_stages`` are the stages
    at which the step is the right next move.
    """

    __pydantic_config__ = STRICT
    id: str
    title: str
    action: str
    from_stages: tuple[int, ...]
    owner: str
    first_30_days: str
    six_month_sign: str
    otherwise: str
    effort: Effort
    requires: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """An entry of the evidence library. Effect and strength stand apart, and only where given."""

    __pydantic_config__ = STRICT
    id: str
    title: str
    publisher: str
    address: str
    kind: str
    headings: tuple[str, ...]
    helps_with: str
    year: int | None = None
    effectiveness: str | None = None
    strength_of_evidence: str | None = None
    masterclass: str | None = None


@dataclass(frozen=True, slots=True)
class SourceWeights:
    """The fixed weights of the four sources in the combined score. They add up to 1."""

    __pydantic_config__ = STRICT
    survey: float
    observation: float
    interview: float
    document: float

    def as_mapping(self) -> dict[str, float]:
        """Give the weights by source."""
        return {
            "survey": self.survey,
            "interview": self.interview,
            "observation": self.observation,
            "document": self.document,
        }


@dataclass(frozen=True, slots=True)
class Feasibility:
    """What the effort of a step does to its priority: a factor from 0 to 1 for each effort."""

    __pydantic_config__ = STRICT
    S: float
    M: float
    L: float


@dataclass(frozen=True, slots=True)
class Settings:
    """The figures of the method that are decisions, with the units that they are in.

    Scores and differences are points from 0 to 100; shares, rates and correlations run from 0
    to 1; the others are counts of people, records, rounds, units, draws or months.
    """

    __pydantic_config__ = STRICT
    source_weights: SourceWeights
    feasibility: Feasibility
    stage_cuts: tuple[float, float, float]
    target: float
    agreement_within: float
    partial_within: float
    pattern_high_from: float
    pattern_difference: float
    person_share_answered: float
    thin_records: int
    thin_characteristics: int
    weight_bounds: tuple[float, float]
    weight_rounds: int
    margin_answers: int
    weighting_gap_said: float
    survey_answers: int
    indicative_answers: int
    indicative_rate: float
    alpha_answers: int
    omega_answers: int
    importance_answers: int
    low_r_star_wg: float
    low_icc1: float
    rater_alpha: float
    rater_units: int
    evidence_months: int
    reliable_change: float
    comparison_records: int
    rank_draws: int
    rank_spread: float
    rank_equal_share: float
    steps_first: int
    threshold: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the two sides of the comparison between leaders and practitioners are called."""

    __pydantic_config__ = STRICT
    upper: str = field(default="leaders")
    lower: str = field(default="practitioners")
