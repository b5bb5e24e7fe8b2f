"""From closed evidence to actions, part by part: each role does what is its own, on the pages that it has."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from app.web.dates import today
from tests.browser.hands import Hands, Mouse
from tests.service.people import People

if TYPE_CHECKING:
    from playwright.sync_api import Locator

REASON = "Two of us read the notes again and agree."
COMMENT = "Our own audit says the same of supervision."
ANSWER = "Thank you. We say in the brief where it was seen."
OURS = "Leaders put culture 30 points above what practitioners say."
WHY_OTHERS = "The council has begun this already."
NOTED = "Two teams begin in January."
OWNER = "Principal social worker"
LEADERS, SPLIT = "culture.leaders_above_practitioners", "culture.split"
# Computing and publishing take seconds on a computer of one's own, and longer on a busy one.
_LONGEST_WORK = 180_000


class Scripted(Mouse):
    """Clicks, while scripts run."""

    scripts = True


def waited(hands: Hands) -> None:
    """Wait until the worker is done, as the page offers it."""
    if hands.scripts:
        # Read out where it stands, without anything being loaded anew.
        hands.page.get_by_role("status").get_by_text("The service is done with it").wait_for(
            timeout=_LONGEST_WORK
        )
        hands.follow("See what came of it")
        return
    for _ in range(_LONGEST_WORK // 1000):
        if hands.link("Look again").count() == 0:
            return
        hands.page.wait_for_timeout(1000)
        hands.follow("Look again")
    raise AssertionError("the worker is not done")


def goes(hands: Hands, link: "Locator") -> None:
    """Follow a link that is found by where it stands."""
    with hands.page.expect_navigation():
        hands.activate(link, "Enter")


def change(hands: Hands, finding: str) -> None:
    """Go from the draft to one of its sentences."""
    goes(hands, hands.page.locator(f'[id="{finding}"]').get_by_role("link", name="Change").first)


def a_profile(dana: Hands, place: str) -> None:
    """Have a profile computed, decide on all that it proposes, and have it computed with the decisions."""
    dana.open(f"{place}/profile")
    dana.press("Compute the profile")
    dana.reads("A profile is being computed")
    waited(dana)
    dana.reads("Open profile 1, the newest")
    dana.follow("Review codes and patterns")
    dana.follow("Confirm several for one reason")
    for box in dana.page.get_by_role("checkbox").all():
        dana.mark(box)
    dana.type("Reason", REASON)
    dana.press("Confirm them")
    dana.press("Compute the profile with the decisions")
    waited(dana)
    dana.follow("Open profile 2, the newest")


def a_right_of_reply(roles: Mapping[str, Hands], place: str) -> None:
    """The council is shown the draft; a reader says something, and is answered."""
    alice, bob, dana = roles["alice"], roles["bob"], roles["dana"]
    reply = f"{place}/profile/reply"
    bob.open(reply)
    bob.reads("It is not open yet.")
    alice.open(reply)
    alice.press("Open the right of reply")
    alice.date("When is the sense-making session?", today() + timedelta(days=7))
    alice.press("Open it")

    bob.open(reply)
    goes(bob, bob.page.locator("#verdict").get_by_role("link").first)
    bob.type("Your comment", COMMENT)
    bob.press("Save the comment")
    bob.press("Answer the three questions")
    for group in bob.page.get_by_role("group").all():
        bob.take(group.get_by_role("radio", name="Partly", exact=True))
    bob.press("Save my answers")

    dana.open(reply)
    goes(dana, dana.page.get_by_role("link", name=re.compile("^Answer to the comment of Bob Bright")))
    dana.reads(COMMENT)
    dana.type("Your answer", ANSWER)
    dana.press("Save the answer")

    alice.open(reply)
    alice.reads(ANSWER)
    alice.follow("Close the right of reply")
    alice.press("Close it")
    bob.open(reply)
    bob.reads(ANSWER)


def a_draft(dana: Hands, place: str) -> None:
    """Make the proposed sentences one's own."""
    dana.open(f"{place}/brief")
    dana.press("Begin the brief")
    dana.press("Begin")
    change(dana, LEADERS)
    dana.reads("Staff survey, Culture")
    dana.type("Bold beginning (optional)", "")
    dana.type("Sentence", OURS.replace("30", "31"))
    dana.press("Save the sentence")
    dana.reads("Take “31” out")
    dana.type("Sentence", OURS)
    dana.press("Save the sentence")
    dana.reads("Reworded")
    goes(dana, dana.page.get_by_role("link", name=re.compile("^Change ?: On paper Wexbourne")).first)
    dana.reads(COMMENT)
    dana.follow("Back without a change")
    change(dana, SPLIT)
    dana.press("Leave it out")
    dana.reads("Left out of the brief")

    dana.follow("Choose other first steps")
    ranked = [one.strip() for one in dana.field("First step").locator("option").all_inner_texts()][1:]
    dana.pick("First step", ranked[3])
    dana.type("Why the ranking is overruled", WHY_OTHERS)
    dana.press("Choose")
    dana.reads(f"Why these come first: {WHY_OTHERS}")

    dana.follow("Read it as it would be published")
    told = dana.page.content()
    assert OURS in told
    assert "It has not been signed by two people or published." in told
    assert "Service areas differ widely on culture too." not in told
    fourth, second = (one.split(maxsplit=1)[1] for one in (ranked[3], ranked[1]))
    assert told.index(fourth) < told.index(second)


