"""What people do with the service, told once for all hands. Each story ends with what is kept of it."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from app.accounts.models import Account, Grant
from app.commissioning.models import Diagnostic
from app.web.dates import today
from tests.browser.hands import Hands, link_in
from tests.browser.site import Site
from tests.service.accounts.visitor import ANOTHER, PASSWORD, Keys
from tests.service.commissioning.furniture import kept
from tests.service.frame.frames import read
from tests.service.people import HERE, People


def roles_of(site: Site, email: str) -> list[tuple[str, str | None]]:
    """Give the roles of whoever has an address."""
    with site.database.transaction(writes=False) as session:
        query = select(Grant).join(Grant.account).where(Account.email == email)
        return [(one.role, one.authority_code) for one in session.scalars(query)]


def joining_and_coming_back(hands: Hands, people: People) -> None:
    """Be invited, set an app up, sign out and in, forget the password, and come in with a recovery code."""
    site, email = hands.site, "erin@wexbourne.example.org"
    hands.sit_down(people.alice)
    invite(hands, "Erin Ellis", email)
    hands.sit_down(width=320)
    hands.open(link_in(site.mails()[-1].text))
    hands.heads("Join")
    hands.type("Choose a password", ANOTHER)
    hands.press("Continue")
    hands.heads("Set up your authenticator app")
    picture = hands.page.locator(".app-qr img")
    assert picture.evaluate("one => one.complete && one.naturalWidth > 100")
    phone = Keys(email, ANOTHER, hands.looks_up(".app-key code").replace(" ", ""))
    hands.type("6-digit code", phone.code())
    hands.press("Continue")
    hands.heads("Keep your recovery codes")
    recovery_code = hands.looks_up(".app-codes code")
    hands.press("I have kept them: continue")
    hands.heads("Dashboard")
    hands.press("Sign out")
    hands.heads("Sign in")

    hands.type("Email address", email)
    hands.type("Password", ANOTHER)
    hands.press("Continue")
    # The code of this half minute has proved the app; the next one is taken too.
    hands.type("6-digit code", phone.code(1))
    hands.press("Sign in")
    hands.heads("Dashboard")
    hands.press("Sign out")
    hands.heads("Sign in")

    hands.follow("I have forgotten my password")
    hands.type("Email address", email)
    hands.press("Send me a link")
    hands.heads("Check your email")
    hands.open(link_in(site.mails()[-1].text))
    hands.type("New password", PASSWORD)
    hands.press("Change my password")
    hands.heads("Sign in")
    hands.type("Email address", email)
    hands.type("Password", PASSWORD)
    hands.press("Continue")
    hands.follow("Use a recovery code")
    hands.type("Recovery code", recovery_code)
    hands.press("Sign in")
    hands.heads("Dashboard")
    assert roles_of(site, email) == [("reader", HERE)]


def invite(hands: Hands, name: str, email: str) -> None:
    """Invite a reader to the council, from its own page."""
    hands.open("/authorities/" + HERE)
    hands.follow("People who have a role in Wexbourne")
    hands.press("Invite somebody")
    hands.type("Name", name)
    hands.type("Email address", email)
    hands.choose("Reader", "Role")
    hands.press("Send the invitation")
    hands.reads("The invitation is on its way")


def managing_people(hands: Hands, people: People) -> None:
    """Invite somebody, make them a commissioner, mail them anew, and end the role of somebody else."""
    hands.sit_down(people.alice)
    invite(hands, "Erin Ellis", "erin@wexbourne.example.org")
    hands.follow("Erin Ellis")
    hands.follow("Change the role")
    hands.choose("Commissioner", "New role")
    hands.press("Save")
    hands.reads("The role is given.")
    hands.follow("Erin Ellis")
    hands.follow("Send the invitation again")
    hands.press("Send it again")
    assert len(hands.site.mails()) == 2
    hands.open(f"/authorities/{HERE}/people")
    hands.follow("Bob Bright")
    hands.follow("End the role Reader")
    hands.press("End this role")
    hands.reads("The role has ended.")
    assert roles_of(hands.site, "erin@wexbourne.example.org") == [("commissioner", HERE)]
    assert roles_of(hands.site, "bob@example.org") == []


def closing_ones_account(hands: Hands, people: People) -> None:
    """Close one's own account for good."""
    hands.sit_down(people.bob)
    hands.open("/")
    hands.follow("Your account")
    hands.follow("Close your account")
    hands.press("Close my account for good")
    hands.heads("Sign in")
    with hands.site.database.transaction(writes=False) as session:
        closed = session.get_one(Account, people.bob)
        assert closed.closed_at is not None and closed.email is None


