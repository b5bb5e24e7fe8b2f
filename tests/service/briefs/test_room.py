"""The brief room: a draft is changed beside its evidence, by several people, and nothing is lost."""

import pytest
from sqlalchemy import select

from app.briefs.models import InsightBrief
from app.briefs.queries import find_draft
from app.briefs.room.services import begin, draft_of
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.profiles.replying import comment, open_reply
from app.web.dates import today
from tests.service.briefs.furniture import replied
from tests.service.browser import Browser, Page
from tests.service.people import People
from tests.service.profiled import Council, build, confirm_all

LEADERS = "culture.leaders_above_practitioners"
SPLIT = "culture.split"


@pytest.fixture
def drafted(database: Database, people: People, council: Council, browser: Browser) -> Browser:
    """A browser of Dana's, in whose council a draft is begun."""
    with database.transaction() as session:
        diagnostic = replied(session, council.here, people)
        begin(session, diagnostic, "", people.dana)
    return browser.sign_in(people.dana)


def press(browser: Browser, page: Page, button: str, **values: str) -> Page:
    return browser.submit(page, {"do": button, **values})


def revision(database: Database, council: Council) -> int:
    with database.transaction(writes=False) as session:
        brief = find_draft(session, council.here)
        assert brief is not None
        return brief.revision


def test_a_draft_begins_with_what_the_profile_proposes(
    browser: Browser, people: People, council: Council, room: str
) -> None:
    browser.sign_in(people.dana)
    page = browser.get(browser.get(room).link("Begin the brief"))
    begun = browser.submit(page)
    assert "Leaders rate culture 30 points higher than practitioners do." in begun.text
    assert "of 1,500 words" in begun.text
    assert "at school to read it" in begun.text
    assert "Two people have to sign, one of whom gathered the evidence." in begun.text
    assert "The council has not had its right of reply." in begun.text
    browser.get(f"{room}/begin", status=409)


def test_there_is_nothing_to_begin_without_a_profile_or_a_role(
    browser: Browser, database: Database, people: People, room: str
) -> None:
    browser.sign_in(people.bob)
    assert "There is no brief yet." in browser.get(room).text
    browser.get(f"{room}/begin", status=403)
    browser.sign_in(people.petra)
    elsewhere = f"/diagnostics/{people.elsewhere}/brief"
    assert "There is no profile yet." in browser.get(elsewhere).text
    browser.get(f"{elsewhere}/begin", status=409)
    browser.get(f"{elsewhere}/findings/verdict", status=409)


def test_a_sentence_is_reworded_beside_its_evidence_and_what_the_council_said(
    drafted: Browser, database: Database, people: People, council: Council, room: str
) -> None:
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        open_reply(session, diagnostic, today(), people.dana)
        comment(session, diagnostic, LEADERS, "We call them service managers.", people.alice)
    page = drafted.get(f"{room}/findings/{LEADERS}")
    assert "Staff survey, Culture" in page.text
    assert "We call them service managers." in page.text
    assert "Alice Ashworth" in page.text
    done = drafted.submit(page, {"text": "Leaders put culture 30 points above what practitioners say."})
    assert "Leaders put culture 30 points above what practitioners say." in done.text
    assert "Reworded" in done.text
    assert "1 comment from the council" in done.text
    again = drafted.get(f"{room}/findings/{LEADERS}")
    assert "As it was proposed: Leaders above practitioners. Leaders rate culture 30 points" in again.text


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "Enter the sentence"),
        ("x" * 301, "The sentence must be 300 characters or fewer"),
        ("Leaders rate culture 31 points higher.", "Take “31” out."),
        ("Three of the leaders said so.", "out. A sentence may only say numbers"),
        ("Staff in Youth justice feel it most.", "Take “Youth justice” out. Nothing of so small a group"),
    ],
)
def test_a_sentence_that_could_point_at_somebody_is_refused_and_kept_in_its_box(
    drafted: Browser, database: Database, council: Council, room: str, text: str, wrong: str
) -> None:
    page = drafted.submit(drafted.get(f"{room}/findings/{LEADERS}"), {"text": text})
    assert wrong in page.errors[0]
    assert page.title.startswith("Error: ")
    assert page.fields()["text"] == [text]
    assert revision(database, council) == 1


