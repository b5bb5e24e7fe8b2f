"""The list of councils, one council's page, and what Ofsted found."""

from datetime import date

import pytest

from app.commissioning.models import Authority
from app.commissioning.search import matching
from app.commissioning.services import sync_authorities
from app.database.session import Database
from app.interchange.authorities import authorities
from tests.service.browser import Browser, Page
from tests.service.commissioning.furniture import actions, change, logged
from tests.service.people import ELSEWHERE, HERE, People

ALL = [
    Authority(
        code=one.code, name=one.name, kind=one.kind, region=one.region, children_trust=one.children_trust
    )
    for one in authorities().values()
]


def found(sought: str) -> list[str]:
    return [one.name for one in matching(ALL, sought)]


def names(page: Page) -> list[str]:
    return [row[0] for row in page.rows()[1:]]


@pytest.fixture
def all_councils(database: Database, people: People) -> People:
    with database.transaction() as session:
        sync_authorities(session)
    return people


@pytest.mark.parametrize("sought", ["St Helens", "st. helens", "SAINT HELENS", "  helens  ", "E08000013"])
def test_a_council_is_found_however_its_name_is_written(sought: str) -> None:
    assert found(sought) == ["St. Helens"]


@pytest.mark.parametrize(
    "sought", ["Bath & North East Somerset", "bath and north east somerset", "north-east bath"]
)
def test_and_may_be_written_as_a_sign(sought: str) -> None:
    assert found(sought) == ["Bath and North East Somerset"]


def test_a_region_a_trust_and_the_beginning_of_a_word_find_councils() -> None:
    assert set(found("north west")) == {
        "West Northamptonshire",
        *(one.name for one in ALL if one.region == "North West"),
    }
    assert set(found("achieving for children")) == {
        "Kingston upon Thames",
        "Richmond upon Thames",
        "Windsor and Maidenhead",
    }
    assert found("helens north west") == ["St. Helens"]
    assert found("birmingham childrens") == ["Birmingham"]
    assert {"Newcastle upon Tyne", "Newham"} <= set(found("new"))


def test_nothing_sought_finds_all_and_nonsense_none() -> None:
    assert len(found("")) == 153
    assert found("zzz") == []


def test_a_programme_lead_sees_all_councils_by_name(browser: Browser, all_councils: People) -> None:
    page = browser.sign_in(all_councils.petra).get("/authorities")
    assert "155 councils." in page.text
    assert names(page)[0] == "Barking and Dagenham"
    assert "Sandwell Sandwell Children's Trust" in names(page)


def test_the_list_sorts_by_links_and_keeps_what_was_sought(browser: Browser, all_councils: People) -> None:
    browser.sign_in(all_councils.petra)
    page = browser.get("/authorities?q=north+west")
    assert [th.get("aria-sort") for th in page.all("th") if th.get("aria-sort")] == [
        "ascending",
        "none",
        "none",
    ]
    by_code = browser.get(page.link("Code"))
    codes = [row[2] for row in by_code.rows()[1:]]
    assert codes == sorted(codes)
    assert len(codes) == len(found("north west")) + 2
    backwards = browser.get(by_code.link("Code"))
    assert [row[2] for row in backwards.rows()[1:]] == codes[::-1]
    assert [th.get("aria-sort") for th in backwards.all("th") if th.get("aria-sort")] == [
        "none",
        "none",
        "descending",
    ]


def test_a_programme_lead_can_see_only_those_with_a_diagnostic(
    browser: Browser, all_councils: People
) -> None:
    browser.sign_in(all_councils.petra)
    page = browser.get("/authorities?only=yes")
    assert names(page) == ["Marlshire", "Wexbourne"]
    assert "2 of 155 councils." in page.text
    assert page.link("Wave 1: in preparation in Wexbourne") == f"/diagnostics/{all_councils.here}"
    none = browser.get("/authorities?only=yes&q=birmingham")
    assert "No council fits “birmingham”." in none.text
    assert "Only councils with a diagnostic were searched." in none.text


def test_others_see_only_their_own_council(browser: Browser, all_councils: People) -> None:
    for account in (all_councils.alice, all_councils.bob, all_councils.dana):
        page = browser.sign_in(account).get("/authorities")
        assert names(page) == ["Wexbourne"]
        assert "Marlshire" not in browser.get("/authorities?q=marl").text
    assert names(browser.sign_in(all_councils.charlie).get("/authorities")) == ["Marlshire"]


def test_whoever_has_no_council_is_told_whom_to_ask(
    browser: Browser, database: Database, people: People
) -> None:
    from app.accounts.models import Account

    with database.transaction() as session:
        nobody = Account(name="Nora New", email="nora@example.org")
        session.add(nobody)
    page = browser.sign_in(nobody.id).get("/authorities")
    assert "Ask a commissioner of your council, or a programme lead" in page.text


