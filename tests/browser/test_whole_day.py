"""A whole day on site: three records, a dropped connection, two writers, blind ratings, release, export."""

import io
import zipfile
from typing import TYPE_CHECKING

from app.commissioning.models import Diagnostic
from app.fieldwork.evidence import fieldwork_evidence
from diagnostics.evidence import RECONCILED
from tests.browser.fieldwork_stories import NOTE, REASON, WORDS, begun, month_of, rate_first_two
from tests.browser.hands import Mouse
from tests.browser.site import Site
from tests.service.chromium import NEEDS_CHROMIUM, faults_of
from tests.service.frame.frames import plan_row
from tests.service.people import People

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM
_LIFT = " In the lift she said that the audit is read aloud."
_HERS, _THEIRS = " The plan names who checks.", " Nobody had seen the audit before."


class Tablet(Mouse):
    """Somebody on site with a tablet, on which scripts run."""

    scripts = True

    def state(self, words: str) -> None:
        """Wait until the page says so of the notes."""
        self.page.wait_for_function(
            "words => document.getElementById('note-state').textContent.startsWith(words)", arg=words
        )

    def writes_on(self, text: str) -> None:
        """Type at the end of the notes, key by key."""
        self.page.locator("#text").focus()
        self.page.keyboard.press("ControlOrMeta+End")
        self.page.keyboard.type(text)


def begin(hands: Tablet, place: str, link: str, picks: dict[str, str]) -> str:
    """Begin a record, and give its address."""
    hands.open(place)
    hands.follow(link)
    for label, option in picks.items():
        hands.pick(label, option)
    hands.pick("Month", month_of(hands))
    hands.press("Save and write notes")
    return hands.page.url.split("?")[0].removesuffix("/notes")


def accessible(page: "Page") -> None:
    assert faults_of(page) == [], page.url


def morning(dana: Tablet, place: str) -> str:
    """See what is planned, and write up an interview whose notes outlive the lift."""
    dana.open(place)
    dana.reads("Before confidence can rise")
    accessible(dana.page)
    picks = {"Kind": "Interview", "Role group": "Leaders", "Level": "Strategic"}
    talk = begin(dana, place, "Record an interview or focus group", picks)
    dana.writes_on(NOTE)
    dana.state("Saved")
    dana.page.context.set_offline(True)
    dana.writes_on(_LIFT)
    dana.state("Not saved yet: no connection.")
    dana.page.context.set_offline(False)
    dana.state("Saved")
    return talk


def two_writers(dana: Tablet, petra: Tablet, talk: str) -> str:
    """Write into the same notes at once; nobody's text is lost. Give the text that holds both."""
    petra.open(f"{talk}/notes")
    assert petra.page.locator("#text").input_value() == NOTE + _LIFT
    dana.writes_on(_HERS)
    dana.state("Saved")
    dana.page.wait_for_function("() => !Object.keys(localStorage).some((name) => name.startsWith('notes:'))")
    petra.writes_on(_THEIRS)
    petra.page.wait_for_function(
        "() => document.getElementById('note-when').textContent.includes('both texts')"
    )
    petra.press("Save")
    accessible(petra.page)
    petra.press("Save as one")
    both = petra.page.locator("#text").input_value()
    assert both.startswith(NOTE + _LIFT)
    assert _HERS in both
    assert _THEIRS in both
    return both


def two_more_records(dana: Tablet, place: str) -> tuple[str, str]:
    meeting = begin(
        dana, place, "Record an observation", {"Setting": "Team meeting", "Service area": "Early help"}
    )
    dana.writes_on("Two of five cases began with what was known.")
    dana.state("Saved")
    picks = {"Type": "Strategy", "Level": "Strategic"}
    strategy = begin(dana, place, "Record a document or data review", picks)
    dana.writes_on("Page 4 names three sources.")
    dana.state("Saved")
    return meeting, strategy


def ratings(dana: Tablet, petra: Tablet, talk: str, others: tuple[str, str]) -> None:
    """Rate all three; a second person rates one of them blind, and both reconcile."""
    stages = (("Established", "Developing"), ("Developing", "Developing"), ("Leading", "Established"))
    for record, two in zip((talk, *others), stages, strict=True):
        dana.open(f"{record}/ratings")
        rate_first_two(dana, two)
        dana.press("I am done with this record")
    petra.open(f"{talk}/ratings")
    assert REASON not in petra.page.content()
    rate_first_two(petra, ("Leading", "Developing"))
    petra.press("I am done with this record")
    petra.follow("Compare the ratings")
    petra.reads(REASON)
    petra.follow("Reconcile : Finding what is already known")
    petra.take(petra.page.get_by_role("radio", name="Established").first)
    petra.type("Reason", "We read the note again.")
    accessible(petra.page)
    petra.press("Save what you agree on")


def release(dana: Tablet, petra: Tablet, talk: str, note: str) -> None:
    """Select words in the note; a second person releases them."""
    dana.open(f"{talk}/quotes")
    dana.page.locator("#note-text").focus()
    at = note.index(WORDS)
    dana.page.evaluate(
        "([from, to]) => document.getElementById('note-text').setSelectionRange(from, to)",
        [at, at + len(WORDS)],
    )
    dana.button("Use what I selected").click()
    dana.pick("Role band", "Leaders")
    dana.unfold("Evidence capability")
    dana.tick("Finding what is already known")
    dana.press("Add the quote")
    dana.press(f"Propose : {WORDS}")
    petra.open(f"{talk}/quotes")
    petra.press(f"Release : {WORDS}")


def test_a_whole_day_on_site(site: Site, people: People) -> None:
    place = begun(site, people)
    plan_row(site.database, people.here, "Early help", note="", position=1)
    dana, petra = Tablet(site), Tablet(site)
    dana.sit_down(people.dana, width=820)
    petra.sit_down(people.petra, width=820)
    talk = morning(dana, place)
    note = two_writers(dana, petra, talk)
    others = two_more_records(dana, place)
    ratings(dana, petra, talk, others)
    release(dana, petra, talk, note)

    dana.open(f"{place}/checks")
    dana.heads("Checks before analysis")
    accessible(dana.page)
    dana.open(f"{place}/exchange")
    files = zipfile.ZipFile(io.BytesIO(dana.save(dana.link("Download the files (.zip)"))))
    assert WORDS in files.read("quotes.csv").decode()
    assert files.read("records.csv").decode().count("\n") == 4, "a head and three records"
    with site.database.transaction(writes=False) as session:
        records, given, quotes = fieldwork_evidence(session, session.get_one(Diagnostic, people.here))
    assert [one.source for one in records] == ["interview", "observation", "document"]
    assert RECONCILED in {one.rater for one in given if one.record == records[0].id}
    assert len({one.rater for one in given}) == 3
    assert [one.released for one in quotes] == [True]
