"""What comes after the survey, for every page to have something on it: profiles, briefs, actions."""

from dataclasses import replace
from uuid import UUID

from app.accounts.models import Grant
from app.accounts.person import Role
from app.commissioning.models import Authority
from app.database.session import Database
from tests.browser.world_actions import actions
from tests.browser.world_briefs import brief_room
from tests.browser.world_profiles import profile_room
from tests.service.people import People, diagnostic
from tests.service.profiled import profiled

FLOW = "XFLO"


def flow(database: Database, people: People) -> dict[str, str]:
    """Write a council with two closed waves and their profiles; give what addresses are made of."""
    with database.transaction() as session:
        session.add(Authority(code=FLOW, name="Wexbourne Vale", kind="invented", region="North East"))
        session.flush()
        first = diagnostic(session, FLOW, people.petra)
        for account, role in ((people.dana, Role.PDM), (people.alice, Role.COMMISSIONER)):
            session.add(Grant(account_id=account, role=role, authority_code=FLOW))
    council = profiled(database, replace(people, here=first), waves=2)
    names = {"first": str(council.waves[0]), "second_wave": str(council.here), "flow": FLOW}
    names |= profile_room(database, people, council)
    names |= brief_room(database, people, council.waves, UUID(names["undecided"]))
    return names | actions(database, people, council.waves)
