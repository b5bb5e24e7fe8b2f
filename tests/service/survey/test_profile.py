"""From the links of sixty people to a profile: the close loses nothing but what it must."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
import pytest

from app.commissioning.models import Diagnostic as CommissionedDiagnostic
from app.database.session import Database
from app.fieldwork.evidence import fieldwork_evidence
from app.profiles.gathering import Gathered, as_kept, gather
from app.survey.keys import KeyStore
from app.survey.models import Survey
from app.survey.questionnaire import Questionnaire, questionnaire_of
from app.survey.sealing import Given
from app.survey.services.ballots import BallotState, make_ballots, submit
from app.survey.services.closing import Outcome, close
from app.web.errors import Conflict
from diagnostics.coarsening import Kept, coarsen
from diagnostics.disclosure import cut
from diagnostics.evidence import Answers, Diagnostic, Evidence, Frame, FrameCell
from diagnostics.profile import build_profile
from tests.service.fieldwork.whole_fieldwork import half_done
from tests.service.people import People
from tests.service.survey.staff import FIRST_DAY, FRAME, LAST_DAY, OVER

# Leaders are too few to be kept by themselves, and so are the areas of some others.
STAFF = (
    *[("registered", "Early help")] * 20,
    *[("registered", "Fostering")] * 12,
    *[("registered", "Courts")] * 3,
    *[("team_managers", "Early help")] * 10,
    *[("leaders", "Courts")] * 4,
    *[("other_practitioners", "Early help")] * 10,
    ("", "Fostering"),
)


def given_by(questionnaire: Questionnaire, areas: dict[str, str]) -> list[Given]:
    """Give sixty people's answers, no two alike."""
    chance = np.random.default_rng(7)
    found = []
    for number, (role, area) in enumerate(STAFF):
        answers: dict[str, int | None] = {}
        for question in questionnaire.all_shown(role):
            values = [option.value for option in questionnaire.scale(question).options]
            answers[question.code] = None if chance.random() < 0.05 else int(chance.choice(values))
        needs = ("works", "risk", "area")[: number % 4]
        found.append(Given(role, areas[area], answers, needs, {"COM1": f"Comment {number}"}))
    return found


@pytest.fixture
def given(database: Database, survey_id: UUID) -> list[Given]:
    """What sixty people answered, each with a ballot of their own."""
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        areas = {area["name"]: area["id"] for area in survey.areas}
        found = given_by(questionnaire_of(survey), areas)
        tokens = make_ballots(session, survey, len(found))
    for token, one in zip(tokens, found, strict=True):
        with database.transaction() as session:
            survey = session.get_one(Survey, survey_id)
            assert submit(session, token, survey, questionnaire_of(survey), one) is BallotState.READY
    return found


def by_hand(given: Sequence[Given], gathered: Gathered) -> tuple[Answers, Kept]:
    """Give the same answers to the method without the service, coarsened by its own rule."""
    framework = gathered.framework
    kept = coarsen(
        [one.role_group or None for one in given],
        [area for _, area in STAFF],
        10,
        {group.id: group.neighbours for group in framework.role_groups},
    )
    questions = (*framework.questions, *framework.outcomes)
    everybody = [group.id for group in framework.role_groups]
    values = np.full((len(given), len(questions)), np.nan)
    unsure = np.zeros(values.shape, dtype=bool)
    for row, (one, role) in enumerate(zip(given, kept.role_group, strict=True)):
        together = everybody if role is None else kept.merged[role]
        for column, question in enumerate(questions):
            if question.code in one.answers and all(question.is_shown_to(member) for member in together):
                value = one.answers[question.code]
                unsure[row, column] = value is None
                values[row, column] = np.nan if value is None else value
    answers = Answers(
        codes=tuple(question.code for question in questions),
        values=values,
        dont_know=unsure,
        role_group=kept.role_group,
        service_area=kept.service_area,
        needs=tuple(frozenset(one.needs or ()) for one in given),
        comments={
            comment.code: tuple(one.comments[comment.code] for one in given if comment.code in one.comments)
            for comment in framework.comments
        },
        areas_coarsened=True,
    )
    return answers, kept


