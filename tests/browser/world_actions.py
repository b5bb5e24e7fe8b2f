"""Plans for the browser: one under way, and one that nobody has taken over."""

from datetime import timedelta
from uuid import UUID

from app.actions.models import ActionNote
from app.database.session import Database
from app.web.dates import now, today
from tests.service.actions.furniture import planned
from tests.service.people import People


def actions(database: Database, people: People, waves: tuple[UUID, ...]) -> dict[str, str]:
    """Begin the plan of the first wave, whose brief is out."""
    with database.transaction() as session:
        made = list(planned(session, waves[0], people.alice).values())
        late, done, plain = (one for one in made if not one.later)
        late.state, late.due_on, late.owner_id = "under_way", today() - timedelta(days=3), people.alice
        done.state, done.sign_seen, done.sign_on = "done", "partly", today()
        done.sign_evidence = "Six of the ten people whom we asked could name the page and the person."
        plain.due_on = today() + timedelta(days=10)
        for one, state, text in (
            (late, "under_way", "Two teams have begun; the third waits for its manager."),
            (done, "done", "Everybody has the page."),
        ):
            session.add(
                ActionNote(
                    action_id=one.id,
                    text=text,
                    change="“To do” became “Under way”.",
                    state=state,
                    made_by=people.alice,
                    made_at=now(),
                )
            )
        waiting = next(one for one in made if one.later)
        return {"action": str(late.id), "later_action": str(waiting.id)}
