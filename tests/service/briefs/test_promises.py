"""What staff were promised of results: who may have answered twice is said, and their comments are not."""

import subprocess
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from sqlalchemy import select, update

from app.briefs.models import BriefFile
from app.database.session import Database
from app.profiles.queries import profile_of
from app.survey.models import INDIVIDUAL, OPEN, Survey, SurveyComment
from tests.service.briefs.furniture import publish_through
from tests.service.browser import Browser
from tests.service.people import People
from tests.service.profiled import Council, build, confirm_all


def said_in(name: str, data: bytes) -> str:
    """Give all that a file says, unpacked."""
    if name.endswith(".pdf"):
        told = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout
        return " ".join(told.decode().split())
    if is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as packed:
            return " ".join(packed.read(one).decode("utf-8", "replace") for one in packed.namelist())
    return data.decode()


def test_second_answers_and_an_open_link_are_said_in_the_brief(
    browser: Browser, database: Database, people: People, council: Council
) -> None:
    with database.transaction() as session:
        session.execute(
            update(Survey)
            .where(Survey.diagnostic_id == council.here)
            .values(replaced=3, returned={INDIVIDUAL: 200, OPEN: 15})
        )
    snapshot = build(database, council.here, people.dana)
    with database.transaction() as session:
        confirm_all(session, snapshot, people.dana)
    told = {one.id: one.text for one in profile_of(snapshot).limits}
    assert told["second_links"] == "Lost links were replaced, so up to 3 answers may be second ones."
    assert told["open_link"].startswith("A link was open to everybody")
    room = f"/diagnostics/{council.here}/brief"
    browser.sign_in(people.dana)
    browser.submit(browser.get(f"{room}/begin"))
    page = browser.get(f"{room}/preview").text
    assert told["second_links"] in page
    assert told["open_link"] in page


@pytest.mark.usefixtures("written_once")
def test_no_comment_is_in_a_published_file(database: Database, people: People, council: Council) -> None:
    """Nobody can release one yet, so none may be printed at all."""
    canaries = ("Our team meeting starts with a canary.", "I want more time for quarrelsome sparrows.")
    with database.transaction() as session:
        kept = session.scalars(select(SurveyComment).where(SurveyComment.diagnostic_id == council.here)).all()
        assert len(kept) >= len(canaries)
        for one, text in zip(kept, canaries, strict=False):
            one.text = text
    snapshot = build(database, council.here, people.dana)
    with database.transaction() as session:
        confirm_all(session, snapshot, people.dana)
    publish_through(database, people, council.here)
    with database.transaction(writes=False) as session:
        files = {one.name: said_in(one.name, one.data) for one in session.scalars(select(BriefFile))}
    assert len(files) == 11
    for name, said in files.items():
        assert len(said) > 300
        for text in canaries:
            assert text not in said, f"{name} prints a comment"
