"""The launch: what was decided is frozen, and the key is made."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.commissioning.models import HOLDS_A_KEY, Diagnostic, Duty, FrameCell, ServiceArea
from app.commissioning.services.changing import Refused
from app.commissioning.timetable import furthest
from app.interchange.framework_files import load_once, supplied_frameworks
from app.survey.keys import KeyStore
from app.survey.models import LAUNCHED, Custody, Survey
from app.survey.questionnaire import digest_of
from app.web.dates import uk_date
from app.web.errors import Conflict
from diagnostics.evidence import Frame
from diagnostics.evidence import FrameCell as Cell
from diagnostics.framework import Framework
from diagnostics.reporting_groups import reporting_groups

CUSTODIANS = 2
# So much longer at a time: less than a year, so that a year that was mistyped is refused.
_LONGER = timedelta(days=183)
_OUTWARD = "After the launch the survey may open earlier or close later, never the other way round"


def frame_of(session: Session, diagnostic_id: UUID) -> tuple[Frame, list[ServiceArea]]:
    """Give a diagnostic's frame as the method wants it, and its service areas in order."""
    areas = session.scalars(
        select(ServiceArea).where(ServiceArea.diagnostic_id == diagnostic_id).order_by(ServiceArea.position)
    ).all()
    names = {area.id: area.name for area in areas}
    cells = session.scalars(select(FrameCell).where(FrameCell.service_area_id.in_(names))).all()
    order = {area.id: place for place, area in enumerate(areas)}
    ordered = sorted(cells, key=lambda cell: (order[cell.service_area_id], cell.role_group))
    return (
        Frame(tuple(Cell(cell.role_group, names[cell.service_area_id], cell.headcount) for cell in ordered)),
        list(areas),
    )


def launch(session: Session, keys: KeyStore, diagnostic: Diagnostic, day: date) -> Survey:
    """Freeze framework, threshold and groups, make the key, and let the custodians fetch their copies.

    Whether everything that launching needs is there, the page asks the checklist; this asks once more for
    what it cannot do without.

    Raises
    ------
    Conflict
        Where the diagnostic was launched already, or lacks dates, people or custodians.
    """
    # Two launches at once would each make a key, and the file of one would replace the other's.
    columns = [column.key for column in inspect(Diagnostic).column_attrs]
    session.refresh(diagnostic, attribute_names=columns, with_for_update=True)
    if session.get(Survey, diagnostic.id) is not None:
        raise Conflict("This diagnostic was launched already.")
    opens_on, closes_on = diagnostic.survey_opens_on, diagnostic.survey_closes_on
    custodians = session.scalars(
        select(Duty.account_id).where(Duty.diagnostic_id == diagnostic.id, Duty.duty == HOLDS_A_KEY)
    ).all()
    frame, areas = frame_of(session, diagnostic.id)
    if opens_on is None or closes_on is None or not max(day, opens_on) <= closes_on <= furthest(day):
        raise Conflict(
            "Set the days on which the survey opens and closes. The last day must be still to come, within "
            "the next three years."
        )
    if len(set(custodians)) < CUSTODIANS or not frame.total:
        raise Conflict("Two custodians and the workforce are needed before the launch.")
    text = supplied_frameworks()[diagnostic.framework].read_text(encoding="utf-8")
    survey = Survey(
        diagnostic_id=diagnostic.id,
        public_key=keys.make(diagnostic.id),
        framework=diagnostic.framework,
        framework_digest=digest_of(text),
        threshold=diagnostic.threshold,
        groups=frozen_groups(load_once(text), frame, diagnostic.threshold),
        areas=[
            {"id": area.id.hex, "name": area.name, "people": frame.service_areas.get(area.name, 0)}
            for area in areas
        ],
        people=frame.total,
        raw_data_months=diagnostic.raw_data_months,
        opens_on=opens_on,
        closes_on=closes_on,
        launched_on=day,
    )
    session.add(survey)
    session.flush()
    session.add_all(Custody(diagnostic_id=diagnostic.id, account_id=account) for account in set(custodians))
    diagnostic.state = LAUNCHED
    return survey


def frozen_groups(framework: Framework, frame: Frame, threshold: int) -> list[dict[str, object]]:
    """Give the role groups as staff are asked for them: small ones are one choice with their neighbour.

    Such a choice is kept, and asked, as the larger of its members.
    """
    headcount = frame.role_groups
    found: list[dict[str, object]] = []
    for group in reporting_groups(framework, frame, threshold):
        largest = max(group.members, key=lambda member: headcount[member])
        described = [framework.role_group(member).description for member in group.members]
        found.append(
            {"id": largest, "name": group.name, "hint": ". ".join(described), "people": group.people}
        )
    return found


def latest_last_day(survey: Survey, day: date) -> date:
    """Give the day to which a launched survey can run at the latest, as it is decided on a day."""
    limit = furthest(day)
    if survey.closes_on > limit:
        return limit
    return min(limit, max(day, survey.closes_on) + _LONGER)


def days_faults(survey: Survey, opens_on: date, closes_on: date, day: date) -> dict[str, str]:
    """Say why a survey cannot have other days, by the field to put right: they move outward only.

    A last day so far away that nobody could have meant it may come back, as the survey would never close.
    """
    if survey.state != LAUNCHED:
        return {"closes_on": "The survey is over, so its days stay"}
    found: dict[str, str] = {}
    if opens_on > survey.opens_on:
        found["opens_on"] = _OUTWARD
    elif opens_on != survey.opens_on and opens_on < day:
        found["opens_on"] = "The first day cannot lie in the past"
    latest = latest_last_day(survey, day)
    if closes_on < survey.closes_on <= latest:
        found["closes_on"] = _OUTWARD
    elif closes_on < day:
        found["closes_on"] = "The last day must be today or later"
    elif closes_on > latest:
        found["closes_on"] = f"The last day must be {uk_date(latest)} or earlier. Check the year"
    return found


def move_dates(survey: Survey, opens_on: date, closes_on: date, day: date) -> bool:
    """Move a launched survey's days, outward only, and say whether they are others now.

    Raises
    ------
    Refused
        Where a day would move inward, into the past or too far, or the survey is over.
    """
    found = days_faults(survey, opens_on, closes_on, day)
    if found:
        raise Refused(found)
    moved = (opens_on, closes_on) != (survey.opens_on, survey.closes_on)
    survey.opens_on, survey.closes_on = opens_on, closes_on
    return moved
