"""A wave whose evidence lies in a folder, written into the database as if it had been gathered by its pages.

The survey is closed and its inbox was never filled: the answers are coarsened and stored as a close stores
them.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.commands.demonstration.councils import describe_workforce
from app.commissioning.models import Diagnostic
from app.fieldwork.models import (
    RATED,
    RELEASED,
    FieldworkQuote,
    FieldworkRecord,
    Rater,
    ReconciledRating,
    RecordRater,
    RecordRating,
)
from app.interchange.evidence_folder import EvidenceFolder
from app.interchange.framework_files import supplied_frameworks
from app.survey.answers import packed
from app.survey.models import CLOSED, INDIVIDUAL, Response, Survey, SurveyComment
from app.survey.questionnaire import digest_of
from app.survey.sealing import Given, random_id
from app.survey.services.launching import frame_of, frozen_groups
from app.survey.windows import closes_at, opens_at
from diagnostics.coarsening import Kept, coarsen
from diagnostics.evidence import RECONCILED, Answers, Evidence
from diagnostics.framework import Framework

# In the month of its record, and at an hour of work.
_WRITTEN = timedelta(days=20, hours=15)
_RATED, _RELEASED = timedelta(hours=1), timedelta(days=1)


def write_finished_wave(
    session: Session,
    diagnostic: Diagnostic,
    folder: EvidenceFolder,
    gatherer: UUID,
    new_id: Callable[[], bytes] = random_id,
) -> dict[str, UUID]:
    """Write a folder's workforce, closed survey and fieldwork into a diagnostic that has none.

    Gives the ids of the service areas by their names.

    ``new_id`` makes the keys of the answers, in whose order they are kept.
    """
    evidence, framework = folder.evidence, folder.framework
    areas = describe_workforce(session, diagnostic.id, folder.frame)
    if evidence.answers is not None:
        _close(session, diagnostic, framework, evidence.answers, evidence, new_id)
    _write_fieldwork(session, diagnostic, evidence, areas, gatherer)
    session.flush()
    return areas


def _close(
    session: Session,
    diagnostic: Diagnostic,
    framework: Framework,
    answers: Answers,
    evidence: Evidence,
    new_id: Callable[[], bytes],
) -> None:
    frame, areas = frame_of(session, diagnostic.id)
    kept = coarsen(
        list(answers.role_group),
        list(answers.service_area),
        diagnostic.threshold,
        {group.id: group.neighbours for group in framework.role_groups},
    )
    text = supplied_frameworks()[diagnostic.framework].read_text(encoding="utf-8")
    opened = evidence.diagnostic.survey_opened or evidence.diagnostic.as_of
    closed = evidence.diagnostic.survey_closed or evidence.diagnostic.as_of
    diagnostic.survey_opens_on, diagnostic.survey_closes_on = opened, closed
    diagnostic.state = CLOSED
    session.add(
        Survey(
            diagnostic_id=diagnostic.id,
            state=CLOSED,
            # The key has been destroyed, as after every close, so that any would do.
            public_key=secrets.token_bytes(32),
            framework=diagnostic.framework,
            framework_digest=digest_of(text),
            threshold=diagnostic.threshold,
            groups=frozen_groups(framework, frame, diagnostic.threshold),
            areas=[
                {"id": area.id.hex, "name": area.name, "people": frame.service_areas.get(area.name, 0)}
                for area in areas
            ],
            people=frame.total,
            raw_data_months=diagnostic.raw_data_months,
            opens_on=opened,
            closes_on=closed,
            launched_on=opened,
            keys_fetched=True,
            issued=frame.total,
            replaced=answers.replacement_links,
            closed_on=closed,
            returned={INDIVIDUAL: answers.n},
            merged={role: list(members) for role, members in kept.merged.items()},
            swept_at=closes_at(closed),
            key_destroyed_at=closes_at(closed),
        )
    )
    session.flush()
    _store(session, diagnostic.id, framework, answers, kept, new_id)


def _store(
    session: Session,
    diagnostic_id: UUID,
    framework: Framework,
    answers: Answers,
    kept: Kept,
    new_id: Callable[[], bytes],
) -> None:
    rows: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "diagnostic_id": diagnostic_id,
            "role_group": role,
            "service_area": area,
            "answers": packed(_given(answers, row), framework, answers.codes),
        }
        for row, (role, area) in enumerate(zip(kept.role_group, kept.service_area, strict=True))
    ]
    session.execute(insert(Response), sorted(rows, key=_by_id))
    comments: list[dict[str, Any]] = [
        {"id": new_id(), "diagnostic_id": diagnostic_id, "question": question, "text": text}
        for question, texts in answers.comments.items()
        for text in texts
    ]
    if comments:
        session.execute(insert(SurveyComment), sorted(comments, key=_by_id))


def _by_id(row: Mapping[str, Any]) -> bytes:
    key: bytes = row["id"]
    return key


def _given(answers: Answers, row: int) -> Given:
    told: dict[str, int | None] = {}
    for column, code in enumerate(answers.codes):
        value = answers.values[row, column]
        if answers.dont_know[row, column]:
            told[code] = None
        elif not np.isnan(value):
            told[code] = int(value)
    needs = answers.needs[row]
    return Given("", "", told, None if needs is None else tuple(needs), {})


def _write_fieldwork(
    session: Session, diagnostic: Diagnostic, evidence: Evidence, areas: dict[str, UUID], gatherer: UUID
) -> None:
    written = {one.id: _written_at(one.month, evidence) for one in evidence.records}
    made = {
        one.id: FieldworkRecord(
            diagnostic_id=diagnostic.id,
            code=one.id,
            source=one.source,
            kind=one.kind,
            role_group=one.role_group,
            service_area_id=areas[one.service_area] if one.service_area else None,
            level=one.level,
            month=one.month,
            people=one.people,
            created_by=gatherer,
            created_at=written[one.id],
        )
        for one in evidence.records
    }
    session.add_all(made.values())
    session.flush()
    _write_ratings(session, diagnostic.id, evidence, made, gatherer)
    session.add_all(
        FieldworkQuote(
            record_id=made[one.record].id,
            text=one.text,
            characteristics=[one.characteristic],
            role_band=made[one.record].role_group,
            state=RELEASED,
            made_by=gatherer,
            made_at=written[one.record] + _RATED,
            proposed_by=gatherer,
            released_at=written[one.record] + _RELEASED,
        )
        for one in evidence.quotes
        if one.released
    )


def _written_at(month: date, evidence: Evidence) -> datetime:
    """Give the moment at which a record's note was written: none before the survey opened."""
    about = evidence.diagnostic
    day = opens_at(month.replace(day=1)) + _WRITTEN
    return max(day, opens_at(about.survey_opened or about.as_of) + _WRITTEN)


