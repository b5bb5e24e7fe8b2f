"""Page 3: the first steps in full, the year at a glance, and what comes next, not now."""

from dataclasses import dataclass
from itertools import combinations

from app.briefs import words
from app.briefs.geometry import Scale, Span
from app.briefs.marks import MarkBook, Sentence
from diagnostics import wording
from diagnostics.framework import Framework
from diagnostics.framework_parts import Effort, Step
from diagnostics.published import PublishedProfile, PublishedStep

YEAR_WIDTH, YEAR_ROW, YEAR_TOP = 1310, 86, 46
MONTHS_TO_SIGN = 6
MONTHS_TO_NEXT_WAVE = 12
_NEXT = 4
_EFFORTS: dict[Effort, tuple[str, int]] = {"S": ("Small", 1), "M": ("Medium", 2), "L": ("Large", 3)}


@dataclass(frozen=True, slots=True)
class Month:
    """A month at the head of the year."""

    name: str
    x: float
    centre: float


@dataclass(frozen=True, slots=True)
class YearBar:
    """One step's way through the year: its first month, its months to the sign, and the sign."""

    label: str
    title: str
    y: float
    first: Span
    rest: Span
    sign_x: float
    starts: str
    sign: str


@dataclass(frozen=True, slots=True)
class Year:
    """The year at a glance."""

    message: str
    title: str
    height: float
    months: tuple[Month, ...]
    bars: tuple[YearBar, ...]
    wave_x: float
    wave_y: float
    wave: str
    wave_month: str


@dataclass(frozen=True, slots=True)
class StepInFull:
    """A step with all that an owner needs to start."""

    id: str
    label: str
    title: str
    action: str
    owner: str
    effort: str
    effort_size: int
    first_30_days: str
    six_month_sign: str
    otherwise: str
    answers: Sentence | None
    resources: tuple["ResourceLink", ...]


