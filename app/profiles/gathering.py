"""The evidence of a diagnostic, gathered from the rooms in which it came in, as the method wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic
from app.fieldwork.evidence import fieldwork_evidence
from app.survey.models import CLOSED
from app.survey.queries import asking, find_survey
from app.survey.questionnaire import questionnaire_of
from app.survey.services.launching import frame_of
from app.survey.services.stored import stored_answers
from app.web.errors import Conflict
from diagnostics import evidence as method
from diagnostics.evidence import Evidence, Frame, FrameCell
from diagnostics.framework import Framework

ANSWERS_GONE = "The answers were deleted on the day that staff were promised."


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a profile is made of."""

    framework: Framework
    frame: Frame
    evidence: Evidence


def gather(session: Session, diagnostic_id: UUID) -> Gathered:
    """Gather what a diagnostic's closed survey says, and what its fieldwork heard, saw and read.

    The evidence is as of the close, or of the newest record where that came later.

    Raises
    ------
    Conflict
        Where the survey is not closed, or its answers were deleted when their time was up.
    """
    survey = find_survey(session, diagnostic_id)
    if survey is None or survey.state != CLOSED or survey.closed_on is None:
        raise Conflict("The survey is not closed yet, so nobody can read its answers.")
    if survey.purged_on is not None:
        raise Conflict(ANSWERS_GONE)
    diagnostic = session.get_one(Diagnostic, diagnostic_id)
    about = asking(session, survey)
    frame, _ = frame_of(session, diagnostic_id)
    records, ratings, quotes = fieldwork_evidence(session, diagnostic)
    evidence = Evidence(
        diagnostic=method.Diagnostic(
            authority_code=diagnostic.authority_code,
            authority_name=about.council,
            wave=diagnostic.wave,
            as_of=max([survey.closed_on, *(record.month for record in records)]),
            threshold=survey.threshold,
            survey_opened=survey.opens_on,
            survey_closed=survey.closes_on,
            contact=about.contact or None,
        ),
        answers=stored_answers(session, survey),
        records=records,
        ratings=ratings,
        quotes=quotes,
    )
    return Gathered(questionnaire_of(survey).framework, as_kept(frame, survey.merged), evidence)


def as_kept(frame: Frame, merged: Mapping[str, Sequence[str]]) -> Frame:
    """Give a frame in which role groups are joined as their answers were at the close.

    Answers of a role group that too few gave are kept with those of its neighbour, so the people of both are
    whom these answers speak for, and both are named.
    """
    kept = {member: role for role, members in merged.items() for member in members}
    cells: dict[tuple[str, str], int] = {}
    for cell in frame.cells:
        place = kept.get(cell.role_group, cell.role_group), cell.service_area
        cells[place] = cells.get(place, 0) + cell.headcount
    return Frame(
        tuple(FrameCell(role, area, headcount) for (role, area), headcount in cells.items()),
        tuple(tuple(members) for members in merged.values() if len(members) > 1),
    )
