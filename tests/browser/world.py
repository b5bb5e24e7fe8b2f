"""A database with something on every page: councils, and diagnostics in every state."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account, Grant
from app.accounts.person import Role
from app.accounts.queries import find_account
from app.accounts.services.joining import invite
from app.accounts.services.leaving import close as close_account
from app.accounts.services.leaving import disable
from app.accounts.services.links import JOIN, RESET, make_link
from app.accounts.services.moving import send_confirmation
from app.accounts.services.passwords import hash_password
from app.accounts.services.second_step import keep_secret
from app.accounts.signed_in import as_person
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Authority, Diagnostic
from app.database.session import Database
from app.fieldwork.models import (
    RAW,
    Attachment,
    FieldworkNote,
    FieldworkQuote,
    FieldworkRecord,
    NoteVersion,
    RecordRating,
)
from app.fieldwork.records.services import Described, begin_record
from app.mail.messages import Message
from app.mail.models import OutgoingMail
from app.survey.invitations.messages import INVITATION
from app.survey.invitations.services import add_addresses
from app.survey.keys import KeyStore
from app.survey.models import SendLog, StaffAddress, Survey
from app.survey.services.ballots import make_ballots
from app.survey.services.closing import close
from app.web.dates import now, today
from diagnostics.evidence import DATA_REVIEW
from tests.browser.site import FILE, SECRETS, desk_of
from tests.browser.world_flow import flow
from tests.service.accounts.visitor import PASSWORD, SECRET
from tests.service.commissioning.furniture import complete
from tests.service.fieldwork.whole_fieldwork import half_done
from tests.service.frame.frames import area_ids, plan_row
from tests.service.people import HERE, People, account, diagnostic, fill
from tests.service.survey.staff import OVER, Person, launched, let_answer, not_fetched

NEW, WAITING, OPEN, CLOSED, TOO_FEW, ALONE = "XNEW", "XWAI", "XOPN", "XCLO", "XFEW", "XALO"
OPEN_CODE, OVER_CODE = "wexbourne-7f3k", "ellerby-2m9q"
_MORE = {
    NEW: "Penwardine",
    WAITING: "Brackmere",
    OPEN: "North and South Ashcombe-on-the-Water",
    CLOSED: "Harrowick",
    TOO_FEW: "Ellerby",
    ALONE: "Tŷ Ŵyl",
}
Names = dict[str, str]


def build(folder: Path) -> Names:
    """Fill the database of a folder; give what addresses are made of."""
    database = Database.at(f"sqlite:///{folder / FILE}")
    with database.transaction() as session:
        people = fill(session)
        for code, name in _MORE.items():
            session.add(Authority(code=code, name=name, kind="invented", region="South West"))
    complete(database, people.here, people)
    row = plan_row(database, people.here, "Early help", note="Ask who reads the monthly report", position=9)
    names = {
        "here": HERE,
        "petra": str(people.petra),
        "alice": str(people.alice),
        "charlie": str(people.charlie),
        "draft": str(people.here),
        "empty": str(people.elsewhere),
        "area": str(area_ids(database, people.here)["Early help"]),
        "row": str(row),
        **_accounts(database, people),
        **_surveys(database, folder, people),
        **flow(database, people),
    }
    database.close()
    return names


def _accounts(database: Database, people: People) -> Names:
    """People in every state, and the links that they were mailed."""
    with database.transaction() as session:
        desk = desk_of(session)
        found = {name: _found(session, getattr(people, name)) for name in ("alice", "petra", "dana")}
        for one in ("alice", "petra"):
            found[one].password_hash = hash_password(PASSWORD)
            keep_secret(session, SECRETS, found[one].id, SECRET, step=0)
        # Somebody who has a password and no app yet.
        found["dana"].password_hash = hash_password(PASSWORD)
        lead = as_person(found["petra"])
        long = "erin.ellis-featherstonehaugh@wexbourne.example.org"
        erin = invite(desk, lead, "Erin Ellis-Featherstonehaugh", long, Role.READER, HERE)
        off = _found(session, account(session, "Gwen Gale", Role.READER, HERE))
        disable(desk, lead, off)
        gone = _found(session, account(session, "Frank Fell", Role.READER, HERE))
        close_account(desk, lead, gone)
        send_confirmation(desk, found["alice"], "alice.ashworth@example.org")
        session.flush()
        mail = session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at.desc())).first()
        assert mail is not None
        word = Message.opened(SECRETS, mail.sealed).text.split("/account/email/")[1].split()[0]
        join, reset = make_link(desk, erin.id, JOIN), make_link(desk, people.alice, RESET)
        return {
            "erin": str(erin.id),
            "gone": str(gone.id),
            "off": str(off.id),
            "bob": str(people.bob),
            "dana": str(people.dana),
            "join": join.rsplit("/", 1)[1],
            "reset": reset.rsplit("/", 1)[1],
            "word": word,
        }


def _found(session: Session, account_id: UUID) -> Account:
    found = find_account(session, account_id)
    assert found is not None
    return found


def _surveys(database: Database, folder: Path, people: People) -> Names:
    """A survey in each of its states. Petra and Dana hold the keys; Dana has left all councils but one."""
    keys = KeyStore(folder)
    ids = {}
    with database.transaction() as session:
        for name, code in (("waiting", WAITING), ("open", OPEN), ("closed", CLOSED), ("few", TOO_FEW)):
            ids[name] = diagnostic(session, code, people.petra)
            launched(session, keys, replace(people, here=ids[name], alice=people.petra))
        not_fetched(session, ids["waiting"], people.dana)
        alone = diagnostic(session, ALONE, people.petra)
        session.get_one(Diagnostic, alone).with_fieldwork = False
    staff = [Person("registered", "Early help", 1 + number % 5, "More time.") for number in range(12)]
    let_answer(database, ids["closed"], staff)
    close(database, keys, ids["closed"], OVER)
    let_answer(database, ids["few"], staff[:3])
    with database.transaction() as session:
        session.add(Grant(account_id=people.dana, role=Role.PDM, authority_code=OPEN))
        over = session.get_one(Survey, ids["few"])
        over.opens_on, over.closes_on = today() - timedelta(days=30), today() - timedelta(days=9)
        over.open_code = OVER_CODE
        session.get_one(Diagnostic, ids["few"]).survey_closes_on = over.closes_on
        running = session.get_one(Survey, ids["open"])
        running.opens_on, running.closes_on = today() - timedelta(days=3), today() + timedelta(days=18)
        running.open_code = OPEN_CODE
        session.get_one(Diagnostic, ids["open"]).survey_opens_on = running.opens_on
        session.get_one(Diagnostic, ids["open"]).survey_closes_on = running.closes_on
        tokens = make_ballots(session, running, 2)
        begun = session.get_one(Diagnostic, ids["open"])
        fieldwork = _fieldwork(session, begun, people)
        record = begin_record(
            session, begun, "document", Described("strategy", level="strategic"), people.dana
        )
        _invitations(session, running)
    return {
        **{name: str(one) for name, one in ids.items()},
        "alone": str(alone),
        "record": str(record.id),
        **fieldwork,
        "ballot": tokens[0],
        "code": OPEN_CODE,
        "over": OVER_CODE,
    }


def _fieldwork(session: Session, diagnostic: Diagnostic, people: People) -> Names:
    """Fieldwork half done, with a note of two versions, quotes in every state, figures and a file."""
    talk = half_done(session, diagnostic.id, people)
    session.add(NoteVersion(record_id=talk.id, revision=1, text="We asked.", saved_by=people.dana))
    session.get_one(FieldworkNote, talk.id).revision = 2
    figures = begin_record(session, diagnostic, "document", Described(DATA_REVIEW), people.dana)
    file = Attachment(
        record_id=talk.id,
        name="agenda.pdf",
        media_type="application/pdf",
        size=1000,
        sha256="0" * 64,
        stored="nowhere",
        added_by=people.dana,
    )
    session.add(file)
    session.flush()
    # What two raters see apart is there to be reconciled.
    culture = framework_of(diagnostic).headings[4].characteristics[0].id
    both = select(RecordRating).where(
        RecordRating.record_id == talk.id, RecordRating.characteristic == culture
    )
    apart = session.scalars(both).first()
    assert apart is not None
    apart.stage = 4 if apart.stage == 1 else 1
    session.flush()
    words = session.scalars(select(FieldworkQuote).where(FieldworkQuote.state == RAW)).first()
    second = session.scalars(select(FieldworkRecord).where(FieldworkRecord.code == "I02")).one()
    assert words is not None
    return {
        "talk": str(talk.id),
        "second": str(second.id),
        "figures": str(figures.id),
        "file": str(file.id),
        "quote": str(words.id),
        "culture": culture,
    }


def _invitations(session: Session, survey: Survey) -> None:
    """Addresses in every state."""
    add_addresses(session, survey, [f"a.rather.long.name.{n}@children.example.org" for n in range(7)])
    session.flush()
    rows = session.scalars(select(StaffAddress)).all()
    states = ("waiting", "sent", "sending", "again", "failed", "bounced", "replace")
    for row, state in zip(rows, states, strict=True):
        row.state = state
    session.add(
        SendLog(diagnostic_id=survey.diagnostic_id, on=now().date(), kind=INVITATION, sent=3, failed=1)
    )
