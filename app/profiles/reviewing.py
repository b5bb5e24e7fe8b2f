"""Deciding on what the method proposed: each code and pattern is confirmed or overruled, with a reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.fieldwork.queries import lock_diagnostic
from app.profiles.computing import THERE
from app.profiles.gathering import ANSWERS_GONE
from app.profiles.models import RUNNING, WAITING, CodeReview
from app.profiles.queries import Subject, newest_build, newest_snapshot, profile_of, reviews_of
from app.survey.queries import answers_went_on
from app.web.dates import now
from app.web.errors import Conflict
from diagnostics.published import Pair, Pattern, PublishedHeading, PublishedProfile, Status


class Standing(Enum):
    """How far a code is: nobody decided; somebody did, after the profile was made; it is in the profile."""

    UNDECIDED = "undecided"
    WAITS = "decided, and not in the profile yet"
    IN = "in the profile"


@dataclass(frozen=True, slots=True)
class Code:
    """A code or pattern of a profile, and what counts of the decisions on it.

    ``found`` is the code as the method proposed it, or "there" for a pattern.
    """

    heading: PublishedHeading
    about: Pair | Pattern
    decision: CodeReview | None

    @property
    def subject(self) -> str:
        """The pair of sources, or the id of the pattern."""
        return subject_of(self.about)

    @property
    def found(self) -> str:
        """What the method proposed."""
        return found_in(self.about)

    @property
    def key(self) -> Subject:
        """The heading and the subject."""
        return self.heading.id, self.subject

    @property
    def standing(self) -> Standing:
        """How far it is."""
        if self.decision is None:
            return Standing.UNDECIDED if self.about.status == "proposed" else Standing.IN
        decided: Status = "confirmed" if self.decision.confirmed else "overruled"
        same = self.about.status == decided and self.about.reason == self.decision.reason
        return Standing.IN if same else Standing.WAITS


@dataclass(frozen=True, slots=True)
class Asked:
    """A code as a page showed it: what was found, and the decision that counted then."""

    heading: str
    subject: str
    found: str
    decision: str


class Stale(Exception):
    """Between the page and the decision, the code became another or somebody else decided."""


def subject_of(about: Pair | Pattern) -> str:
    """Name what a decision is about."""
    return f"{about.a}-{about.b}" if isinstance(about, Pair) else about.id


def found_in(about: Pair | Pattern) -> str:
    """Give what the method proposed."""
    return about.code if isinstance(about, Pair) else THERE


def codes_in(published: PublishedProfile, reviews: Mapping[Subject, CodeReview]) -> tuple[Code, ...]:
    """Give every code and pattern of a profile with the newest decision that is about the same code."""
    codes = []
    for heading in published.headings:
        proposed: tuple[Pair | Pattern, ...] = (*heading.pairs, *heading.patterns)
        for about in proposed:
            decision = reviews.get((heading.id, subject_of(about)))
            current = decision if decision is not None and decision.found == found_in(about) else None
            codes.append(Code(heading, about, current))
    return tuple(codes)


def newest_codes(session: Session, diagnostic_id: UUID) -> tuple[Code, ...]:
    """Give the codes and patterns of the newest profile; none where there is no profile."""
    snapshot = newest_snapshot(session, diagnostic_id)
    if snapshot is None:
        return ()
    return codes_in(profile_of(snapshot), reviews_of(session, diagnostic_id))


def open_in(session: Session, diagnostic_id: UUID) -> tuple[Subject, ...]:
    """Give what keeps the newest profile from being published, as heading and subject.

    A code is open while nobody decided on it, and while what somebody decided is not in the profile.
    """
    return still_open(newest_codes(session, diagnostic_id))


def still_open(codes: Iterable[Code]) -> tuple[Subject, ...]:
    """Give those of the codes that keep a profile from being published."""
    return tuple(one.key for one in codes if one.standing is not Standing.IN)


def can_review(session: Session, diagnostic: Diagnostic) -> bool:
    """Say whether codes can be decided on now."""
    return why_no_review(session, diagnostic) == ""


def check_can_review(session: Session, diagnostic: Diagnostic) -> None:
    """Stop decisions where there is nothing to decide on, or while a profile is being computed.

    Raises
    ------
    Conflict
        With the reason in words.
    """
    why_not = why_no_review(session, diagnostic)
    if why_not:
        raise Conflict(why_not)


def why_no_review(session: Session, diagnostic: Diagnostic) -> str:
    """Say why nothing can be decided now; "" where it can."""
    if answers_went_on(session, diagnostic.id) is not None:
        return f"{ANSWERS_GONE} A profile stays as it is from then on, so nothing can be decided any more."
    build = newest_build(session, diagnostic.id)
    if build is not None and build.state in (WAITING, RUNNING):
        # Nobody could say whether a decision of this moment is in it.
        return "A profile is being computed. Decide when it is done, as its codes may be others."
    if newest_snapshot(session, diagnostic.id) is None:
        return "There is no profile yet, so there is nothing to decide on."
    return ""


def decide(
    session: Session,
    diagnostic: Diagnostic,
    asked: Sequence[Asked],
    *,
    confirmed: bool,
    reason: str,
    account_id: UUID,
) -> None:
    """Confirm or overrule codes of the newest profile, all for one reason.

    A decision never goes: the newest of a code counts.

    Raises
    ------
    Conflict
        Where there is nothing to decide on.
    Stale
        Where a code is another by now, or somebody else decided after the page was made; nothing is kept.
    """
    lock_diagnostic(session, diagnostic)
    check_can_review(session, diagnostic)
    known = {one.key: one for one in newest_codes(session, diagnostic.id)}
    for one in asked:
        code = known.get((one.heading, one.subject))
        if code is None or code.found != one.found or decision_id(code) != one.decision:
            raise Stale
    session.add_all(
        CodeReview(
            diagnostic_id=diagnostic.id,
            heading=one.heading,
            subject=one.subject,
            found=one.found,
            confirmed=confirmed,
            reason=reason,
            decided_by=account_id,
            decided_at=now(),
        )
        for one in asked
    )
    note(
        session, "codes confirmed" if confirmed else "codes overruled", account_id,
        authority_code=diagnostic.authority_code, subject_id=diagnostic.id, codes=len(asked),
    )  # fmt: skip


def decision_id(code: Code) -> str:
    """Give what stands for the decision that counts, for a form to carry."""
    return "" if code.decision is None else str(code.decision.id)


def asked_of(code: Code) -> Asked:
    """Give a code as it stands, for a page to ask about."""
    return Asked(code.heading.id, code.subject, code.found, decision_id(code))
