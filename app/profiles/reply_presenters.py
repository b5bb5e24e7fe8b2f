"""The right of reply in words: the draft's findings with what was said of them, and the three questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.profiles.models import NO, PARTLY, YES, ReplyAnswer, ReplyComment
from app.profiles.presenters import ANSWER_WORDS
from app.profiles.replying import ACCURATE, HELPFUL, QUESTIONS, SUBSTANCE, sentence_of
from app.web.dates import uk_time
from diagnostics.published import EvidenceEntry, Finding, PublishedProfile
from diagnostics.short_marks import short_marks

QUESTION_WORDS: Mapping[str, tuple[str, str]] = {
    ACCURATE: ("Is the draft accurate?", "Does it fit what you know of your service?"),
    SUBSTANCE: (
        "Is it of substance?",
        "Does it say something that matters, and that you could not take for granted?",
    ),
    HELPFUL: ("Is it helpful in teeing up action?", "Do you see from it what to do next?"),
}
CHOICES = [{"value": one, "text": ANSWER_WORDS[one]} for one in (YES, PARTLY, NO)]
_WHOLE, _STEPS = "The council as a whole", "Why these steps come first"


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A comment, the sentence as it stood where that has changed, and its answer."""

    id: str
    text: str
    by: str
    earlier: str
    answer: str
    answered_by: str
    href: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding that the council is shown, with what was said of it."""

    id: str
    text: str
    evidence: str
    href: str
    comments: tuple[CommentLine, ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings on one heading, or on the whole."""

    name: str
    lines: tuple[FindingLine, ...]


def finding_groups(
    published: PublishedProfile,
    findings: Sequence[Finding],
    comments: Mapping[str, Sequence[ReplyComment]],
    names: Mapping[UUID, str],
    address: str,
) -> tuple[FindingGroup, ...]:
    """Put the draft's findings together, the whole first, then the headings, then the steps."""
    found: dict[str, list[FindingLine]] = {_WHOLE: []}
    found |= {heading.name: [] for heading in published.headings}
    found[_STEPS] = []
    headings = {heading.id: heading.name for heading in published.headings}
    for one in findings:
        group = _STEPS if one.kind == "step" else headings.get(one.heading or "", _WHOLE)
        found[group].append(finding_line(one, published.evidence, comments.get(one.id, ()), names, address))
    return tuple(FindingGroup(name, tuple(lines)) for name, lines in found.items() if lines)


def finding_line(
    finding: Finding,
    known: Sequence[EvidenceEntry],
    comments: Sequence[ReplyComment],
    names: Mapping[UUID, str],
    address: str,
) -> FindingLine:
    """Put one finding into words; ``known`` is the list of all evidence."""
    sentence = sentence_of(finding)
    return FindingLine(
        id=finding.id,
        text=sentence,
        evidence=short_marks(finding.evidence, known),
        href=f"{address}/findings/{finding.id}",
        comments=tuple(comment_line(one, names, address, sentence) for one in comments),
    )


def left_over(
    findings: Sequence[Finding],
    comments: Mapping[str, Sequence[ReplyComment]],
    names: Mapping[UUID, str],
    address: str,
) -> tuple[CommentLine, ...]:
    """Give the comments on findings that are not in this draft any more, each with its sentence."""
    there = {one.id for one in findings}
    return tuple(
        comment_line(one, names, address, "")
        for finding, made in comments.items()
        if finding not in there
        for one in made
    )


def comment_line(made: ReplyComment, names: Mapping[UUID, str], address: str, sentence: str) -> CommentLine:
    """Put a comment into words; ``sentence`` is the finding as it stands now."""
    answered_by = ""
    if made.answered_by and made.answered_at:
        answered_by = f"{names.get(made.answered_by, 'Somebody')}, {uk_time(made.answered_at)}"
    return CommentLine(
        id=str(made.id),
        text=made.text,
        by=f"{names.get(made.made_by, 'Somebody')}, {uk_time(made.made_at)}",
        earlier=made.sentence if made.sentence != sentence else "",
        answer=made.answer,
        answered_by=answered_by,
        href=f"{address}/comments/{made.id}",
    )


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One of the three questions with everybody's answers."""

    question: str
    counts: str
    whys: tuple[str, ...]


def question_lines(answers: Sequence[ReplyAnswer], names: Mapping[UUID, str]) -> tuple[QuestionLine, ...]:
    """Count the answers to each question, with the reasons that people gave."""
    lines = []
    for question in QUESTIONS:
        given = [one for one in answers if one.question == question]
        counts = ", ".join(
            f"{ANSWER_WORDS[value]} {sum(one.answer == value for one in given)}"
            for value in (YES, PARTLY, NO)
        )
        whys = tuple(
            f"{ANSWER_WORDS[one.answer]}: {one.why} ({names.get(one.account_id, 'somebody')})"
            for one in given
            if one.why
        )
        lines.append(QuestionLine(QUESTION_WORDS[question][0], counts if given else "Nobody yet", whys))
    return tuple(lines)
