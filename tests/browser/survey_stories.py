"""The plan, the papers and the survey, told once for all hands. Each story ends with what is kept of it."""

import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from app.commissioning.models import HOLDS_A_KEY
from app.survey.models import Ballot, PlannedReminder, SealedAnswers, SpentMark, StaffAddress, Survey
from app.survey.sealing import unseal
from app.survey.services.ballots import make_ballots
from app.web.dates import today
from tests.browser.hands import Hands
from tests.browser.site import Site
from tests.service.commissioning.furniture import complete, duties, kept
from tests.service.frame.frames import USUAL, write
from tests.service.people import People
from tests.service.survey.staff import launched

_PAGES = 8


def rows(site: Site, *tables: type[object]) -> list[int]:
    """Count what is kept."""
    with site.database.transaction(writes=False) as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def planning(hands: Hands, people: People) -> None:
    """Start from the proposal, change, add and remove a row, and confirm the plan."""
    site, here = hands.site, people.here
    write(site.database, here, USUAL)
    hands.sit_down(people.alice)
    hands.open(f"/diagnostics/{here}")
    hands.follow("Fieldwork plan")
    hands.press("Start from this plan")
    hands.reads("The plan is now what the frame suggests.")
    change_link = hands.looks_up("main a[href*='/rows/']")
    hands.follow(change_link)
    hands.type("How many", "7")
    hands.type("Note (optional)", "On a Monday")
    hands.press("Save")
    hands.reads("The row is changed.")
    hands.follow("Plan a document or data review")
    hands.press("Save")
    hands.reads("There is a problem")
    hands.pick("Type", "Strategy")
    hands.press("Save")
    hands.reads("The row is added.")
    hands.follow(change_link.replace("Change", "Remove"))
    hands.press("Remove it")
    hands.reads("The row is removed.")
    hands.press("Confirm the plan")
    hands.reads("The fieldwork plan is confirmed.")
    assert kept(site.database, here).plan_confirmed_at is not None


def reading_the_papers(hands: Hands, people: People) -> None:
    """Open the list, see what is missing, read a paper, and take it away in both forms."""
    hands.sit_down(people.bob)
    hands.open(f"/diagnostics/{people.here}")
    hands.open(f"/diagnostics/{people.here}/papers")
    hands.unfold("What is missing from: Notice to staff")
    hands.reads("The controller")
    hands.follow("Notice to staff")
    page = hands.save(hands.link("Download as a web page of one file"))
    assert b"<html" in page
    document = zipfile.ZipFile(io.BytesIO(hands.save(hands.link("Download as a Word document"))))
    assert "word/document.xml" in document.namelist()


def launching(hands: Hands, people: People) -> None:
    """Launch the survey; both custodians fetch their copies; the open link is made, printed and ended."""
    site, here = hands.site, people.here
    complete(site.database, here, people)
    base = f"/diagnostics/{here}"
    hands.sit_down(people.alice)
    hands.open(base)
    hands.press("Go to the launch")
    hands.press("Launch the survey")
    hands.jump("Tick the box to confirm")
    hands.tick("I have told staff what the notice says, and I want to launch the survey")
    hands.press("Launch the survey")
    hands.reads("The survey is launched.")
    custodians = {who for duty, who in duties(site.database, here) if duty == HOLDS_A_KEY}
    assert len(custodians) == 2
    for custodian in custodians:
        hands.sit_down(custodian)
        hands.open(f"{base}/survey")
        hands.follow("Fetch your copy of the key")
        hands.press("Show me the passphrase and the file")
        assert re.fullmatch(r"\w+(-\w+){5}", hands.looks_up("main .govuk-body-l strong"))
        assert json.loads(hands.save(hands.button("Save the file")))
        hands.follow("go back to the survey")
    with site.database.transaction(writes=False) as session:
        assert session.get_one(Survey, here).keys_fetched
    _open_link(hands, people, base)


def _open_link(hands: Hands, people: People, base: str) -> None:
    hands.sit_down(people.alice)
    hands.open(f"{base}/survey")
    hands.press("Make an open link")
    hands.reads("The open link is made.")
    assert hands.shows("Poster with the link and its QR code (PDF)") == "application/pdf"
    hands.open(f"{base}/survey")
    hands.follow("Change the days")
    hands.date("Last day", today() + timedelta(days=58))
    hands.press("Save")
    hands.reads("The days of the survey are changed.")
    hands.follow("End the open link")
    hands.heads("Are you sure that you want to end the open link?")
    hands.press("End the open link")
    hands.reads("The open link no longer works.")
    with hands.site.database.transaction(writes=False) as session:
        survey = session.get_one(Survey, people.here)
        assert (survey.open_code, survey.closes_on) == (None, today() + timedelta(days=58))