def two_signatures(roles: Mapping[str, Hands], place: str) -> None:
    """Sign by two, publish, and wait until it is out."""
    for name in ("dana", "alice"):
        hands = roles[name]
        hands.open(f"{place}/brief")
        hands.press("Read and sign")
        hands.tick("I have read the whole brief, and it may be published")
        hands.press("Sign")
    alice = roles["alice"]
    alice.reads("Dana Dale")
    alice.press("Publish the brief")
    alice.press("Publish")
    alice.reads("It is being published")
    waited(alice)
    alice.reads("It was published on")


def kept(hands: Hands, words: str) -> tuple[str, bytes]:
    """Save what a link leads to, as one's browser does with the right button; give its kind too."""
    href = hands.link(words).get_attribute("href")
    answer = hands.page.request.get(f"{hands.site.address}{href}")
    assert answer.ok, href
    return answer.headers["content-type"], answer.body()


def readers(roles: Mapping[str, Hands], people: People) -> str:
    """The council reads it, shares it and makes it public; give the address of its page."""
    alice, charlie, nobody = roles["alice"], roles["charlie"], roles["nobody"]
    charlie.open("/briefs")
    charlie.reads("There is no brief that you may read yet.")
    alice.open(f"/diagnostics/{people.here}/brief")
    alice.follow("Files to download, and who may read it")
    alice.follow("Change who may read it")
    alice.pick("Share with another council", "Marlshire")
    alice.press("Share")
    alice.reads("Everybody with a role in Marlshire can read the brief now.")
    charlie.open("/briefs")
    charlie.reads("shared with you")
    goes(charlie, charlie.page.get_by_role("link", name=re.compile("^Wexbourne")).first)
    assert OURS in charlie.page.content()

    page = charlie.page.url
    nobody.open(page)
    nobody.heads("Sign in")
    alice.choose("Yes, it is public")
    alice.press("Save")
    assert alice.page.get_by_role("link", name=page).count() == 1
    nobody.open(page)
    assert OURS in nobody.page.content()
    nobody.open(f"{page}/files")
    nobody.heads("Sign in")
    return page


def actions(alice: Hands, place: str) -> None:
    """Take the steps over; give one an owner and a date, and say how far it is."""
    alice.open(f"{place}/actions")
    with alice.page.expect_navigation():
        alice.activate(alice.page.get_by_role("button", name=re.compile("^Take over")), "Space")
    goes(alice, alice.page.locator(".app-action").get_by_role("link").first)
    alice.follow("Change the owner, the date or how far it is")
    alice.choose("Under way")
    alice.date("Due date (optional)", today() + timedelta(days=60))
    alice.type("Role of the owner", OWNER)
    alice.press("Save")
    alice.type("Add a note", NOTED)
    alice.press("Add the note")
    for words in (OWNER, NOTED, "Under way"):
        alice.reads(words)