def published(gathered: Gathered, evidence: Evidence, frame: Frame) -> dict[str, Any]:
    profile = build_profile(gathered.framework, frame, evidence, rank_draws=False)
    found: dict[str, Any] = json.loads(cut(profile).published.to_json())
    return found


def test_the_profile_of_the_stored_answers_is_that_of_the_answers_that_were_given(
    database: Database, survey_id: UUID, keys: KeyStore, given: list[Given]
) -> None:
    assert close(database, keys, survey_id, OVER) is Outcome.CLOSED
    with database.transaction(writes=False) as session:
        gathered = gather(session, survey_id)
        survey = session.get_one(Survey, survey_id)
        closed_on = survey.closed_on
    assert closed_on is not None
    answers, kept = by_hand(given, gathered)
    whole = tuple(
        FrameCell(role, area, people) for area, cells in FRAME.items() for role, people in cells.items()
    )
    frame = as_kept(Frame(whole), kept.merged)
    diagnostic = Diagnostic("XWEX", "Wexbourne", 1, closed_on, 10, FIRST_DAY, LAST_DAY)
    stored = gathered.evidence.answers
    assert stored is not None and stored.n == len(STAFF) == 60
    assert kept.merged["team_managers"] == ("leaders", "team_managers"), "or nothing is joined here"
    assert None in kept.service_area, "or nothing is coarsened here"
    assert sorted(map(repr, people_of(stored))) == sorted(map(repr, people_of(answers)))
    found = published(gathered, gathered.evidence, gathered.frame)
    assert found == published(gathered, Evidence(diagnostic, answers, (), ()), frame)
    response = found["response"]
    roles = [group["name"] for group in response["by_role_group"]]
    assert "Leaders with team managers" in roles, "answers that are kept together are named together"
    areas = [group for group in response["by_service_area"] if not group["suppressed"]]
    assert areas and all(group["rate"] is None and group["n_band"] for group in areas)


def test_the_fieldwork_is_gathered_beside_the_survey(
    database: Database, survey_id: UUID, keys: KeyStore, given: list[Given], people: People
) -> None:
    with database.transaction() as session:
        half_done(session, survey_id, people)
    assert close(database, keys, survey_id, OVER) is Outcome.CLOSED
    with database.transaction(writes=False) as session:
        gathered = gather(session, survey_id)
        diagnostic = session.get_one(CommissionedDiagnostic, survey_id)
        expected = fieldwork_evidence(session, diagnostic)
    evidence = gathered.evidence
    assert (evidence.records, evidence.ratings, evidence.quotes) == expected
    assert len(evidence.records) > 2
    profile = build_profile(gathered.framework, gathered.frame, evidence, rank_draws=False)
    assert {source for heading in profile.headings for source, found in heading.sources.items() if found} > {
        "survey",
        "interview",
    }


def people_of(answers: Answers) -> list[tuple[object, ...]]:
    """Give everybody's row, whatever their order."""
    return [
        (answers.role_group[row], answers.service_area[row], *answers.values[row], *answers.dont_know[row])
        for row in range(answers.n)
    ]


def test_before_the_close_there_is_nothing_to_gather(database: Database, survey_id: UUID) -> None:
    with database.transaction(writes=False) as session, pytest.raises(Conflict, match="not closed yet"):
        gather(session, survey_id)


def test_answers_that_were_deleted_are_said_to_be_gone(
    database: Database, survey_id: UUID, keys: KeyStore, given: list[Given]
) -> None:
    close(database, keys, survey_id, OVER)
    with database.transaction() as session:
        session.get_one(Survey, survey_id).purged_on = date(2028, 3, 20)
    with database.transaction(writes=False) as session, pytest.raises(Conflict, match="were deleted"):
        gather(session, survey_id)


def test_people_whose_answers_were_joined_are_counted_together() -> None:
    frame = Frame((FrameCell("leaders", "North", 4), FrameCell("team_managers", "North", 12)))
    assert as_kept(frame, {"team_managers": ["leaders", "team_managers"]}) == Frame(
        (FrameCell("team_managers", "North", 16),), (("leaders", "team_managers"),)
    )
