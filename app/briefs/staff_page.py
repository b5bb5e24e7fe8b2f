"""The page for staff: “What you told us, and what happens now”, cut from a brief and its published profile.

It says nothing of its own: findings, steps, limits and numbers are those of the brief, which has been
attacked as it is. Whoever took the trouble to answer reads here in two minutes what became of it.
"""

from dataclasses import dataclass

from app.briefs.brief import Brief
from app.briefs.marks import Sentence
from app.briefs.page_four import NOT_TO_CONCLUDE
from app.briefs.page_three import StepInFull
from diagnostics import wording
from diagnostics.published import LETTERS, PublishedProfile

_SURVEY, _ANY = LETTERS["survey"], ""
_NO_NAMES = "Neither this page nor the brief shows who said what."
_NO_CONTACT = "ask your practice or transformation lead"
_WHOLE_BRIEF = (
    "it has the evidence for all this, and what else we found. It is the file named “brief”, beside this one."
)
UNSEEN = "unseen"
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
    """A few sentences at the foot. ``look`` gives it its width; ``more`` says where the others stand."""

    look: str
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
    asides: tuple[Aside, ...]
    whole_brief: str
    ask: str
    fit: str = ""


def present_staff_page(brief: Brief, profile: PublishedProfile) -> StaffPage:
    """Make the page. Where no finding rests on the survey, it says what was found and not what staff told."""
    from_staff = any(_rests_on(finding, _SURVEY) for row in brief.two.rows for finding in row.findings)
    told = _told(brief, _SURVEY if from_staff else _ANY)
    heading = f"{'What you told us' if from_staff else 'What we found'}, and what happens now"
    furniture = brief.furniture
    # The name of the brief says which version of it this is.
    document = f"{furniture.document[:1].lower()}{furniture.document[1:]}"
    return StaffPage(
        title=f"{heading}: {furniture.authority}, {furniture.season}",
        description=f"One page for the staff of {furniture.authority}, from the {document},"
        f" {furniture.season}.",
        created=furniture.created,
        authority=furniture.authority,
        document=f"From the {document}",
        season=furniture.season,
        heading=heading,
        thanks=_thanks(profile),
        heard=brief.one.heard,
        verdict_title="What we found, in one sentence",
        verdict=brief.one.verdict.plain,
        told_title="What you told us" if from_staff else "What we found under each heading",
        told_note="From the staff survey, beside what else we heard, saw and read" if from_staff else "",
        told=told,
        told_more="",
        keep=Kept(brief.one.keep.title, brief.one.keep.why.plain) if brief.one.keep else None,
        steps=tuple(_step(step) for step in brief.three.steps),
        no_step="" if brief.three.steps else f"{brief.three.title}.",
        ties_note=brief.one.ties_note,
        questions_title=brief.four.questions_title,
        questions=() if brief.three.steps else brief.four.questions,
        asides=(
            *_unseen(profile),
            Aside("is-not", "What this is not", (NOT_TO_CONCLUDE, _NO_NAMES)),
            _again(brief, from_staff),
        ),
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


def _told(brief: Brief, letter: str) -> tuple[Told, ...]:
    """Give one finding of those that page 2 prints under each heading and that rest on a source."""
    strength = f"{brief.one.keep.title}." if brief.one.keep else ""
    found = []
    for row in brief.two.rows:
        # The strength stands below: to say it twice would be a waste of a short page.
        resting = [it for it in row.findings if _rests_on(it, letter) and it.plain != strength]
        if resting:
            chosen = next(filter(_stands_alone, resting), resting[0])
            found.append(Told(row.name, chosen.lead, chosen.text))
    return tuple(found)


def _rests_on(finding: Sentence, letter: str) -> bool:
    return any(mark.label.startswith(letter) for mark in finding.marks.items)


def _stands_alone(finding: Sentence) -> bool:
    """Say whether a finding needs no other before it, as “Another improvement” and “… too” do."""
    return not finding.lead.startswith("Another ") and not finding.text.endswith(" too.")


def _step(step: StepInFull) -> FirstStep:
    return FirstStep(step.label, step.title, step.owner, step.first_30_days, step.six_month_sign)


def _unseen(profile: PublishedProfile) -> tuple[Aside, ...]:
    limits = tuple(limit.text for limit in profile.limits)
    return (Aside(UNSEEN, "What we could not see", limits),) if limits else ()


def _again(brief: Brief, from_staff: bool) -> Aside:
    month = brief.three.year.wave_month
    if from_staff:
        return Aside(
            "again", "When we ask again", (f"We will ask you again in {month}, to see what has changed.",)
        )
    return Aside("again", "When we measure again", (f"In {month}, to see what has changed.",))
