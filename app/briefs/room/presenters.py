"""A draft in words: its sentences with what was done to them, what it lacks, and who signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.briefs.editing.applying import may_change
from app.briefs.editing.edits import Edits
from app.briefs.evidence_section import EvidenceGroup, EvidenceLine, present_evidence_list
from app.briefs.marks import MarkBook
from app.briefs.models import BriefSignature, InsightBrief
from app.briefs.page_three import printed_steps
from app.briefs.page_two import FINDINGS_A_HEADING
from app.briefs.reading import HIGHEST_GRADE, MOST_WORDS, Measures
from app.briefs.room.services import Draft
from app.briefs.room.signing import Signing
from app.profiles.models import ReplyComment
from app.web.dates import uk_date, uk_time
from diagnostics.framework import Framework
from diagnostics.published import Finding, PublishedProfile
from diagnostics.wording import counted_noun


@dataclass(frozen=True, slots=True)
class SentenceLine:
    """A finding as the brief tells it. ``state`` says what was done to it; without ``href`` it stays."""

    id: str
    lead: str
    text: str
    evidence: str
    state: str
    comments: str
    href: str


@dataclass(frozen=True, slots=True)
class HeadingPart:
    """The findings of a heading: those that page 2 has room for, those below, and where one can be added."""

    id: str
    name: str
    lines: tuple[SentenceLine, ...]
    below: tuple[SentenceLine, ...]
    add: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """One of the first steps, and the finding that it answers."""

    title: str
    why: SentenceLine | None


@dataclass(frozen=True, slots=True)
class DraftPage:
    """All that the room shows of a draft.

    The verdict and the strength stand ``apart`` unless they are findings of a heading or of the whole too.
    """

    verdict: SentenceLine
    verdict_apart: bool
    strength: SentenceLine | None
    strength_apart: bool
    strength_title: str
    whole: tuple[SentenceLine, ...]
    headings: tuple[HeadingPart, ...]
    steps: tuple[StepLine, ...]
    steps_reason: str
    left_out: tuple[SentenceLine, ...]
    changes: int


def present_draft(
    draft: Draft, framework: Framework, comments: Mapping[str, Sequence[ReplyComment]], address: str
) -> DraftPage:
    """Put a draft together for the room."""
    told = draft.told
    book = _Lines(draft, comments, address)
    titles = {step.id: step.title for step in framework.steps}
    under = {one for heading in told.headings for one in heading.findings}
    strength = told.strength
    apart = {told.verdict, *(one for step in told.steps for one in step.findings)}
    if strength is not None:
        apart.add(strength.finding)
    return DraftPage(
        verdict=book.line(told.finding(told.verdict)),
        verdict_apart=told.verdict not in under,
        strength_apart=strength is not None and strength.finding not in under | {told.verdict},
        strength=book.line(told.finding(strength.finding)) if strength else None,
        strength_title=strength.title if strength else "",
        whole=tuple(
            book.line(one)
            for one in told.findings
            if one.id not in under | apart and one.kind != "verdict" and one.heading is None
        ),
        headings=tuple(
            HeadingPart(
                heading.id,
                heading.name,
                tuple(book.line(told.finding(one)) for one in heading.findings[:FINDINGS_A_HEADING]),
                tuple(book.line(told.finding(one)) for one in heading.findings[FINDINGS_A_HEADING:]),
                f"{address}/headings/{heading.id}/add",
            )
            for heading in told.headings
        ),
        steps=tuple(
            StepLine(titles[step.id], book.line(told.finding(step.findings[0])) if step.findings else None)
            for step, _ in printed_steps(told)
        ),
        steps_reason=draft.edits.steps_reason,
        left_out=tuple(
            book.line(one)
            for one in draft.proposed.findings
            if one.id in draft.edits.dropped or one.id in {pair.gone for pair in draft.edits.merged}
        ),
        changes=changes_in(draft.edits),
    )


def changes_in(edits: Edits) -> int:
    """Count what was changed."""
    lists = (edits.wordings, edits.dropped, edits.merged, edits.order, edits.added)
    return sum(map(len, lists)) + bool(edits.verdict) + bool(edits.strength) + bool(edits.steps)


def sentence_line(
    draft: Draft, finding: Finding, comments: Mapping[str, Sequence[ReplyComment]], address: str
) -> SentenceLine:
    """Put one finding into a line."""
    return _Lines(draft, comments, address).line(finding)


class _Lines:
    def __init__(self, draft: Draft, comments: Mapping[str, Sequence[ReplyComment]], address: str) -> None:
        self._draft, self._comments, self._address = draft, comments, address
        self._book = MarkBook(draft.proposed)

    def line(self, finding: Finding) -> SentenceLine:
        said = len(self._comments.get(finding.id, ()))
        marks = self._book.marks(finding.evidence).items
        return SentenceLine(
            id=finding.id,
            lead=finding.lead,
            text=finding.text,
            evidence="; ".join(_unbroken(mark.label) for mark in marks),
            state=_state(finding.id, self._draft.edits),
            comments=counted_noun(said, "comment") if said else "",
            href=f"{self._address}/findings/{finding.id}" if may_change(finding) else "",
        )


def _unbroken(mark: str) -> str:
    """Keep a mark such as I3–I5 on one line, joined by characters that nobody sees."""
    return mark.replace(" ", "\u00a0").replace("–", "\u2060–\u2060")


def _state(finding: str, edits: Edits) -> str:
    if finding in edits.dropped:
        return "Left out"
    if any(one.gone == finding for one in edits.merged):
        return "Merged into another"
    if any(one.id == finding for one in edits.added):
        return "Added"
    if any(one.kept == finding for one in edits.merged):
        return "Merged"
    return "Reworded" if finding in edits.wordings else ""


def evidence_of(
    profile: PublishedProfile, finding: Finding, framework: Framework
) -> tuple[EvidenceLine, ...]:
    """Give the lines of the evidence list that a finding rests on."""
    wanted = set(finding.evidence)
    groups = evidence_on(profile, finding.heading, framework)
    return tuple(line for group in groups for line in group.lines if line.mark in wanted)


def evidence_on(
    profile: PublishedProfile, heading: str | None, framework: Framework
) -> tuple[EvidenceGroup, ...]:
    """Give the evidence list with what each line has on a heading; without one, with all that it is about."""
    here = {
        characteristic.name
        for one in framework.headings
        if one.id == heading
        for characteristic in one.characteristics
    }
    about = {
        entry.mark: "; ".join(topic for topic in entry.topics if topic in here) or "Nothing on this heading"
        for entry in profile.evidence
        if here and entry.source != "survey"
    }
    return tuple(
        replace(
            group,
            lines=tuple(replace(line, topics=about.get(line.mark, line.topics)) for line in group.lines),
        )
        for group in present_evidence_list(profile)
    )


@dataclass(frozen=True, slots=True)
class Meter:
    """How long a draft is and how easily it reads; the percentages are those of two bars."""

    words: str
    words_share: int
    too_long: bool
    grade: str
    grade_share: int
    too_hard: bool


def present_meter(measures: Measures) -> Meter:
    """Put the measures of a draft into words."""
    grade = max(1, round(measures.grade))
    # Children in England begin their first year at school when they are five.
    return Meter(
        words=f"{measures.words:,} of {MOST_WORDS:,} words",
        words_share=min(100, round(100 * measures.words / MOST_WORDS)),
        too_long=measures.too_long,
        grade=f"About {counted_noun(grade, 'year')} at school to read it, {HIGHEST_GRADE} at most",
        grade_share=min(100, round(100 * measures.grade / HIGHEST_GRADE)),
        too_hard=measures.grade > HIGHEST_GRADE,
    )


def signature_lines(signatures: Mapping[UUID, BriefSignature], names: Mapping[UUID, str]) -> tuple[str, ...]:
    """Say who signed and when."""
    return tuple(
        f"{names.get(one.account_id, 'Somebody')}, {uk_time(one.signed_at)}" for one in signatures.values()
    )


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version that is out, with where it is and what it mends."""

    name: str
    published: str
    by: str
    mends: str
    href: str
    files: str
    newest: bool


def version_lines(briefs: Sequence[InsightBrief], names: Mapping[UUID, str]) -> tuple[VersionLine, ...]:
    """Put published versions into lines, the newest first."""
    out = [one for one in briefs if one.published_at is not None]
    return tuple(
        VersionLine(
            name=f"Version {one.number}",
            published=uk_date(one.published_at) if one.published_at else "",
            by=names.get(one.published_by, "Somebody") if one.published_by else "",
            mends=one.correction,
            href=f"/briefs/{one.id}",
            files=f"/briefs/{one.id}/files",
            newest=one is out[0],
        )
        for one in out
    )


def signing_words(signing: Signing) -> str:
    """Say how far the signing is."""
    return signing.lacking or "Two people have signed this text."
