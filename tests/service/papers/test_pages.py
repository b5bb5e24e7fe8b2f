"""The pages of the papers: who may read them, what is missing, and that names stay names."""

from uuid import uuid4

from app.commissioning.papers.catalogue import KINDS, PaperId
from app.database.session import Database
from tests.service.browser import Browser
from tests.service.papers.diagnostic_facts import CONTACT, change, complete
from tests.service.people import People

ADDRESSES = ["", *(f"/{paper}{ending}" for paper in PaperId for ending in ("", ".docx", ".html"))]


def address(people: People, rest: str = "") -> str:
    return f"/diagnostics/{people.here}/papers{rest}"


def test_whoever_is_not_signed_in_reads_nothing(browser: Browser, people: People) -> None:
    for rest in ADDRESSES:
        answer = browser.client.get(address(people, rest), follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")


def test_whoever_may_see_the_diagnostic_reads_and_nobody_else(browser: Browser, people: People) -> None:
    statuses = {}
    for name in ("alice", "bob", "dana", "petra", "charlie"):
        browser.sign_in(getattr(people, name))
        statuses[name] = {browser.client.get(address(people, rest)).status_code for rest in ADDRESSES}
    assert statuses == {"alice": {200}, "bob": {200}, "dana": {200}, "petra": {200}, "charlie": {404}}


def test_a_paper_that_there_is_not_is_not_found(browser: Browser, people: People) -> None:
    browser.sign_in(people.alice)
    for rest in ("/another-paper", "/staff-notice.pdf", "/staff-notice.docx.docx"):
        browser.get(address(people, rest), status=404)


def test_a_diagnostic_that_there_is_not_is_not_found(browser: Browser, people: People) -> None:
    browser.sign_in(people.petra).get(f"/diagnostics/{uuid4()}/papers", status=404)


def test_the_list_leads_to_every_paper_and_every_file(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.bob).get(address(people))
    assert page.heading == "Papers"
    links = {link.get("href") for link in page.all("a")}
    assert links >= {address(people, rest) for rest in ADDRESSES if rest}
    for kind in KINDS.values():
        opened = browser.get(page.link(kind.name))
        assert opened.path == address(people, f"/{kind.id}")


def test_the_list_says_what_is_missing_and_where_to_give_it(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get(address(people))
    assert "the day on which the survey opens" in page.text
    assert "the lawful basis, confirmed by the council" in page.text
    assert page.link("task list of the diagnostic") == f"/diagnostics/{people.here}"


def test_a_complete_diagnostic_lacks_only_what_somebody_writes(
    browser: Browser, people: People, database: Database
) -> None:
    complete(database, people)
    page = browser.sign_in(people.alice).get(address(people))
    assert "Facts that the diagnostic does not hold yet" not in page.text
    tags = [(tag.text or "").strip() for tag in page.all("strong", "govuk-tag")]
    assert tags[0] == tags[2] == "Complete"
    assert tags[1] == "2 entries to write"
    assert tags[3].endswith("entries to write")
    assert "[to be completed" not in browser.get(address(people, "/staff-notice")).text


def test_the_page_of_a_paper_says_all_of_it(browser: Browser, people: People, database: Database) -> None:
    complete(database, people)
    page = browser.sign_in(people.alice).get(address(people, "/staff-notice"))
    assert page.heading == "Notice to staff: the survey on how we use evidence"
    for fact in (
        "11 January 2027",
        "5 February 2027",
        "Between 18 January 2027 and 12 February 2027",
        "19 March 2027",
        "12 people",
        "Wŷn & Partners, for Wexbourne Council",
        f"{CONTACT}, sian@wexbourne.example",
        "dpo@wexbourne.example",
        "18 months after the survey closes",
    ):
        assert fact in page.text, fact


def test_what_people_typed_is_never_markup(browser: Browser, people: People, database: Database) -> None:
    complete(database, people)
    browser.sign_in(people.alice)
    for paper in PaperId:
        page = browser.get(address(people, f"/{paper}"))
        assert CONTACT in page.text
        assert page.all("b") == []
        text = browser.client.get(address(people, f"/{paper}.html")).text
        assert "<b>" not in text
        assert "Siân O&#39;Brien &amp; &lt;b&gt;Łukasz&lt;/b&gt;" in text


def test_a_diagnostic_of_named_roles_says_which(browser: Browser, people: People, database: Database) -> None:
    change(database, people, scope="roles", scope_roles=["team_managers", "leaders"])
    page = browser.sign_in(people.alice).get(address(people, "/staff-notice"))
    assert "These groups in children’s services: team managers and leaders" in page.text


def test_a_diagnostic_of_named_areas_says_which(browser: Browser, people: People, database: Database) -> None:
    change(database, people, scope="areas", scope_areas=["Early help", "Tîm Gŵyl"])
    page = browser.sign_in(people.alice).get(address(people, "/privacy-notice"))
    assert "these parts of children’s services: Early help and Tîm Gŵyl" in page.text
    change(database, people, scope_areas=[])
    page = browser.get(address(people, "/privacy-notice"))
    assert "[to be completed: the areas that take part]" in page.text


def test_a_council_that_runs_it_by_itself_is_named_as_such(
    browser: Browser, people: People, database: Database
) -> None:
    complete(database, people)
    change(database, people, run_by="council")
    page = browser.sign_in(people.alice).get(address(people, "/staff-notice"))
    assert "Wexbourne Council itself, on a service that Wŷn & Partners provides" in page.text


def test_a_page_names_its_way_back_and_its_files(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.bob).get(address(people, "/information-sheet"))
    assert page.link("Papers") == address(people)
    assert page.link("Wexbourne, wave 1") == f"/diagnostics/{people.here}"
    answer = browser.client.get(page.link("Download as a Word document"))
    assert answer.headers["content-disposition"] == (
        'attachment; filename="xwex-wave-1-information-sheet.docx"'
    )
    assert answer.headers["cache-control"] == "no-store"