def test_sentences_are_moved_merged_left_out_and_brought_back(drafted: Browser, room: str) -> None:
    moved = press(drafted, drafted.get(f"{room}/findings/{SPLIT}"), "up")
    assert moved.text.index("Service areas differ widely on culture") < moved.text.index("30 points higher")
    merged = press(drafted, drafted.get(f"{room}/findings/{SPLIT}"), "merge", kept=LEADERS)
    assert "practitioners do. Staff do not agree. Service areas differ widely on culture too." in merged.text
    assert merged.text.index("Left out of the brief") < merged.text.index("Merged into another")
    back = press(drafted, drafted.get(f"{room}/findings/{SPLIT}"), "bring-back")
    assert "Left out of the brief" not in back.text
    out = press(drafted, drafted.get(f"{room}/findings/{SPLIT}"), "drop")
    assert "Left out of the brief" in out.text
    assert "Bring it back" in drafted.get(f"{room}/findings/{SPLIT}").text


def test_the_verdict_and_the_strength_cannot_be_left_out(drafted: Browser, room: str) -> None:
    for finding in ("verdict", "strength"):
        page = drafted.get(f"{room}/findings/{finding}")
        assert "Choose another before you leave this one out." in page.text
        assert "cannot be dropped" in press(drafted, page, "drop").errors[0]
    drafted.get(f"{room}/findings/sureness", status=404)
    drafted.get(f"{room}/findings/nothing", status=404)


def test_an_added_sentence_needs_evidence(drafted: Browser, room: str) -> None:
    page = drafted.get(f"{room}/headings/skills/add")
    without = drafted.submit(page, {"text": "Teams ask for time to read together."})
    assert without.errors == [
        "Choose at least one line of evidence. A sentence without evidence cannot be published"
    ]
    assert without.fields()["text"] == ["Teams ask for time to read together."]
    done = drafted.submit(
        page, {"text": "Teams ask for time to read together.", "evidence": ["I3", "S skills"]}
    )
    assert "Teams ask for time to read together. (S\u00a0skills; I3)".replace("\u00a0", " ") in done.text
    drafted.get(f"{room}/headings/nothing/add", status=404)


def test_each_line_of_evidence_says_what_it_has_on_the_heading(drafted: Browser, room: str) -> None:
    page = drafted.get(f"{room}/headings/skills/add")
    assert "I3: Focus group, team managers Reading research and figures; Managers who coach" in page.text
    assert "Finding what is already known" not in page.text
    assert "Nothing on this heading" in page.text


def test_pressing_another_button_does_not_empty_the_sentence(drafted: Browser, room: str) -> None:
    page = drafted.get(f"{room}/findings/{LEADERS}")
    wrong = press(drafted, page, "merge")
    assert wrong.errors == ["Choose the finding to merge it into"]
    assert wrong.fields()["text"] == ["Leaders rate culture 30 points higher than practitioners do."]


def test_what_page_two_has_no_room_for_is_said_and_can_be_moved_up(drafted: Browser, room: str) -> None:
    page = drafted.get(f"{room}/headings/culture/add")
    done = drafted.submit(page, {"text": "Teams ask for time.", "evidence": ["S culture"]})
    told = "Page 2 has room for two sentences a heading, so that these are not printed."
    assert done.text.index(told) < done.text.index("Teams ask for time.")
    assert "Teams ask for time." not in drafted.get(f"{room}/preview").text
    press(drafted, drafted.get(f"{room}/findings/added-1"), "up")
    assert "Teams ask for time." in drafted.get(f"{room}/preview").text


def test_the_ranking_is_overruled_only_with_a_reason(drafted: Browser, room: str) -> None:
    page = drafted.get(f"{room}/steps")
    values = {"first": "cap_step_guide", "second": "cul_step_pilots", "third": ""}
    assert "Say why the ranking is overruled." in drafted.submit(page, values).errors[0]
    twice = {"first": "cap_step_guide", "second": "cap_step_guide", "reason": "It is begun."}
    assert drafted.submit(page, twice).errors == ["Choose each step once"]
    done = drafted.submit(page, {**values, "reason": "The council has begun them."})
    assert "Why these come first: The council has begun them." in done.text
    back = drafted.get(f"{room}/steps")
    assert back.fields()["third"] == [""]
    ranked = {"first": "sys_step_supervision_question", "second": "pra_step_tell_families_what_changed",
              "third": "cul_step_unknowns", "reason": ""}  # fmt: skip
    assert "Why these come first" not in drafted.submit(back, ranked).text


def test_a_sentence_that_is_left_out_still_names_its_heading(drafted: Browser, room: str) -> None:
    press(drafted, drafted.get(f"{room}/findings/{SPLIT}"), "drop")
    assert "Culture Change a sentence" in drafted.get(f"{room}/findings/{SPLIT}").text


