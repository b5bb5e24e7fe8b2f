"""The page for staff: “What you told us, and what happens now”, cut from a brief and its published profile.

It says nothing of its own: findings, steps, limits and numbers are those of the brief, which has been attacked
as it is. Whoever took the trouble to answer reads here in two minutes what became of it.
"""

from dataclasses import dataclass

from app.briefs.brief import Brief
from app.briefs.marks import Marks
from app.briefs.page_four import NOT_TO_CONCLUDE
from app.briefs.page_three import StepInFull
from diagnostics import wording
from diagnostics.published import LETTERS, PublishedProfile

_SURVEY = LETTERS["survey"]
_NO_NAMES = "Neither this page nor the brief shows who said what."
_NO_CONTACT = "ask your practice or transformation lead"
_WHOLE_BRIEF = (
    "it has the evidence for what this page says, and more. It is the file named “brief”, beside this one."
)
MORE_FOUND = "The brief says what we found under the other headings."
MORE_LIMITS = "The brief lists the rest."


@dataclass(frozen=True, slots=True)
class Told:
    """What the brief finds under one heading, without its marks."""

    heading: str
    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The strength that stays as it is."""

    title: str
    why: str


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One of the first steps: who owns it, how it starts, and what shows that it worked."""

    label: str
    title: str
    owner: str
    first_30_days: str
    six_month_sign: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A few sentences at the foot of the page; ``more`` says where the others stand."""

    title: str
    sentences: tuple[str, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class StaffPage:
    """All that the page prints. Without steps, ``no_step`` says so and teams get their questions instead."""

    title: str
    description: str
    created: str
    authority: str
    document: str
    season: str
    heading: str
    thanks: str
    heard: str
    verdict_title: str
    verdict: str
    told_title: str
    told_note: str
    told: tuple[Told, ...]
    told_more: str
    keep: Kept | None
    steps: tuple[FirstStep, ...]
    no_step: str
    ties_note: str
    questions_title: str
    questions: tuple[str, ...]
    unseen: Aside | None
    is_not: Aside
    again: Aside
    whole_brief: str
    ask: str
    fit: str = ""


def present_staff_page(brief: Brief, profile: PublishedProfile) -> StaffPage:
    """Make the page. Where no finding rests on the survey, it says what was found and not what staff told."""
    told = _told(brief, of_survey=True)
    from_staff = bool(told)
    heading = f"{'What you told us' if from_staff else 'What we found'}, and what happens now"
    furniture = brief.furniture
    document = f"For staff, wave {profile.wave}"
    return StaffPage(
        title=f"{heading}: {furniture.authority}, {furniture.season}",
        description=f"One page for the staff of {furniture.authority}, from the brief insight document,"
        f" wave {profile.wave}, {furniture.season}.",
        created=furniture.created,
        authority=furniture.authority,
        document=document,
        season=furniture.season,
        heading=heading,
        thanks=_thanks(profile),
        heard=brief.one.heard,
        verdict_title="In one sentence",
        verdict=brief.one.verdict.plain,
        told_title="What you told us" if from_staff else "What we found",
        told_note="From the staff survey, beside what else we heard, saw and read" if from_staff else "",
        told=told or _told(brief, of_survey=False),
        told_more="",
        keep=Kept(brief.one.keep.title, brief.one.keep.why.plain) if brief.one.keep else None,
        steps=tuple(_step(step) for step in brief.three.steps),
        no_step="" if brief.three.steps else f"{brief.three.title}.",
        ties_note=brief.one.ties_note,
        questions_title=brief.four.questions_title,
        questions=() if brief.three.steps else brief.four.questions,
        unseen=_unseen(profile),
        is_not=Aside("What this is not", (NOT_TO_CONCLUDE, _NO_NAMES)),
        again=_again(brief, from_staff),
        whole_brief=_WHOLE_BRIEF,
        ask=f"{(profile.contact or _NO_CONTACT).rstrip('.')}.",
    )


def _thanks(profile: PublishedProfile) -> str:
    """Thank whoever can have helped; where nobody was asked, nobody is thanked."""
    helped = []
    if profile.survey_dates is not None:
        helped.append("answered")
    if profile.records.get("interview"):
        helped.append("spoke with us")
    if profile.records.get("observation"):
        helped.append("let us watch")
    return f"Thank you to everyone who {wording.listed(helped, 'or')}." if helped else ""


def _told(brief: Brief, *, of_survey: bool) -> tuple[Told, ...]:
    """Give the first finding that page 2 prints under each heading and that rests on the survey, or on anything."""
    found = []
    for row in brief.two.rows:
        resting = (
            finding for finding in row.findings if _rests(finding.marks, _SURVEY if of_survey else "")
        )
        first = next(resting, None)
        if first is not None:
            found.append(Told(row.name, first.lead, first.text))
    return tuple(found)


def _rests(marks: Marks, letter: str) -> bool:
    return any(mark.label.startswith(letter) for mark in marks.items)


def _step(step: StepInFull) -> FirstStep:
    return FirstStep(step.label, step.title, step.owner, step.first_30_days, step.six_month_sign)


def _unseen(profile: PublishedProfile) -> Aside | None:
    if not profile.limits:
        return None
    return Aside("What we could not see", tuple(limit.text for limit in profile.limits))


def _again(brief: Brief, from_staff: bool) -> Aside:
    month = brief.three.year.wave_month
    if from_staff:
        return Aside("When we ask again", (f"We will ask you again in {month}, to see what has changed.",))
    return Aside("When we measure again", (f"In {month}, to see what has changed.",))