def _write_ratings(
    session: Session,
    diagnostic_id: UUID,
    evidence: Evidence,
    made: dict[str, FieldworkRecord],
    gatherer: UUID,
) -> None:
    raters = _raters(session, diagnostic_id, [one.rater for one in evidence.ratings], gatherer)
    pairs = dict.fromkeys((one.record, one.rater) for one in evidence.ratings if one.rater in raters)
    session.add_all(
        RecordRater(
            record_id=made[record].id,
            rater_id=raters[rater],
            state=RATED,
            done_at=made[record].created_at + _RATED,
        )
        for record, rater in pairs
    )
    session.flush()
    for one in evidence.ratings:
        about: dict[str, Any] = {
            "record_id": made[one.record].id,
            "characteristic": one.characteristic,
            "stage": one.stage,
            "reason": one.reason,
            "saved_at": made[one.record].created_at + _RATED,
        }
        if one.rater == RECONCILED:
            session.add(ReconciledRating(**about, saved_by=gatherer))
        else:
            session.add(RecordRating(**about, rater_id=raters[one.rater]))


def _raters(session: Session, diagnostic_id: UUID, labels: Sequence[str], gatherer: UUID) -> dict[str, UUID]:
    """Make the raters that a folder names; the first of them is the gatherer."""
    names = [label for label in dict.fromkeys(labels) if label != RECONCILED]
    made = {
        label: Rater(diagnostic_id=diagnostic_id, label=label, account_id=None if place else gatherer)
        for place, label in enumerate(names)
    }
    session.add_all(made.values())
    session.flush()
    return {label: rater.id for label, rater in made.items()}