def test_another_verdict_and_strength_are_chosen(drafted: Browser, room: str) -> None:
    done = drafted.submit(drafted.get(f"{room}/verdict"), {"finding": "gap.overview"})
    start = done.text.index("The verdict")
    assert "Leaders see more than practitioners do" in done.text[start : start + 200]
    page = drafted.get(f"{room}/strength")
    assert page.fields()["finding"] == ["strength"]
    first = next(one for one in page.all("input") if one.get("name") == "finding")
    assert first.get("value") == "strength", "what is chosen is seen without looking for it"
    assert "Take “9”" in drafted.submit(page, {"title": "Culture rose by 9"}).errors[0]
    chosen = drafted.submit(page, {"finding": "skills.contrast", "title": "Plain words for decisions"})
    assert "Plain words for decisions" in chosen.text


def test_two_writers_notice_each_other_and_neither_loses_a_word(
    drafted: Browser, database: Database, council: Council, room: str
) -> None:
    mine, theirs = drafted.get(f"{room}/findings/{LEADERS}"), drafted.get(f"{room}/findings/{SPLIT}")
    drafted.submit(theirs, {"text": "Service areas differ much."})
    late = drafted.submit(mine, {"text": "Leaders rate culture far higher."})
    assert "Somebody else changed the draft while the page was open." in late.errors[0]
    assert late.fields()["text"] == ["Leaders rate culture far higher."]
    assert revision(database, council) == 2
    assert "Leaders rate culture far higher." in drafted.submit(late).text
    assert "Service areas differ much." in drafted.get(room).text


def test_all_changes_are_taken_back_or_the_draft_discarded_after_asking(
    drafted: Browser, database: Database, council: Council, room: str
) -> None:
    drafted.submit(drafted.get(f"{room}/findings/{LEADERS}"), {"text": "Leaders rate culture far higher."})
    old = drafted.get(f"{room}/discard")
    anew = drafted.submit(drafted.get(drafted.get(room).link("Take back all changes")))
    assert "Leaders rate culture 30 points higher" in anew.text
    drafted.submit(old, status=409)
    gone = drafted.submit(drafted.get(f"{room}/discard"))
    assert "Begin the brief" in gone.text
    with database.transaction(writes=False) as session:
        assert session.scalars(select(InsightBrief)).all() == []


def test_a_draft_moves_to_a_newer_profile_with_what_was_changed(
    drafted: Browser, database: Database, people: People, council: Council, room: str
) -> None:
    drafted.submit(drafted.get(f"{room}/findings/{LEADERS}"), {"text": "Leaders rate culture far higher."})
    snapshot = build(database, council.here, people.dana)
    with database.transaction() as session:
        confirm_all(session, snapshot, people.dana)
    page = drafted.get(room)
    assert "There is a newer profile, number 2." in page.text
    moved = drafted.submit(page, action=f"{room}/renew")
    assert moved.link("profile 2").endswith("/profile/2")
    assert "Leaders rate culture far higher." in moved.text
    with database.transaction(writes=False) as session:
        draft = draft_of(session, session.get_one(Diagnostic, council.here))
        assert draft is not None and draft.snapshot.number == 2


def test_the_preview_is_the_draft_and_says_so_and_may_do_nothing(drafted: Browser, room: str) -> None:
    drafted.submit(
        drafted.get(f"{room}/findings/verdict"), {"text": "On paper we ask what judgements rest on."}
    )
    page = drafted.get(f"{room}/preview")
    assert "On paper we ask what judgements rest on." in page.text
    assert "wave 1, draft" in page.title
    assert "It has not been signed by two people or published." in page.text
    policy = page.response.headers["content-security-policy"]
    assert "sandbox" in policy and "script-src" not in policy
    assert "default-src 'none'" in policy


def test_a_draft_is_for_those_who_make_or_sign_it(
    drafted: Browser, people: People, council: Council, room: str
) -> None:
    drafted.sign_in(people.bob)
    assert "A draft is being written." in drafted.get(room).text
    for path in ("/preview", "/preview.pdf", "/sign"):
        drafted.get(f"{room}{path}", status=403)
    drafted.sign_in(people.alice)
    assert "Read and sign" in drafted.get(room).text
    drafted.get(f"{room}/preview")
    drafted.get(f"{room}/findings/verdict", status=403)
    drafted.sign_in(people.charlie)
    drafted.get(room, status=404)


def test_words_that_may_name_somebody_are_shown_to_whoever_writes_and_signs(
    drafted: Browser, people: People, room: str
) -> None:
    assert "Does it name somebody?" not in drafted.get(room).text
    page = drafted.get(f"{room}/findings/{LEADERS}")
    done = drafted.submit(page, {"text": "Leaders such as Mrs Fairweather of Wexbourne rate culture high."})
    told = "rate culture high.” holds a possible name."
    assert told in done.text
    drafted.sign_in(people.alice)
    assert told in drafted.get(f"{room}/sign").text