def inviting_staff(hands: Hands, people: People, folder: Path) -> None:
    """Upload the list of addresses, correct it, plan a reminder, and take the list back."""
    site, here = hands.site, people.here
    open_now(site, people)
    wrong, right = folder / "phones.csv", folder / "staff.csv"
    wrong.write_text("Name,Phone\nA,1\n", encoding="utf-8")
    right.write_text("Name,Email\nA,a@example.org\nB,not an address\nC,c@example.org\n", encoding="utf-8")
    hands.sit_down(people.alice)
    hands.open(f"/diagnostics/{here}/survey")
    hands.follow("Addresses, invitations and reminders")
    hands.attach("CSV file or Excel workbook", wrong)
    hands.press("Check the file")
    hands.reads("There is a problem")
    hands.attach("CSV file or Excel workbook", right)
    hands.press("Check the file")
    hands.reads("2 new addresses can be added.")
    hands.press("Add them to the list")
    hands.reads("2 addresses added to the list.")
    assert rows(site, StaffAddress) == [2]
    hands.date("First reminder", today() + timedelta(days=4))
    hands.press("Save the reminders")
    hands.reads("The reminders are planned.")
    assert rows(site, PlannedReminder) == [1]
    hands.press("Take the addresses off the list that nothing was sent to")
    hands.reads("The addresses that nothing was sent to are off the list.")
    assert rows(site, StaffAddress) == [0]


def open_now(site: Site, people: People, *, code: str | None = None) -> list[str]:
    """Have a survey that is open, and give the token of a personal link to it."""
    with site.database.transaction() as session:
        survey = launched(session, site.keys, people)
        survey.opens_on, survey.closes_on = today() - timedelta(days=2), today() + timedelta(days=18)
        survey.open_code = code
        return make_ballots(session, survey, 1)


def answering_from_a_personal_link(hands: Hands, people: People) -> None:
    """Answer, stop in the middle, come back on a phone, change an answer, and send."""
    site = hands.site
    [token] = open_now(site, people)
    hands.sit_down()
    hands.open(f"/s/{token}")
    hands.press("Start the survey")
    hands.heads("About you")
    hands.press("Save and continue")
    hands.reads("There is a problem")
    hands.choose("Registered practitioners", "What is your role?")
    hands.choose("Early help", "Which service area do you work in?")
    hands.press("Save and come back later")
    hands.heads("Your answers so far are saved")

    hands.sit_down(width=320)
    hands.open(f"/s/{token}")
    hands.press("Go on with the survey")
    _answer_the_rest(hands)
    hands.follow("Change your answer to: Evidence that would help you most")
    hands.type(_comment(hands), "More time to read.")
    hands.press("Save and continue")
    hands.heads("Check your answers")
    hands.press("Send my answers")
    hands.heads("We have your answers")
    assert rows(site, Ballot, SpentMark, SealedAnswers) == [0, 1, 1]
    with site.database.transaction(writes=False) as session:
        sealed = session.scalars(select(SealedAnswers.sealed)).one()
    given = unseal(sealed, site.keys.get(people.here))
    assert given.role_group == "registered"
    assert list(given.comments.values()) == ["More time to read."]
    assert set(given.answers.values()) == {_SECOND}


def answering_from_the_open_link(hands: Hands, people: People) -> None:
    """Come by the open link, get a link of one's own, answer, and send."""
    site = hands.site
    open_now(site, people, code="wexbourne-7f3k")
    hands.sit_down(width=320)
    hands.open("/o/wexbourne-7f3k")
    hands.press("Start the survey")
    hands.heads("Your own link")
    hands.press("Go to the first question")
    hands.choose("Prefer not to say", "What is your role?")
    hands.choose("Prefer not to say", "Which service area do you work in?")
    hands.press("Save and continue")
    _answer_the_rest(hands)
    hands.press("Send my answers")
    hands.heads("We have your answers")
    # The personal link that nobody used is still there.
    assert rows(site, Ballot, SpentMark, SealedAnswers) == [1, 1, 1]


_SECOND = 2


def _answer_the_rest(hands: Hands) -> None:
    """Answer page after page, with the second choice of every question, and leave the last page empty."""
    for _ in range(_PAGES - 2):
        for legend in hands.page.locator("fieldset:has(input[type=radio]) legend").all_inner_texts():
            within = hands.page.get_by_role("group", name=legend.strip(), exact=True)
            hands.take(within.get_by_role("radio").nth(_SECOND - 1))
        hands.press("Save and continue")
    hands.heads("In your own words")
    hands.press("Save and continue")
    hands.heads("Check your answers")


def _comment(hands: Hands) -> str:
    return hands.page.locator("label:has(+ textarea), label[for^=COM]").first.inner_text().strip()