def commissioning(hands: Hands, people: People) -> None:
    """Begin a council's first diagnostic, and answer every question about it."""
    site = hands.site
    with site.database.transaction() as session:
        session.delete(session.get_one(Diagnostic, people.here))
    hands.sit_down(people.alice)
    hands.open("/")
    hands.press("Commission a diagnostic in Wexbourne")
    hands.choose("A practice development manager")
    hands.choose("Yes: interviews, observations and documents too")
    hands.press("Begin the draft")
    hands.heads("Scope")
    hands.choose("Named areas")
    hands.press("Save and continue")
    hands.heads("Named areas")
    hands.type("Which areas does the diagnostic cover?", "Early help\nFostering")
    hands.press("Save and continue")
    hands.heads("Smallest group")
    hands.type("Smallest group that results may show", "12")
    hands.press("Save and continue")
    hands.heads("Details")
    hands.follow("Go to the task list")
    _answer_the_task_list(hands)
    with site.database.transaction(writes=False) as session:
        made = session.scalars(select(Diagnostic).where(Diagnostic.authority_code == HERE)).one()
    assert (made.scope_areas, made.threshold) == (["Early help", "Fostering"], 12)
    assert (made.contact_name, made.controller) == ("Evidence team", "Wexbourne Council")
    assert (made.lawful_basis, made.raw_data_months) == ("public_task", 6)
    assert made.lawful_basis_confirmed_at is not None
    assert made.brief_due_on == today() + timedelta(days=90)


def _answer_the_task_list(hands: Hands) -> None:
    hands.follow("People")
    hands.pick("Who leads the diagnostic for the council?", "Alice Ashworth (commissioner)")
    hands.pick("Who gathers the evidence?", "Dana Dale (practice development manager)")
    hands.pick("First person who holds the key", "Alice Ashworth (commissioner)")
    hands.pick("Second person who holds the key", "Bob Bright (reader)")
    hands.press("Save and continue")
    hands.follow("Timetable")
    for legend, days in (
        ("The survey opens", 30),
        ("The survey closes", 51),
        ("Fieldwork begins", 30),
        ("Fieldwork ends", 60),
        ("The brief is due", 90),
    ):
        hands.date(legend, today() + timedelta(days=days))
    hands.press("Save and continue")
    hands.follow("Contact for staff")
    hands.type("Name of the person or team", "Evidence team")
    hands.press("Save and continue")
    # A wrong form says so, and its summary leads to the field.
    hands.heads("Contact for staff")
    hands.jump("Enter an email address or a phone number, or both")
    hands.type("Email address", "evidence@wexbourne.example.org")
    hands.press("Save and continue")
    hands.follow("Data protection facts")
    hands.type("Controller", "Wexbourne Council")
    hands.type("Data protection contact", "dpo@wexbourne.example.org")
    hands.type("Processor", "Example Institute")
    hands.press("Save and continue")
    hands.choose("Public task")
    hands.tick("Yes, the council confirms this lawful basis")
    hands.press("Save and continue")
    hands.type("Months after the survey closes", "6")
    hands.press("Save and continue")
    hands.reads("How long raw data are kept is saved.")


def describing_the_workforce(hands: Hands, people: People) -> None:
    """Type the frame into its grid, put a mistake right, add an area and take it out, and confirm it."""
    site, here = hands.site, people.here
    hands.sit_down(people.alice)
    hands.open(f"/diagnostics/{here}")
    hands.follow("Frame")
    hands.type("Name of service area 1", "Early help")
    for group, number in (("Leaders", "4"), ("Team managers", "8"), ("Registered practitioners", "many")):
        hands.type(f"Headcount of {group} in row 1", number)
    hands.press("Save the frame")
    wrong = "Headcount of Registered practitioners in Early help"
    hands.jump(f"{wrong} must be a whole number from 0, such as 12")
    hands.type(wrong, "40")
    hands.press("Add service areas")
    hands.type("Name of service area 2", "Fostering")
    hands.type("Headcount of Leaders in row 2", "3")
    hands.press("Save the frame")
    hands.heads("What can be shown")
    assert read(site.database, here) == {"Early help": (4, 8, 40, 0, 0), "Fostering": (3, 0, 0, 0, 0)}
    hands.follow("Change the frame")
    hands.press("Remove Fostering")
    hands.press("Remove it")
    hands.reads("“Fostering” is taken out.")
    hands.press("Save the frame")
    hands.heads("What can be shown")
    hands.press("Confirm the frame")
    hands.reads("The frame is confirmed.")
    assert read(site.database, here) == {"Early help": (4, 8, 40, 0, 0)}
    assert kept(site.database, here).frame_confirmed_at is not None


def uploading_the_frame(hands: Hands, people: People, folder: Path) -> None:
    """Take the empty file, send it back with a mistake, then right, and accept what it would change."""
    site, here = hands.site, people.here
    hands.sit_down(people.alice)
    hands.open(f"/diagnostics/{here}/frame")
    hands.follow("upload the frame from a file")
    assert b"service_area" in hands.save(hands.link("empty CSV file"))
    wrong, right = folder / "wrong.csv", folder / "right.csv"
    wrong.write_text("Area,Leaders\nTŷ Ŵyl,x\n", encoding="utf-8-sig")
    right.write_text("Area;Leaders;Registered practitioners\nTŷ Ŵyl;12;40\n", encoding="utf-8-sig")
    hands.attach("Choose a file with the frame", wrong)
    hands.press("Check the file")
    hands.heads("Upload the frame")
    hands.reads("What to put right in “wrong.csv”")
    hands.attach("Choose a file with the frame", right)
    hands.press("Check the file")
    hands.press("Save this frame")
    hands.heads("What can be shown")
    assert read(site.database, here) == {"Tŷ Ŵyl": (12, 0, 40, 0, 0)}
