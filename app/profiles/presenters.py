"""The profile room in words: how far a profile is, what was proposed and decided, what was said of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.commissioning.frameworks import framework_name
from app.profiles.building import Verified
from app.profiles.models import FAILED, NO, PARTLY, RUNNING, WAITING, YES, ProfileBuild, ProfileSnapshot
from app.profiles.reviewing import Code, Standing
from app.web.dates import uk_time
from diagnostics.framework import Framework
from diagnostics.published import Pair, Pattern, Source
from diagnostics.wording import counted_noun

_SHORT_DIGEST = 12
SOURCE_WORDS: Mapping[Source, str] = {
    "survey": "the survey",
    "interview": "interviews",
    "observation": "observations",
    "document": "documents",
}
CODE_WORDS = {"agreement": "They agree", "partial": "They agree in part", "dissonance": "They disagree"}
_PATTERN_WORDS: Mapping[str, tuple[str, str]] = {
    "said_not_seen": ("Said, not seen", "People say that it happens. Observations did not see it."),
    "written_not_done": (
        "Written, not done",
        "Documents ask for it. Staff or observations say that it does not happen.",
    ),
    "done_not_written": ("Done, not written", "It happens. Documents do not ask for it."),
}
_STANDING_WORDS = {
    Standing.UNDECIDED: "Nobody has decided",
    Standing.WAITS: "Decided, and not in the profile yet",
    Standing.IN: "Decided",
}
_STANDING_TAGS = {
    Standing.UNDECIDED: "govuk-tag--yellow",
    Standing.WAITS: "govuk-tag--blue",
    Standing.IN: "govuk-tag--green",
}
ANSWER_WORDS = {YES: "Yes", PARTLY: "Partly", NO: "No"}
VERIFIED_WORDS: Mapping[Verified, tuple[str, str, bool]] = {
    Verified.IDENTICAL: (
        "Identical",
        "We computed the profile again from the answers and the fieldwork. It is the same, to the last byte.",
        True,
    ),
    Verified.CHANGED: (
        "The evidence has changed since",
        "The stored profile is as it was written. But ratings, quotes or records were changed after it was "
        "made, so computing it again would give another. Ask for a new profile if the change should count.",
        True,
    ),
    Verified.PURGED: (
        "As it was written",
        "The answers were deleted on the day that staff were promised, so nobody can compute the profile "
        "again. The stored profile is as it was written: its digest fits.",
        True,
    ),
    Verified.DIFFERENT: (
        "Different",
        "The same evidence gives another profile now. Do not publish from this profile. Tell whoever looks "
        "after the service: the method or what it runs on has changed.",
        False,
    ),
    Verified.DAMAGED: (
        "Damaged",
        "The stored profile is not as it was written: its digest does not fit. Do not publish from it. Tell "
        "whoever looks after the service, and ask for a new profile.",
        False,
    ),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the profile is that was asked for last."""

    running: bool
    failed: bool
    words: str
    since: str
    problem: tuple[str, ...]


def progress_of(build: ProfileBuild | None, names: Mapping[UUID, str], *, may_see_details: bool) -> Progress:
    """Say how far a build is; what could give somebody away is for those who gather alone."""
    if build is None or build.state not in (WAITING, RUNNING, FAILED):
        return Progress(running=False, failed=False, words="", since="", problem=())
    asked = f"{names.get(build.asked_by, 'Somebody')} asked for it on {uk_time(build.asked_at)}."
    if build.state == FAILED:
        first, *rest = build.problem.split("\n")
        if rest and not may_see_details:
            first = first.partition(" What to do")[0]
            rest = ["Whoever gathers the evidence sees here what to do about it."]
        return Progress(running=False, failed=True, words=first, since=asked, problem=tuple(rest))
    if build.state == WAITING or build.told_at is None:
        words = "It waits for its turn. That is seldom longer than a minute."
        return Progress(running=True, failed=False, words=words, since=asked, problem=())
    since = f"{asked} It has been at this part since {uk_time(build.told_at)}."
    return Progress(running=True, failed=False, words=f"{build.progress}.", since=since, problem=())


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """A profile in the list."""

    number: int
    href: str
    made: str
    by: str
    framework: str
    method: str
    digest: str
    newest: bool
    shown: bool