@dataclass(frozen=True, slots=True)
class ResourceLink:
    """An entry of the evidence library that helps with a step."""

    title: str
    publisher: str
    address: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that waits, with the reason."""

    title: str
    reason: Sentence


@dataclass(frozen=True, slots=True)
class PageThree:
    """All that page 3 prints."""

    kicker: str
    title: str
    year: Year
    steps: tuple[StepInFull, ...]
    tests: str
    next_steps: tuple[NextStep, ...]
    fit: str = ""


def printed_steps(profile: PublishedProfile) -> tuple[tuple[PublishedStep, str], ...]:
    """Give the first steps in order, with the number that each is printed with.

    Steps that follow each other share “2 =” where each of them is equal to each other one and to no
    further step. Otherwise a step keeps its place: of three of which only the neighbours are equal, the
    first is ahead of the last.
    """
    steps = sorted((step for step in profile.steps if step.first), key=lambda step: step.rank)
    equals = [
        [place for place, other in enumerate(steps) if step is other or _tied(step, other)] for step in steps
    ]
    labelled = []
    for place, step in enumerate(steps):
        alike = equals[place]
        in_a_row = alike == list(range(alike[0], alike[0] + len(alike)))
        shared = len(alike) > 1 and in_a_row and all(equals[other] == alike for other in alike)
        labelled.append((step, f"{alike[0] + 1} =" if shared else str(place + 1)))
    return tuple(labelled)


def ties_note(
    steps: tuple[tuple[PublishedStep, str], ...],
    marked: str = "Steps marked = came out equal in our tests: their order among themselves is open.",
) -> str:
    """Say in words which of the first steps are in no settled order; nothing where all are."""
    notes = [marked] if any("=" in label for _, label in steps) else []
    if apart := unsettled(steps):
        notes.append(f"Our tests did not settle the order of steps {', nor of '.join(apart)}.")
    return " ".join(notes)


def unsettled(steps: tuple[tuple[PublishedStep, str], ...]) -> list[str]:
    """Name the pairs of steps that were given an order of their own, though the tests did not settle it."""
    return [
        f"{one} and {other}"
        for (first, one), (second, other) in combinations(steps, 2)
        if one != other and _tied(first, second)
    ]


def _tied(one: PublishedStep, other: PublishedStep) -> bool:
    return other.id in one.tied_with or one.id in other.tied_with


def present_page_three(
    profile: PublishedProfile,
    framework: Framework,
    book: MarkBook,
    steps: tuple[tuple[PublishedStep, str], ...],
) -> PageThree:
    """Make page 3."""
    library = {step.id: step for step in framework.steps}
    in_full = tuple(
        _in_full(step, label, library[step.id], profile, framework, book) for step, label in steps
    )
    following = _next_steps(profile, library, steps, book)
    return PageThree(
        kicker="What are your plans for the next twelve months?",
        title=_title(profile, len(in_full)),
        year=_year(profile, steps, library),
        steps=in_full,
        tests=_tests(profile, framework, steps),
        next_steps=following,
    )


def _title(profile: PublishedProfile, count: int) -> str:
    start = words.month_start(profile.as_of, 1)
    year = f" for {start.year}" if start.month == 1 else ""
    if count == 0:
        return f"No step stands out{year or ' for the year ahead'}"
    noun, each = ("step", "with") if count == 1 else ("steps", "each with")
    count_in_words = words.sentence_case(wording.number(count))
    return f"{count_in_words} {noun}{year}, {each} an owner and a sign that it worked"


def _year(
    profile: PublishedProfile, steps: tuple[tuple[PublishedStep, str], ...], library: dict[str, Step]
) -> Year:
    axis = Scale(0, 12, YEAR_WIDTH)
    starts = [words.month_start(profile.as_of, 1 + place) for place in range(12)]
    months = tuple(
        Month(words.MONTHS[start.month - 1][:3], axis.at(place), axis.at(place + 0.5))
        for place, start in enumerate(starts)
    )
    bars = tuple(
        YearBar(
            label=label,
            title=library[step.id].title,
            y=YEAR_TOP + 20 + YEAR_ROW * place,
            first=axis.span(place, place + 1),
            rest=axis.span(place + 1, place + MONTHS_TO_SIGN),
            sign_x=axis.at(place + MONTHS_TO_SIGN),
            starts=words.month(profile.as_of, 1 + place),
            sign=words.month(profile.as_of, 1 + place + MONTHS_TO_SIGN),
        )
        for place, (step, label) in enumerate(steps)
    )
    wave = f"wave {profile.wave + 1}: measure again"
    wave_month = words.month(profile.as_of, MONTHS_TO_NEXT_WAVE)
    said = " ".join(f"Step {bar.label} starts in {bar.starts}, sign in {bar.sign}." for bar in bars)
    one_year = starts[0].month == 1
    return Year(
        message=f"{said} Wave {profile.wave + 1}: measure again in {wave_month}.".strip(),
        title=f"{starts[0].year} at a glance" if one_year else "The year at a glance",
        height=YEAR_TOP + 20 + YEAR_ROW * max(2, len(bars)),
        months=months,
        bars=bars,
        wave_x=axis.at(MONTHS_TO_NEXT_WAVE - 1),
        wave_y=YEAR_TOP + 20 + YEAR_ROW,
        wave=wave,
        wave_month=wave_month,
    )


def _in_full(
    step: PublishedStep,
    label: str,
    entry: Step,
    profile: PublishedProfile,
    framework: Framework,
    book: MarkBook,
) -> StepInFull:
    effort, size = _EFFORTS[entry.effort]
    resources = {resource.id: resource for resource in framework.resources}
    return StepInFull(
        id=entry.id,
        label=label,
        title=entry.title,
        action=entry.action,
        owner=entry.owner,
        effort=effort,
        effort_size=size,
        first_30_days=entry.first_30_days,
        six_month_sign=entry.six_month_sign,
        otherwise=entry.otherwise,
        answers=book.sentence(profile.finding(step.findings[0])) if step.findings else None,
        resources=tuple(
            ResourceLink(resources[key].title, resources[key].publisher, resources[key].address)
            for key in entry.resources
            if key in resources
        ),
    )


def _tests(
    profile: PublishedProfile, framework: Framework, steps: tuple[tuple[PublishedStep, str], ...]
) -> str:
    if not steps:
        return ""
    shares = wording.listed([f"{step.top_three_share}%" for step, _ in steps])
    subject = "This step" if len(steps) == 1 else "These steps"
    note = (
        f"We tested the order {framework.settings.rank_draws:,} times with other weights."
        f" {subject} came in the first three in {shares} of tests."
    )
    note = f"{note} {ties_note(steps, 'Steps marked = came out equal.')}".rstrip()
    last, label = steps[-1]
    following = next((step for step in profile.steps if step.rank == last.rank + 1), None)
    if following is not None and _tied(last, following):
        note += f" The next ones came close to step {label.rstrip(' =')}."
    return note


def _next_steps(
    profile: PublishedProfile,
    library: dict[str, Step],
    steps: tuple[tuple[PublishedStep, str], ...],
    book: MarkBook,
) -> tuple[NextStep, ...]:
    first = {step.id: (step, label) for step, label in steps}
    waiting = sorted((step for step in profile.steps if not step.first), key=lambda step: step.rank)[:_NEXT]
    return tuple(
        NextStep(library[step.id].title, _reason(step, first, profile, library, book)) for step in waiting
    )


def _reason(
    step: PublishedStep,
    first: dict[str, tuple[PublishedStep, str]],
    profile: PublishedProfile,
    library: dict[str, Step],
    book: MarkBook,
) -> Sentence:
    """Say why the step is among the next: what it builds on, or else the finding that it answers."""
    before = [first[needed][1].rstrip(" =") for needed in step.requires if needed in first]
    if before:
        return Sentence("", f"It builds on step {wording.listed(before)}.", book.marks(()))
    if step.requires and step.requires[0] in library:
        return Sentence("", f"It needs this first: {library[step.requires[0]].title}.", book.marks(()))
    if step.findings:
        return book.sentence(profile.finding(step.findings[0]))
    return Sentence("", f"In the first three in {step.top_three_share}% of our tests.", book.marks(()))
