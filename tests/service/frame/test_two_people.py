"""Two people at one frame: nothing is overwritten that somebody has not seen."""

from concurrent.futures import ThreadPoolExecutor

from app.commissioning.frame.typed_grid import people_field
from app.database.session import Database
from tests.service.browser import Browser
from tests.service.conftest import ADDRESS
from tests.service.frame.frames import USUAL, address, log, read, set_state, state, typed, write
from tests.service.people import People


def test_the_second_to_save_sees_both_versions_and_decides(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here)
    other = Browser(browser.service, ADDRESS).sign_in(people.dana)
    mine = browser.sign_in(people.alice).get(address(people.here))
    theirs = other.get(address(people.here))
    other.submit(theirs, {people_field(1, "leaders"): "50", **typed(3, "Fostering", (3, 4, 27, 6, 4))})

    clash = browser.submit(mine, {people_field(1, "leaders"): "60", people_field(2, "support"): "9"})
    [words] = clash.errors
    assert words.startswith("Dana Dale saved this frame on ")
    assert words.endswith(", after you opened this page. Nothing from this page is saved yet")
    assert clash.title.startswith("Error: ")
    rows = clash.rows()
    assert ["What", "Saved now", "Your version"] in rows
    assert ["Leaders in Early help", "50", "60"] in rows
    assert ["Business support and commissioning in Safeguarding", "8", "9"] in rows
    assert ["Name of a service area", "Fostering", "Plant Cymru: Tŷ Ŵyl"] in rows
    assert read(database, people.here)["Early help"][0] == 50
    assert clash.fields()[people_field(1, "leaders")] == ["60"]
    assert clash.link("Leave my version") == address(people.here)

    browser.submit(clash)
    assert read(database, people.here) == {
        "Early help": (60, 8, 8, 44, 9),
        "Safeguarding": (7, 16, 93, 14, 9),
        "Plant Cymru: Tŷ Ŵyl": (3, 4, 27, 6, 4),
    }
    assert [action for action, _ in log(database)] == ["frame changed", "frame changed"]


def test_a_clash_after_a_clash_is_noticed_too(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here)
    other = Browser(browser.service, ADDRESS).sign_in(people.dana)
    mine = browser.sign_in(people.alice).get(address(people.here))
    other.submit(other.get(address(people.here)), {people_field(1, "leaders"): "50"})
    clash = browser.submit(mine, {people_field(1, "leaders"): "60"})
    other.submit(other.get(address(people.here)), {people_field(1, "leaders"): "70"})
    again = browser.submit(clash)
    assert ["Leaders in Early help", "70", "60"] in again.rows()
    assert read(database, people.here)["Early help"][0] == 70


def test_oneself_in_another_window_is_called_so(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here)
    first = browser.sign_in(people.alice).get(address(people.here))
    browser.submit(first, {people_field(1, "leaders"): "50"})
    [words] = browser.submit(first, {people_field(1, "leaders"): "60"}).errors
    assert words.startswith("You saved this frame in another window on ")


def test_an_area_that_somebody_else_removed_comes_back_only_by_choice(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here)
    other = Browser(browser.service, ADDRESS).sign_in(people.dana)
    mine = browser.sign_in(people.alice).get(address(people.here))
    asked = other.submit(other.get(address(people.here)), button=("action", "remove-1"))
    other.submit(other.submit(asked, button=("action", "removed-1")))
    clash = browser.submit(mine, {people_field(2, "leaders"): "8"})
    assert ["Service area “Early help”", "Not there", "73 people"] in clash.rows()
    browser.submit(clash)
    assert read(database, people.here)["Early help"] == tuple(USUAL["Early help"])


def test_a_change_of_something_else_is_no_clash(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here)
    mine = browser.sign_in(people.alice).get(address(people.here))
    set_state(database, people.here, revision=5, contact_name="Somebody else’s change")
    saved = browser.submit(mine, {people_field(1, "leaders"): "60"})
    assert saved.errors == []
    assert read(database, people.here)["Early help"][0] == 60


def test_what_was_seen_is_what_is_confirmed(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here)
    preview = browser.sign_in(people.alice).get(address(people.here, "/preview"))
    other = Browser(browser.service, ADDRESS).sign_in(people.dana)
    other.submit(other.get(address(people.here)), {people_field(1, "leaders"): "2"})
    refused = browser.submit(preview, status=409)
    assert refused.heading == "This has changed"
    assert "Somebody else changed the frame" in refused.text
    preview = browser.get(address(people.here, "/preview"))
    set_state(database, people.here, threshold=15, revision=9)
    browser.submit(preview, status=409)


def test_a_launched_diagnostic_keeps_its_frame(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here)
    page = browser.sign_in(people.alice).get(address(people.here))
    preview = browser.get(address(people.here, "/preview"))
    set_state(database, people.here, state="collecting")
    assert "has been launched" in browser.submit(page, {people_field(1, "leaders"): "60"}, status=409).text
    browser.submit(preview, status=409)
    refused = browser.get(address(people.here, "/upload"), 409)
    assert refused.heading == "You cannot do this now"
    assert refused.link("Go to the task list") == f"/diagnostics/{people.here}"
    assert refused.link("Go to the dashboard") == "/"
    assert read(database, people.here) == dict(USUAL)
    shown = browser.get(address(people.here))
    assert shown.own_forms == []
    assert ["Early help", "4", "8", "8", "44", "9", "73"] in shown.rows()


def test_of_two_who_save_at_the_same_moment_one_is_told(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here)
    browsers = [browser.sign_in(people.alice), Browser(browser.service, ADDRESS).sign_in(people.dana)]
    pages = [one.get(address(people.here)) for one in browsers]

    def save(at: int) -> list[str]:
        return browsers[at].submit(pages[at], {people_field(1, "leaders"): str(50 + at)}).errors

    with ThreadPoolExecutor(2) as pool:
        errors = list(pool.map(save, range(2)))
    assert sorted(map(len, errors)) == [0, 1]
    winner = errors.index([])
    assert read(database, people.here)["Early help"][0] == 50 + winner
    assert state(database, people.here).revision == 2
