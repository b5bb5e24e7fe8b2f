"""What is missing is said in its place, in every paper that speaks of it, and never left blank."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete

from app.commissioning.models import Duty, FrameCell, PlannedFieldwork
from app.commissioning.papers import facts as words
from app.commissioning.papers.catalogue import KINDS, PaperId, kinds
from app.commissioning.papers.facts import ASKED_FOR
from app.commissioning.papers.lawful_basis import lawful_basis
from app.commissioning.papers.paper import gap
from app.database.session import Database
from tests.service.papers.diagnostic_facts import (
    change,
    complete,
    facts_of,
    invented_facts,
    of_here,
    paper_of,
)
from tests.service.people import People

FIELDS = {
    "survey_opens_on": (None, words.OPENS),
    "survey_closes_on": (None, words.CLOSES),
    "fieldwork_from": (None, words.FIELDWORK),
    "fieldwork_until": (None, words.FIELDWORK),
    "brief_due_on": (None, words.BRIEF_DUE),
    "contact_name": (" ", words.CONTACT),
    "contact_email": ("", words.CONTACT),
    "controller": (" ", words.CONTROLLER),
    "data_protection_contact": ("", words.DATA_PROTECTION),
    "processor": ("", words.PROCESSOR),
    "lawful_basis": ("", words.BASIS),
    "lawful_basis_confirmed_at": (None, words.BASIS),
}
TABLES = {
    Duty: {words.GATHERERS, words.KEY_HOLDERS},
    FrameCell: {words.PEOPLE},
    PlannedFieldwork: {words.PLAN},
}


def missing(database: Database, people: People) -> set[str]:
    facts = facts_of(database, people)
    return {what for kind in KINDS.values() for what in kind.make(facts).missing if what in ASKED_FOR}


def test_a_complete_diagnostic_lacks_nothing(database: Database, people: People) -> None:
    complete(database, people)
    assert missing(database, people) == set()
    facts = facts_of(database, people)
    assert (facts.people, facts.gatherers) == ("1,314", "Dana Dale")
    assert facts.custodians == "Alice Ashworth and Łucja Lis"
    assert facts.planned == "12 interviews and focus groups, and 9 document audits"


def test_one_missing_fact_is_the_one_that_is_named(database: Database, people: People) -> None:
    complete(database, people)
    for field, (value, what) in FIELDS.items():
        with database.transaction(writes=False) as session:
            before = getattr(of_here(session, people), field)
        change(database, people, **{field: value})
        assert missing(database, people) == {what}, field
        change(database, people, **{field: before})


def test_lists_that_are_missing_are_the_ones_that_are_named(database: Database, people: People) -> None:
    complete(database, people)
    wanted: set[str] = set()
    for table, what in TABLES.items():
        with database.transaction() as session:
            session.execute(delete(table))
        wanted |= what
        assert missing(database, people) == wanted


def test_a_contact_by_phone_alone_is_a_contact(database: Database, people: People) -> None:
    complete(database, people)
    change(database, people, contact_email="", contact_phone="01632 960001")
    assert facts_of(database, people).contact.endswith(", 01632 960001")


def test_one_custodian_is_too_few(database: Database, people: People) -> None:
    complete(database, people)
    with database.transaction() as session:
        session.execute(delete(Duty).where(Duty.account_id == people.alice))
    assert missing(database, people) == {words.KEY_HOLDERS}


def test_an_empty_diagnostic_makes_every_paper_without_a_blank(database: Database, people: People) -> None:
    facts = facts_of(database, people)
    for kind in KINDS.values():
        made = kind.make(facts)
        for text in made.texts():
            assert text.strip(), made.title
            assert not re.search(r"\bNone\b(?! (are|in|of)\b)", text), text
            assert "{" not in text, text
        assert len(made.missing) > 5


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ("public_task", "public task (UK GDPR, Article 6(1)(e))"),
        ("legitimate_interests", "legitimate interests (UK GDPR, Article 6(1)(f))"),
    ],
)
def test_the_lawful_basis_is_said_once_the_council_has_confirmed_it(
    database: Database, people: People, chosen: str, said: str
) -> None:
    for paper in (PaperId.PRIVACY_NOTICE, PaperId.INFORMATION_SHEET, PaperId.IMPACT_ASSESSMENT):
        change(database, people, lawful_basis=chosen, lawful_basis_confirmed_at=None)
        text = " ".join(paper_of(database, people, paper).texts())
        assert "to be confirmed by the council" in text
        assert f"The council has proposed {said}." in text
        change(database, people, lawful_basis_confirmed_at=datetime(2026, 11, 2, tzinfo=UTC))
        text = " ".join(paper_of(database, people, paper).texts())
        assert "to be confirmed by the council" not in text
        assert said in text


def test_the_two_bases_ask_the_council_for_different_things(database: Database, people: People) -> None:
    written = {}
    for chosen in ("public_task", "legitimate_interests"):
        change(
            database, people, lawful_basis=chosen, lawful_basis_confirmed_at=datetime(2026, 11, 2, tzinfo=UTC)
        )
        written[chosen] = set(paper_of(database, people, PaperId.IMPACT_ASSESSMENT).missing)
    assert "the law that lays down the task" in written["public_task"] - written["legitimate_interests"]
    balance = "why this is not a public task, and where the assessment of legitimate interests is kept"
    assert balance in written["legitimate_interests"] - written["public_task"]


def test_another_basis_is_said_in_the_council_s_words_and_leaves_consent_to_it() -> None:
    chosen = lawful_basis("other", "consent (Article 6(1)(a))", confirmed=True, missing=gap(words.BASIS))
    assert chosen.said == "The controller’s lawful basis is consent (Article 6(1)(a))."
    assert "Consent is not the basis" not in chosen.law
    nameless = lawful_basis("other", " ", confirmed=True, missing=gap(words.BASIS))
    assert not nameless.confirmed
    assert gap(words.BASIS) in nameless.said


def test_without_fieldwork_there_is_no_information_sheet() -> None:
    assert [kind.id for kind in kinds(invented_facts(with_fieldwork=False))] == [
        PaperId.STAFF_NOTICE,
        PaperId.PRIVACY_NOTICE,
        PaperId.IMPACT_ASSESSMENT,
    ]
