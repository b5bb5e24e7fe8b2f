"""What the pages of profiles need: a draft with comments, codes that are open, a profile that failed."""

from datetime import timedelta

from app.accounts.models import Grant
from app.accounts.person import Role
from app.commissioning.models import Authority, Diagnostic
from app.database.session import Database
from app.profiles.models import FAILED, ProfileBuild, ProfileSnapshot
from app.profiles.replying import (
    QUESTIONS,
    Answered,
    answer_comment,
    answer_questions,
    comment,
    open_reply,
)
from app.survey.models import Survey
from app.web.dates import today
from tests.service.people import People, diagnostic
from tests.service.profiled import Council, undecided_profile

UNDECIDED = "XUND"


def profile_room(database: Database, people: People, council: Council) -> dict[str, str]:
    """Open the right of reply for the second wave; in another council codes are open and a profile failed."""
    with database.transaction() as session:
        here = session.get_one(Diagnostic, council.here)
        open_reply(session, here, today() + timedelta(days=14), people.dana)
        made = comment(session, here, "verdict", "Our own audit says the same of supervision.", people.alice)
        answer_comment(session, here, made.id, "Thank you. We name it in the brief.", people.dana, "")
        answers = {one: Answered("partly", "It says little about early help.") for one in QUESTIONS}
        answer_questions(session, here, answers, people.alice)
        session.add(Authority(code=UNDECIDED, name="Wexbourne Hills", kind="invented", region="North East"))
        session.flush()
        undecided = diagnostic(session, UNDECIDED, people.petra)
        for account, role in (
            (people.dana, Role.PDM),
            (people.alice, Role.COMMISSIONER),
            (people.bob, Role.READER),
        ):
            session.add(Grant(account_id=account, role=role, authority_code=UNDECIDED))
        session.get_one(Diagnostic, undecided).state = here.state
        closed = session.get_one(Survey, council.here)
        columns = {column.key: getattr(closed, column.key) for column in Survey.__table__.columns}
        session.add(Survey(**columns | {"diagnostic_id": undecided, "open_code": None}))
        session.add(ProfileSnapshot(**undecided_profile(), diagnostic_id=undecided, made_by=people.dana))
        session.add(
            ProfileBuild(
                diagnostic_id=undecided,
                asked_by=people.dana,
                state=FAILED,
                problem="Nothing was stored. What to do:\nRaise the threshold.\nJoin two service areas.",
            )
        )
    return {"comment": str(made.id), "undecided": str(undecided)}