def snapshot_lines(
    snapshots: Sequence[ProfileSnapshot], names: Mapping[UUID, str], shown: frozenset[UUID]
) -> tuple[SnapshotLine, ...]:
    """Give the profiles of a diagnostic, the newest first; ``shown`` are those that the council was shown."""
    return tuple(
        SnapshotLine(
            number=one.number,
            href=f"/diagnostics/{one.diagnostic_id}/profile/{one.number}",
            made=uk_time(one.made_at),
            by=names.get(one.made_by, "somebody"),
            framework=framework_name(one.framework, one.framework_version),
            method=one.method,
            digest=one.digest[:_SHORT_DIGEST],
            newest=place == 0,
            shown=one.id in shown,
        )
        for place, one in enumerate(snapshots)
    )


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code or pattern as the review shows it."""

    id: str
    href: str
    what: str
    detail: str
    state: str
    tag: str
    undecided: bool
    agrees: bool
    decision: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class CodeGroup:
    """The codes and patterns of one heading."""

    heading: str
    lines: tuple[CodeLine, ...]


def about_words(about: Pair | Pattern, framework: Framework) -> tuple[str, str]:
    """Say what the method proposed: what it is about, and what it found."""
    if isinstance(about, Pair):
        one, other = SOURCE_WORDS[about.a], SOURCE_WORDS[about.b]
        apart = f"{counted_noun(about.difference, 'point')} apart"
        return f"{one[:1].upper()}{one[1:]} and {other}", f"{CODE_WORDS[about.code]}, {apart}."
    if about.id in _PATTERN_WORDS:
        return _PATTERN_WORDS[about.id]
    upper, lower = framework.comparison.upper, framework.comparison.lower
    return (
        f"{upper[:1].upper()}{upper[1:]} above {lower}",
        f"{upper[:1].upper()}{upper[1:]} see it much more positively than {lower} do.",
    )


def code_line(code: Code, framework: Framework, names: Mapping[UUID, str], address: str) -> CodeLine:
    """Put a code into words; ``address`` is that of the review."""
    what, detail = about_words(code.about, framework)
    decision, reason, by = "", "", ""
    if code.decision is not None:
        decision = "Confirmed" if code.decision.confirmed else "Overruled"
        reason = code.decision.reason
        by = f"{names.get(code.decision.decided_by, 'Somebody')}, {uk_time(code.decision.decided_at)}"
    elif code.about.status != "proposed":
        decision, reason = code.about.status.capitalize(), code.about.reason or ""
    return CodeLine(
        id=f"{code.heading.id}.{code.subject}",
        href=f"{address}/{code.heading.id}/{code.subject}",
        what=what,
        detail=f"{detail} {_no_longer(code)}" if decision == "Overruled" else detail,
        state=decision if code.standing is Standing.IN else _STANDING_WORDS[code.standing],
        tag=_STANDING_TAGS[code.standing],
        undecided=code.standing is Standing.UNDECIDED,
        agrees=isinstance(code.about, Pair) and code.about.code == "agreement",
        decision=decision,
        reason=reason,
        by=by,
    )


def _no_longer(code: Code) -> str:
    """Say what holds of a proposal that was overruled."""
    return f"This was overruled, so it {'does' if code.standing is Standing.IN else 'will'} not count."


def code_groups(
    codes: Iterable[Code], framework: Framework, names: Mapping[UUID, str], address: str
) -> tuple[CodeGroup, ...]:
    """Put codes into words, heading by heading; what is undecided comes first."""
    found: dict[str, list[CodeLine]] = {}
    for code in codes:
        found.setdefault(code.heading.name, []).append(code_line(code, framework, names, address))
    return tuple(
        CodeGroup(name, tuple(sorted(lines, key=lambda line: not line.undecided)))
        for name, lines in found.items()
    )


def review_words(codes: Sequence[Code]) -> str:
    """Say how much is still open."""
    counts = {standing: sum(one.standing is standing for one in codes) for standing in Standing}
    undecided, waits = counts[Standing.UNDECIDED], counts[Standing.WAITS]
    if not codes:
        return "The profile has no code and no pattern, so there is nothing to decide on."
    if undecided:
        verb = "is" if undecided == 1 else "are"
        return f"{undecided} of {counted_noun(len(codes), 'code')} {verb} still open."
    if waits:
        return (
            f"All are decided. {counted_noun(waits, 'decision')} {'is' if waits == 1 else 'are'} not in the "
            "profile yet: compute it anew."
        )
    return "All are decided, and the profile holds the decisions."
