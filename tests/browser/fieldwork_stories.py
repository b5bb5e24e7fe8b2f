"""Stories of the fieldwork and the library: each walked with scripts switched off, and by keyboard alone."""

import io
import zipfile
from datetime import timedelta

from openpyxl import load_workbook
from sqlalchemy import select

from app.fieldwork.models import RELEASED, FieldworkQuote, FieldworkRecord
from app.library.queries import current_entries
from app.web.dates import today
from tests.browser.hands import Hands
from tests.browser.site import Site
from tests.service.people import People
from tests.service.survey.staff import launched

NOTE = "We asked what the research says. Then we looked at our own audit, and it changed the plan."
WORDS = "it changed the plan"
REASON = "They named the audit that they had used."


def begun(site: Site, people: People) -> str:
    """Have fieldwork that has begun, and give where it is."""
    with site.database.transaction() as session:
        survey = launched(session, site.keys, people)
        survey.opens_on, survey.closes_on = today() - timedelta(days=2), today() + timedelta(days=18)
    return f"/diagnostics/{people.here}/fieldwork"


def month_of(hands: Hands) -> str:
    """Give this month as the list of months has it."""
    options = hands.field("Month").locator("option").all_inner_texts()
    return next(one.strip() for one in options if str(today().year) in one)


def begin_interview(hands: Hands) -> None:
    """Begin an interview with leaders, and come to its notes."""
    hands.follow("Record an interview or focus group")
    hands.press("Save and write notes")
    hands.reads("There is a problem")
    hands.pick("Kind", "Interview")
    hands.pick("Role group", "Leaders")
    hands.pick("Level", "Strategic")
    hands.pick("Month", month_of(hands))
    hands.press("Save and write notes")


def rate_first_two(hands: Hands, stages: tuple[str, str]) -> None:
    """Rate the first two characteristics that the record is asked for."""
    for stage in stages:
        if hands.page.get_by_role("button", name="Save and go to the next").count() == 0:
            first = hands.page.locator(".govuk-task-list a").first
            with hands.page.expect_navigation():
                hands.activate(first, "Enter")
        hands.take(hands.page.get_by_role("radio", name=stage).first)
        hands.type("Reason", REASON)
        hands.press("Save and go to the next")
    hands.follow("Back to the list")


def a_day_on_site(hands: Hands, people: People) -> None:
    """Record an interview, write it up, rate it, quote from it; a second person rates blind and releases."""
    place = begun(hands.site, people)
    hands.sit_down(people.dana)
    hands.open(place)
    begin_interview(hands)
    hands.type("Notes", NOTE)
    hands.press("Save")
    hands.follow("Ratings")
    rate_first_two(hands, ("Established", "Developing"))
    hands.press("I am done with this record")
    hands.follow("Quotes")
    hands.type("Quote", WORDS)
    hands.pick("Role band", "Leaders")
    hands.unfold("Evidence capability")
    hands.tick("Finding what is already known")
    hands.press("Add the quote")
    hands.reads("The quote is added.")
    hands.press(f"Propose : {WORDS}")
    record_address = hands.page.url.split("#")[0].removesuffix("/quotes")

    hands.sit_down(people.petra)
    hands.open(f"{record_address}/ratings")
    assert REASON not in hands.page.content(), "a second rater must not see it yet"
    rate_first_two(hands, ("Leading", "Developing"))
    hands.press("I am done with this record")
    hands.follow("Compare the ratings")
    hands.reads(REASON)
    hands.open(f"{record_address}/quotes")
    hands.press(f"Release : {WORDS}")
    with hands.site.database.transaction(writes=False) as session:
        assert session.scalars(select(FieldworkQuote.state)).all() == [RELEASED]

    hands.open(place)
    hands.follow("Checks before analysis")
    hands.heads("Checks before analysis")
    hands.open(f"{place}/exchange")
    files = zipfile.ZipFile(io.BytesIO(hands.save(hands.link("Download the files (.zip)"))))
    assert WORDS in files.read("quotes.csv").decode()
    book = hands.save(hands.link("Download a workbook with what is here (.xlsx)"))
    assert load_workbook(io.BytesIO(book)).sheetnames


def removing_a_record(hands: Hands, people: People) -> None:
    """Begin a record by mistake, take words out of its note, and remove it."""
    place = begun(hands.site, people)
    hands.sit_down(people.dana)
    hands.open(place)
    hands.follow("Record an observation")
    hands.pick("Setting", "Team meeting")
    hands.pick("Month", month_of(hands))
    hands.press("Save and write notes")
    hands.type("Notes", NOTE)
    hands.press("Save")
    hands.follow("Details")
    hands.follow("Remove this record")
    hands.press("Remove the record")
    with hands.site.database.transaction(writes=False) as session:
        assert session.scalars(select(FieldworkRecord)).all() == []


def looking_after_the_library(hands: Hands, people: People) -> None:
    """Add an entry, find it, change it, retire it, and bring it back."""
    hands.sit_down(people.petra)
    hands.open("/library")
    hands.follow("Add an entry")
    hands.press("Save")
    hands.reads("There is a problem")
    hands.type("Title", "A guide to asking")
    hands.type("Published by", "Wexbourne")
    hands.type("Web address", "https://wexbourne.example/guide")
    hands.pick("Kind", hands.field("Kind").locator("option").nth(1).inner_text().strip())
    hands.type("What it helps with", "Use it to decide what to ask first.")
    hands.mark(hands.page.get_by_role("group", name="Headings", exact=True).get_by_role("checkbox").first)
    hands.press("Save")
    hands.heads("A guide to asking")
    hands.follow("Change this entry")
    hands.type("Title", "A guide to asking well")
    hands.press("Save")
    hands.heads("A guide to asking well")
    hands.follow("Retire this entry")
    hands.type("Why", "A newer guide takes its place")
    hands.press("Retire it")
    hands.follow("A guide to asking well")
    hands.press("Bring it back")
    with hands.site.database.transaction(writes=False) as session:
        assert "A guide to asking well" in {one.title for one in current_entries(session)}
    hands.sit_down(people.bob)
    hands.open("/library")
    hands.type("Words", "asking well")
    hands.press("Search")
    hands.follow("A guide to asking well")
