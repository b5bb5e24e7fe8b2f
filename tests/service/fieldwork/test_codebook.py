"""Codebooks: out for other programs, in with their own codes, and never more than a codebook."""

from uuid import UUID, uuid4
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.fieldwork.models import OwnCode
from app.interchange.codebook import (
    MOST_CODES,
    NAMESPACE,
    Code,
    CodebookRefused,
    framework_guid,
    read_codebook,
    write_codebook,
)
from diagnostics.framework import Framework
from tests.service.browser import Browser, Page
from tests.service.people import People

GUID = UUID("2d969af8-c875-4fae-bcd8-f0162bc27396")


def book(*codes: Code) -> bytes:
    return write_codebook(codes, "Another program")


def nested(text: str) -> bytes:
    return f'<?xml version="1.0"?><CodeBook xmlns="{NAMESPACE}"><Codes>{text}</Codes></CodeBook>'.encode()


@pytest.fixture
def framework(database: Database, here: UUID) -> Framework:
    with database.transaction(writes=False) as session:
        return framework_of(session.get_one(Diagnostic, here))


@pytest.fixture
def dana(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.dana)


def upload(browser: Browser, here: UUID, content: bytes) -> Page:
    page = browser.get(f"/diagnostics/{here}/fieldwork/exchange/codebook")
    return browser.submit(page, files={"file": ("codes.qdc", content, "application/xml")})


def own_codes(database: Database, here: UUID) -> dict[str, OwnCode]:
    with database.transaction(writes=False) as session:
        found = session.scalars(select(OwnCode).where(OwnCode.diagnostic_id == here))
        return {one.name: one for one in found}


def test_the_codebook_holds_headings_characteristics_and_own_codes_with_lasting_guids(
    dana: Browser, database: Database, here: UUID, framework: Framework
) -> None:
    with database.transaction() as session:
        session.add(OwnCode(id=GUID, diagnostic_id=here, name="Research <days>", beneath="cap_find"))
        session.add(OwnCode(diagnostic_id=here, name="Workload", description="Time & people"))
    answer = dana.client.get(f"/diagnostics/{here}/fieldwork/exchange/codebook.qdc")
    assert answer.headers["content-disposition"].startswith("attachment; ")
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{{{NAMESPACE}}}CodeBook"
    codes = read_codebook(answer.content)
    assert [one.name for one in codes] == [*(one.name for one in framework.headings), "Workload"]
    capability = codes[0]
    assert capability.guid == framework_guid(framework, "capability")
    finds = capability.codes[0]
    [first] = [one for one in framework.characteristics if one.id == "cap_find"]
    assert finds.description.splitlines() == [
        first.statement,
        *(f"Stage {number}: {text}" for number, text in enumerate(first.stages, start=1)),
    ]
    assert finds.codes == (Code(GUID, "Research <days>"),)
    # It stays the same for ever: projects of other programs rest on it.
    assert finds.guid == UUID("38da5368-d952-56f2-adcd-964327986177")


def test_what_came_out_changes_nothing_when_it_goes_in(dana: Browser, database: Database, here: UUID) -> None:
    with database.transaction() as session:
        session.add(OwnCode(diagnostic_id=here, name="Workload", description="Time & people\nagain"))
    content = dana.client.get(f"/diagnostics/{here}/fieldwork/exchange/codebook.qdc").content
    page = upload(dana, here, content)
    assert "nothing would change" in page.text
    assert page.own_forms == []


def test_other_codes_become_own_codes_beneath_what_they_stand_under(
    dana: Browser, database: Database, here: UUID, framework: Framework
) -> None:
    names = {one.id: one.name for one in framework.characteristics}
    heading = framework.headings[0]
    content = book(
        Code(
            framework_guid(framework, heading.id),
            "Capability, as we call it",
            "",
            # Another program has given this one a GUID of its own; it is known by its name.
            (
                Code(
                    uuid4(),
                    names["cap_find"],
                    "",
                    (Code(GUID, "Journals", "Where", (Code(uuid4(), "Online"),)),),
                ),
            ),
        ),
        Code(uuid4(), "Workload"),
    )
    page = upload(dana, here, content)
    assert "2 codes of the framework" in page.text
    assert "is a code of the framework. It stays" in page.text
    assert "“Online” stands beneath “Journals”, which is not of the framework" in page.text
    assert f"Journals, beneath {names['cap_find']}" in page.text
    assert own_codes(database, here) == {}
    assert "3 codes are saved." in dana.submit(page).text
    saved = own_codes(database, here)
    assert {name: one.beneath for name, one in saved.items()} == {
        "Journals": "cap_find",
        "Online": "cap_find",
        "Workload": "",
    }
    assert (saved["Journals"].id, saved["Journals"].description) == (GUID, "Where")
    assert "nothing would change" in upload(dana, here, content).text
    # Renamed elsewhere, it is known by its GUID; what is not in the file stays.
    page = upload(dana, here, book(Code(GUID, "Journals and books", "Where")))
    assert "Codes of your own that would change" in page.text
    dana.submit(page)
    assert set(own_codes(database, here)) == {"Journals and books", "Online", "Workload"}


