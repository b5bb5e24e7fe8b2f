"""The first page: what waits for whoever is signed in, by their roles."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.accounts.models import Account, Grant
from app.accounts.person import Role
from app.commissioning.models import Authority
from app.database.session import Database
from app.web.dates import today, uk_date
from tests.service.browser import Browser
from tests.service.commissioning.furniture import change, complete
from tests.service.people import HERE, People, account, diagnostic


def council(database: Database, code: str, name: str, creator: UUID | None = None) -> UUID | None:
    """Write a council, and a draft in it if somebody creates one."""
    with database.transaction() as session:
        session.add(Authority(code=code, name=name, kind="invented", region="London"))
        session.flush()
        return diagnostic(session, code, creator) if creator else None


def test_whoever_is_not_signed_in_is_asked_to(browser: Browser) -> None:
    answer = browser.client.get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


def test_the_first_page_greets_whoever_is(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get("/")
    assert page.heading == "Dashboard"
    assert "You are signed in as Alice Ashworth" in page.text


def test_a_commissioner_sees_how_far_their_council_is(
    browser: Browser, database: Database, people: People
) -> None:
    day = today() + timedelta(days=40)
    change(database, people.here, survey_opens_on=day)
    page = browser.sign_in(people.alice).get("/")
    assert "Wave 1 : in preparation. 7 tasks are still to do." in page.text
    assert "1 of 8 tasks are done. Still to do: People Timetable Contact for staff" in page.text
    assert f"Next date: {uk_date(day)}, when the survey opens" in page.text
    assert page.link("Go to the task list") == f"/diagnostics/{people.here}"
    assert "Marlshire" not in page.text


def test_a_commissioner_who_has_everything_is_told_so(
    browser: Browser, database: Database, people: People
) -> None:
    complete(database, people.here, people)
    page = browser.sign_in(people.alice).get("/")
    assert "Everything that launching needs is there." in page.text
    assert "Still to do" not in page.text


def test_what_a_launch_needs_is_not_asked_for_after_it(
    browser: Browser, database: Database, people: People
) -> None:
    """The day on which the survey was to open has passed; it did open."""
    complete(database, people.here, people)
    change(database, people.here, state="closed", survey_opens_on=today() - timedelta(days=40))
    assert "Still to do" not in browser.sign_in(people.alice).get("/").text


def test_a_commissioner_without_a_diagnostic_is_shown_how_to_begin(
    browser: Browser, database: Database, people: People
) -> None:
    council(database, "XNEW", "Newmouth")
    with database.transaction() as session:
        carol = account(session, "Carol Cole", Role.COMMISSIONER, "XNEW")
    page = browser.sign_in(carol).get("/")
    assert "There is no diagnostic yet." in page.text
    assert page.link("Commission a diagnostic") == "/authorities/XNEW/diagnostics/new"


def test_a_pdm_sees_the_councils_that_they_are_assigned_to(
    browser: Browser, database: Database, people: People
) -> None:
    council(database, "XNEW", "Newmouth")
    with database.transaction() as session:
        session.add(Grant(account_id=people.dana, role=Role.PDM, authority_code="XNEW"))
    page = browser.sign_in(people.dana).get("/")
    assert "Councils that you are assigned to" in page.text
    assert page.rows()[1] == ["Wexbourne, wave 1", "7 tasks are still to do", "In preparation", "No date set"]
    assert page.rows()[2][0] == "Newmouth"
    assert (
        "There is no diagnostic yet. Commission a diagnostic in Newmouth , or ask a programme lead"
        in page.text
    )
    assert "Marlshire" not in page.text


def test_a_reader_sees_what_they_can_read_and_whom_to_ask(
    browser: Browser, database: Database, people: People
) -> None:
    council(database, "XNEW", "Newmouth")
    with database.transaction() as session:
        session.add(Grant(account_id=people.bob, role=Role.READER, authority_code="XNEW"))
    page = browser.sign_in(people.bob).get("/")
    assert page.link("Wexbourne, wave 1") == f"/diagnostics/{people.here}"
    assert "To have something changed, ask Alice Ashworth." in page.text
    assert (
        "Newmouth : there is no diagnostic yet. To have one commissioned, ask a programme lead." in page.text
    )
    assert "Commission a diagnostic" not in page.text


def test_whoever_has_no_role_is_told_whom_to_ask(
    browser: Browser, database: Database, people: People
) -> None:
    with database.transaction() as session:
        nobody = Account(name="Nora New", email="nora@example.org")
        session.add(nobody)
    page = browser.sign_in(nobody.id).get("/")
    assert "Ask a commissioner of your council, or a programme lead" in page.text
    assert "Wexbourne" not in page.text


def test_somebody_with_several_roles_sees_each_council_once(
    browser: Browser, database: Database, people: People
) -> None:
    with database.transaction() as session:
        session.add_all(
            Grant(account_id=people.alice, role=role, authority_code=HERE) for role in (Role.PDM, Role.READER)
        )
    page = browser.sign_in(people.alice).get("/")
    assert page.text.count("7 tasks are still to do") == 1
    assert "What you can read" not in page.text


@pytest.fixture
def four(database: Database, people: People) -> dict[str, UUID]:
    """Four councils: one late, one soon, one ready, one only just begun; and one without a diagnostic."""
    complete(database, people.here, people)
    change(database, people.elsewhere, survey_opens_on=today() + timedelta(days=5))
    late = council(database, "XLATE", "Latchford", people.petra)
    begun = council(database, "XBEGUN", "Aldbury", people.petra)
    council(database, "XNONE", "Nethercote")
    assert late is not None
    assert begun is not None
    change(database, late, survey_opens_on=today() - timedelta(days=1))
    return {"ready": people.here, "soon": people.elsewhere, "late": late, "begun": begun}


def test_a_programme_lead_sees_first_what_needs_attention(
    browser: Browser, people: People, four: dict[str, UUID]
) -> None:
    page = browser.sign_in(people.petra).get("/")
    assert [row[:2] for row in page.rows()[1:]] == [
        [
            f"The survey was to open on {uk_date(today() - timedelta(days=1))}, and is not launched",
            "Latchford, wave 1",
        ],
        ["The survey opens in 5 days, and 7 tasks are still to do", "Marlshire, wave 1"],
        ["Everything that launching needs is there", "Wexbourne, wave 1"],
        ["7 tasks are still to do", "Aldbury, wave 1"],
    ]
    assert "1 council has no diagnostic. All councils" in page.text
    assert page.link("Aldbury") == f"/diagnostics/{four['begun']}"


def test_a_programme_lead_sorts_by_links(browser: Browser, people: People, four: dict[str, UUID]) -> None:
    page = browser.sign_in(people.petra).get("/")
    by_date = browser.get(page.link("Next date"))
    assert by_date.rows()[1][1] == "Marlshire, wave 1"
    names = browser.get("/?sort=name&order=ascending")
    assert [row[1][:3] for row in names.rows()[1:]] == ["Ald", "Lat", "Mar", "Wex"]
    (turned,) = [one for one in names.all("a") if "sort=name" in (one.get("href") or "")]
    backwards = browser.get(turned.get("href") or "")
    assert [row[1][:3] for row in backwards.rows()[1:]] == ["Wex", "Mar", "Lat", "Ald"]


def test_a_launched_wave_needs_nothing_of_the_kind(
    browser: Browser, database: Database, people: People
) -> None:
    change(database, people.here, state="launched")
    row = browser.sign_in(people.dana).get("/").rows()[1]
    assert row[:3] == ["Wexbourne, wave 1", "Fieldwork: nothing is planned", "Launched"]


def test_a_programme_lead_of_an_empty_service_is_shown_where_to_begin(
    browser: Browser, database: Database
) -> None:
    with database.transaction() as session:
        petra = account(session, "Petra Price", Role.PROGRAMME_LEAD, None)
    page = browser.sign_in(petra).get("/")
    assert "No council has a diagnostic yet." in page.text
    assert page.link("All councils") == "/authorities"