def test_what_was_sought_is_shown_and_never_run(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.petra).get("/authorities?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "No council fits" in page.text
    assert "<script>alert" not in page.response.text


def test_a_council_has_a_page_with_its_facts_and_waves(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get(f"/authorities/{HERE}")
    assert page.heading == "Wexbourne"
    assert "North West" in page.text
    assert page.link("Wave 1") == f"/diagnostics/{people.here}"
    assert page.link("People who have a role in Wexbourne") == f"/authorities/{HERE}/people"
    assert "a council of any standing is welcome" in page.text
    assert "Wave 1 is in preparation." in page.text


def test_a_council_without_a_diagnostic_can_commission_one(browser: Browser, all_councils: People) -> None:
    page = browser.sign_in(all_councils.petra).get("/authorities/E08000025")
    assert page.link("Commission a diagnostic") == "/authorities/E08000025/diagnostics/new"


def test_a_reader_sees_facts_but_nothing_to_change(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.bob).get(f"/authorities/{HERE}")
    assert "Not noted" in page.text
    links = [one.get("href") for one in page.all("a")]
    assert f"/authorities/{HERE}/judgement" not in links
    assert f"/authorities/{HERE}/people" not in links


def test_a_judgement_is_noted_with_its_day(browser: Browser, database: Database, people: People) -> None:
    browser.sign_in(people.alice)
    page = browser.get(f"/authorities/{HERE}/judgement")
    assert "No score uses it" in page.text
    assert "A council of any standing is welcome." in page.text
    day = {"judged_on-day": "27", "judged_on-month": "3", "judged_on-year": "2025"}
    after = browser.submit(page, {"judgement": "requires_improvement", **day})
    assert after.path == f"/authorities/{HERE}"
    assert "The judgement is noted." in after.text
    assert "Requires improvement to be good 27 March 2025" in after.text
    assert actions(database) == ["judgement noted"]
    assert logged(database)[0].details == {}
    cleared = browser.submit(browser.get(f"/authorities/{HERE}/judgement"), {"judgement": "none"})
    assert "Not noted" in cleared.text
    with database.transaction(writes=False) as session:
        assert session.get_one(Authority, HERE).judged_on is None


@pytest.mark.parametrize(
    ("judgement", "day", "message"),
    [
        ("good", ("", "", ""), "Enter the day of the inspection report"),
        ("good", ("1", "1", "2999"), "The day of the inspection report must be today or in the past"),
        (
            "good",
            ("31", "2", "2025"),
            "Enter a real day for the inspection report, in numbers: day, month and year",
        ),
        ("good", ("1", "1", "1999"), "The day of the inspection report must be in 2015 or later"),
        ("splendid", ("1", "1", "2025"), "Choose a judgement from the list"),
    ],
)
def test_a_wrong_judgement_is_explained_and_kept_on_the_page(
    browser: Browser,
    database: Database,
    people: People,
    judgement: str,
    day: tuple[str, str, str],
    message: str,
) -> None:
    page = browser.sign_in(people.alice).get(f"/authorities/{HERE}/judgement")
    parts = dict(zip(("judged_on-day", "judged_on-month", "judged_on-year"), day, strict=True))
    again = browser.submit(page, {"judgement": judgement, **parts})
    assert again.title.startswith("Error: ")
    assert again.errors == [message]
    assert again.fields()["judged_on-year"] == [day[2]]
    with database.transaction(writes=False) as session:
        assert session.get_one(Authority, HERE).judgement == ""
    assert actions(database) == []


def test_today_s_report_counts_and_two_editors_see_each_other(
    browser: Browser, database: Database, people: People
) -> None:
    day = date.today()
    parts = {
        "judged_on-day": str(day.day),
        "judged_on-month": str(day.month),
        "judged_on-year": str(day.year),
    }
    browser.sign_in(people.dana)
    stale = browser.get(f"/authorities/{HERE}/judgement")
    first = browser.get(f"/authorities/{HERE}/judgement")
    browser.submit(first, {"judgement": "good", **parts})
    again = browser.submit(stale, {"judgement": "outstanding", **parts})
    assert "What is saved now" in again.text
    assert again.fields()["judgement"] == ["outstanding"]
    done = browser.submit(again)
    assert "Outstanding" in done.text


def test_another_council_is_not_known(browser: Browser, people: People) -> None:
    browser.sign_in(people.alice)
    for address in (
        ELSEWHERE,
        f"{ELSEWHERE}/judgement",
        f"{ELSEWHERE}/diagnostics/new",
        "XNONE",
        "E08000025",
    ):
        page = browser.get(f"/authorities/{address}", status=404)
        assert "Marlshire" not in page.text


def test_a_council_that_is_not_there_is_not_found(browser: Browser, people: People) -> None:
    browser.sign_in(people.petra)
    for address in ("XNONE", "XNONE/judgement", "XNONE/diagnostics/new"):
        browser.get(f"/authorities/{address}", status=404)


def test_a_later_wave_is_offered_after_the_last_one(
    browser: Browser, database: Database, people: People
) -> None:
    change(database, people.here, state="closed")
    page = browser.sign_in(people.alice).get(f"/authorities/{HERE}")
    assert page.link("Begin wave 2") == f"/diagnostics/{people.here}/next-wave"
