"""What the people of Wexbourne say and do once the evidence is in. All of it is invented.

Findings and steps go by the ids that the method gives them for the sample’s evidence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.briefs.editing.changing import choose_steps, drop, reword
from app.briefs.editing.edits import Edits, Wording
from app.briefs.room.services import Change
from app.profiles.models import PARTLY, YES
from app.profiles.replying import ACCURATE, HELPFUL, SUBSTANCE, Answered
from diagnostics.published import PublishedProfile

COMMISSIONER, READER = "commissioner", "reader"
# The sample gives decisions on the codes that need one most; this is why all others stand.
AGREED = "Two of us read the notes and the answers side by side, and agree."


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody says of a finding, and what the PDM answers; nothing where that is still to do."""

    finding: str
    who: str
    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class Story:
    """A wave after its close: what the council replies, and what becomes of the proposed brief."""

    comments: tuple[Comment, ...]
    answers: Mapping[str, Mapping[str, Answered]]
    changes: tuple[Change, ...] = field(default=())


def _reword(finding: str, lead: str, text: str) -> Change:
    def change(edits: Edits, profile: PublishedProfile) -> Edits:
        return reword(edits, profile, finding, Wording(lead, text))

    return change


def _drop(finding: str) -> Change:
    def change(edits: Edits, profile: PublishedProfile) -> Edits:
        return drop(edits, profile, finding)

    return change


def _choose_steps(reason: str, *steps: str) -> Change:
    def change(edits: Edits, profile: PublishedProfile) -> Edits:
        return choose_steps(edits, profile, steps, reason)

    return change


FIRST = Story(
    comments=(
        Comment(
            "systems.written_not_done",
            COMMISSIONER,
            "Our own audit in spring says the same. The new policy had been out for a few weeks when the "
            "sessions were watched; please say so.",
            "Thank you. The finding stands, as it is about what we saw. The next wave will show whether the "
            "policy has arrived, and the first step is about just that.",
        ),
        Comment(
            "capability.contrast",
            READER,
            "This reads as if staff did not want to look. They do; there is no place to look in.",
            "You are right, and the evidence says so too. We have reworded the sentence.",
        ),
        Comment(
            "culture.leaders_above_practitioners",
            COMMISSIONER,
            "It stings, but it is fair. We will talk about it in the managers’ meeting.",
            "Thank you for taking it there.",
        ),
    ),
    answers={
        COMMISSIONER: {
            ACCURATE: Answered(YES, "It is what we hear in teams as well."),
            SUBSTANCE: Answered(YES, "The distance between leaders and practitioners was new to us."),
            HELPFUL: Answered(PARTLY, "The steps are clear. We still have to find the time for them."),
        },
        READER: {
            ACCURATE: Answered(PARTLY, "Early help does more of this than the average shows."),
            SUBSTANCE: Answered(YES, ""),
            HELPFUL: Answered(YES, "Each step has an owner and a sign to look for."),
        },
    },
    changes=(
        _reword(
            "capability.contrast",
            "",
            "People often ask how sound the evidence is before they decide. Few staff know where to look, "
            "though many want to.",
        ),
        _drop("systems.split"),
    ),
)

SECOND = Story(
    comments=(
        Comment(
            "practice.change",
            COMMISSIONER,
            "Families told our reviewing officers the same. May we say so when we share the brief?",
            "Yes, beside the brief. The brief itself says only what this evidence shows.",
        ),
        Comment(
            "systems.said_not_seen",
            READER,
            "Supervision is too short for the question. We would ask it if there were time.",
            "We have passed this on to the principal social worker, who owns the first step.",
        ),
        Comment(
            "skills.contrast",
            COMMISSIONER,
            "Training in autumn came after the survey. Is it in here?",
            "Hardly: staff answered before it, and few of the later talks touched on it. That is one reason "
            "why this says “it seems”.",
        ),
    ),
    answers={
        COMMISSIONER: {
            ACCURATE: Answered(YES, ""),
            SUBSTANCE: Answered(YES, "It shows what moved and what did not."),
            HELPFUL: Answered(YES, "It goes on where the first plan ended."),
        },
        READER: {
            ACCURATE: Answered(YES, "Supervision is just as it says."),
            SUBSTANCE: Answered(PARTLY, "It says little about youth justice, which is a small team."),
            HELPFUL: Answered(YES, ""),
        },
    },
    changes=(
        _reword(
            "culture.split",
            "Staff do not agree.",
            "Service areas differ widely on culture, so ask your own team before you rely on the average.",
        ),
        _choose_steps(
            "Open questions in team meetings began with the first plan. Coaching after courses has not.",
            "sys_step_supervision_question",
            "cap_step_guide",
            "ski_step_coach",
        ),
    ),
)
