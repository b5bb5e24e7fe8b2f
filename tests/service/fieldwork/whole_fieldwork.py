"""A fieldwork half done, as an invented council has it: a plan, records of every kind, ratings and quotes."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic, PlannedFieldwork
from app.commissioning.plan.services import proposal_for
from app.fieldwork.models import FieldworkRecord
from app.web.dates import today
from tests.service.fieldwork.gathering import NOTE, area_named, let_gather, quote, rate, record
from tests.service.people import People

STAGES = (2, 3, 1, 2, 4)


def half_done(session: Session, here: UUID, people: People) -> FieldworkRecord:
    """Fill the fieldwork of a launched diagnostic; give the interview that has quotes."""
    diagnostic = session.get_one(Diagnostic, here)
    framework = framework_of(diagnostic)
    let_gather(session, here, people.bob)
    for position, work in enumerate(proposal_for(session, diagnostic)):
        area = area_named(session, here, work.service_area) if work.service_area else None
        session.add(
            PlannedFieldwork(
                diagnostic_id=here,
                source=work.source,
                kind=work.kind,
                role_group=work.role_group,
                service_area_id=area,
                number=work.number,
                position=position,
            )
        )
    session.flush()
    of = {heading.id: [c.id for c in heading.characteristics] for heading in framework.headings}
    every = [one for ids in of.values() for one in ids]

    def stages(ids: list[str]) -> dict[str, int | None]:
        return {one: STAGES[n % len(STAGES)] for n, one in enumerate(ids)}

    talk = record(session, here, people.dana, "I01", role="leaders", note=NOTE)
    rate(session, talk, people.dana, "Dana", stages(every))
    rate(session, talk, people.bob, "Bob", stages(of["culture"]))
    second = record(session, here, people.dana, "I02", role="team_managers", area="Early help")
    rate(session, second, people.dana, "Dana", stages(every[:20]))
    third = record(session, here, people.dana, "I03", role="leaders", dated=False)
    rate(session, third, people.dana, "Dana", stages(of["skills"]), done=False, reason="")
    watched = record(session, here, people.dana, "O01", "observation", area="Fostering")
    rate(session, watched, people.dana, "Dana", dict.fromkeys(of["practice"], 2))
    year = today().year - 1
    read = record(session, here, people.dana, "D01", "document", month=today().replace(year=year, day=1))
    rate(session, read, people.dana, "Dana", stages(of["systems"] + of["leadership"][:1]))
    quote(
        session,
        talk,
        "it changed the plan",
        ["cap_find", "cap_weigh"],
        role_band="leaders",
        made_by=people.dana,
        state="released",
        proposed_by=people.dana,
        released_by=people.bob,
    )
    quote(
        session,
        talk,
        "We look at our own audit",
        role_band="leaders",
        made_by=people.bob,
        state="proposed",
        proposed_by=people.bob,
    )
    quote(session, talk, "Mum, Siobhan Kelly, asked us to read it", made_by=people.dana)
    return talk