def test_a_code_that_another_diagnostic_has_too_is_known_again(
    dana: Browser, database: Database, people: People, here: UUID
) -> None:
    with database.transaction() as session:
        session.add(OwnCode(id=GUID, diagnostic_id=people.elsewhere, name="Workload"))
    dana.submit(upload(dana, here, book(Code(GUID, "Workload"))))
    assert own_codes(database, here)["Workload"].id != GUID
    page = upload(dana, here, book(Code(GUID, "Workload and time")))
    assert "Codes of your own that would change" in page.text
    dana.submit(page)
    assert list(own_codes(database, here)) == ["Workload and time"]
    assert list(own_codes(database, people.elsewhere)) == ["Workload"]


def test_two_codes_may_swap_their_names_but_not_share_one(
    dana: Browser, database: Database, here: UUID
) -> None:
    other = uuid4()
    dana.submit(upload(dana, here, book(Code(GUID, "Time"), Code(other, "People"))))
    dana.submit(upload(dana, here, book(Code(GUID, "People"), Code(other, "Time"))))
    assert own_codes(database, here)["People"].id == GUID
    page = upload(dana, here, book(Code(GUID, "Same"), Code(other, "same")))
    assert "does not fit" in page.errors[0]
    assert "stands twice" in page.text


def test_somebody_who_was_faster_is_noticed(dana: Browser, database: Database, here: UUID) -> None:
    page = upload(dana, here, book(Code(GUID, "Workload")))
    with database.transaction() as session:
        session.add(OwnCode(diagnostic_id=here, name="workload", description="Theirs"))
    clash = dana.submit(page)
    assert "Somebody changed the codes" in clash.errors[0]
    assert own_codes(database, here)["workload"].description == "Theirs"


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, "<!DOCTYPE CodeBook>"])
def test_a_document_type_is_refused_before_anything_comes_of_it(doctype: str, encoding: str) -> None:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<CodeBook xmlns="{NAMESPACE}"><Codes>'
        '<Code name="&a;" guid=""/></Codes></CodeBook>'
    )
    with pytest.raises(CodebookRefused, match="defines a document type"):
        read_codebook(text.encode(encoding))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a codebook"),
        (b"<CodeBook", "not a codebook"),
        (b"PK\x03\x04", "not a codebook"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "not a codebook"),
        (b"<CodeBook xmlns='urn:something'/>", "not a codebook"),
        (nested(""), "holds no code"),
        (nested("<Code name='x'/>" * (MOST_CODES + 1)), "more than 2,000 codes"),
        (nested("<Code name='x'>" * 31 + "</Code>" * 31), "more than 30 deep"),
        (nested("<Code name='&undefined;'/>"), "not a codebook"),
        (bytes(2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (b'<?xml version="1.0" encoding="x-nothing"?><CodeBook/>', "not a codebook"),
    ],
)
def test_what_is_no_codebook_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(CodebookRefused, match=why):
        read_codebook(content)


def test_a_refused_file_is_said_on_the_page(dana: Browser, here: UUID) -> None:
    page = upload(dana, here, f'<?xml version="1.0"?>{OUTSIDE}<x>&a;</x>'.encode())
    assert "defines a document type" in page.errors[0]
    assert "root:" not in page.text
    page = dana.submit(dana.get(f"/diagnostics/{here}/fieldwork/exchange/codebook"))
    assert page.errors == ["Choose a codebook"]


@pytest.mark.parametrize("end", ["1.0", "1:0", "0:4"])
def test_codebooks_of_programs_that_write_the_namespace_otherwise_are_read(end: str) -> None:
    content = book(Code(GUID, "Workload")).replace(b"codebook:1.0", f"codebook:{end}".encode())
    assert read_codebook(content) == (Code(GUID, "Workload"),)
