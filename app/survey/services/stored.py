"""The answers of a closed survey, as the method wants them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.survey.answers import StoredRow, unpacked
from app.survey.models import OPEN, Response, Survey, SurveyComment
from app.survey.questionnaire import questionnaire_of
from diagnostics.evidence import Answers


def stored_answers(session: Session, survey: Survey) -> Answers:
    """Read a closed survey's answers and comments."""
    framework = questionnaire_of(survey).framework
    found = session.execute(
        select(Response.role_group, Response.service_area, Response.answers)
        .where(Response.diagnostic_id == survey.diagnostic_id)
        .order_by(Response.id)
    ).all()
    rows = [StoredRow(role, area, answers) for role, area, answers in found]
    comments: dict[str, tuple[str, ...]] = {comment.code: () for comment in framework.comments}
    for question, text in session.execute(
        select(SurveyComment.question, SurveyComment.text)
        .where(SurveyComment.diagnostic_id == survey.diagnostic_id)
        .order_by(SurveyComment.id)
    ):
        comments[question] = (*comments.get(question, ()), text)
    return unpacked(
        rows,
        framework,
        comments,
        replacement_links=survey.replaced,
        open_link=survey.returned.get(OPEN, 0) > 0,
    )
