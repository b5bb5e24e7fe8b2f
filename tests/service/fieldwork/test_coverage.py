"""The board of the fieldwork: the plan beside the records, in numbers, and what is still needed."""

import re
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import event

from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.fieldwork.coverage.needs import need_lines
from app.fieldwork.coverage.queries import gathered_of
from app.fieldwork.models import IndicatorValue, ReconciledRating
from app.fieldwork.tasks import fieldwork_tasks
from app.web.dates import today
from diagnostics.fieldwork_coverage import Gathered, Need
from tests.diagnostics.small_framework import published
from tests.service.browser import Browser, Page
from tests.service.fieldwork.gathering import NOTE, let_gather, plan, quote, rate, record
from tests.service.fieldwork.whole_fieldwork import half_done
from tests.service.people import People


def board(browser: Browser, here: UUID) -> Page:
    return browser.get(f"/diagnostics/{here}/fieldwork")


def gathered(database: Database, here: UUID) -> dict[str, Gathered]:
    with database.transaction(writes=False) as session:
        diagnostic = session.get_one(Diagnostic, here)
        return {one.id: one for one in gathered_of(session, diagnostic, framework_of(diagnostic))}


def test_planned_done_and_double_rated_stand_beside_each_other(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    with database.transaction() as session:
        plan(session, here, number=3, role="leaders")
        plan(session, here, "observation", area="Fostering")
        for n in range(3):
            one = record(session, here, people.dana, f"I0{n}", role="leaders")
            if n < 2:
                rate(session, one, people.dana, "Dana", {"cap_find": 2})
            if n < 1:
                rate(session, one, people.bob, "Bob", {"cap_find": 3})
        extra = record(session, here, people.dana, "I09", role="support", area="Fostering")
        rate(session, extra, people.dana, "Dana", {"cap_find": 1})
    page = board(browser.sign_in(people.dana), here)
    assert "3 records are done: 2 of the 4 planned and 1 other; 1 is rated by two people." in page.text
    assert "1 begun, not rated yet 1 more outside the plan" in page.text
    assert ["Interview", "Leaders", "3", "2", "1", "In progress", ""] in page.rows()
    assert [
        "Team meeting",
        "Fostering",
        "1",
        "0",
        "0",
        "To do",
        "Begin a record: Team meeting, Fostering",
    ] in (page.rows())
    assert "Not expected by the plan: Interview: 1." in page.text
    # By role group, service area and kind, what no row expected among them.
    assert ["Leaders", "3", "2", "1"] in page.rows()
    assert ["Business support and commissioning", "0", "1", "0"] in page.rows()
    assert ["Fostering", "1", "1", "0"] in page.rows()
    assert ["Interview", "3", "3", "1"] in page.rows()
    assert ["Team meeting", "1", "0", "0"] in page.rows()


def test_a_record_begins_from_the_row_that_misses_it(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    with database.transaction() as session:
        plan(session, here, role="registered", area="Fostering")
    page = board(browser.sign_in(people.dana), here)
    begin = browser.get(page.link("Begin"))
    fields = begin.fields()
    assert (fields["kind"], fields["role_group"]) == (["interview"], ["registered"])
    browser.submit(begin)
    after = board(browser, here)
    assert ["I01", "Interview", "Registered practitioners", "Fostering"] in [row[:4] for row in after.rows()]
    assert not [one for one in after.all("a") if "?kind=" in (one.get("href") or "")]


def test_what_an_address_brings_along_is_checked(browser: Browser, people: People, here: UUID) -> None:
    browser.sign_in(people.dana)
    page = browser.get(f"/diagnostics/{here}/fieldwork/records/new/interview?kind=panel&role_group=chiefs")
    assert (page.fields()["kind"], page.fields()["role_group"]) == ([""], [""])


@pytest.mark.parametrize("who", ["alice", "bob"])
def test_whoever_does_not_gather_sees_numbers_and_nothing_that_was_said(
    browser: Browser, database: Database, people: People, here: UUID, who: str
) -> None:
    with database.transaction() as session:
        one = record(session, here, people.dana, role="leaders", note=NOTE)
        rate(session, one, people.dana, "Dana", {"cap_find": 2}, reason="He shrugged")
        quote(session, one, "it changed the plan")
        plan(session, here, role="leaders", note="Ask about the audit")
    page = board(browser.sign_in(getattr(people, who)), here)
    assert "1 of 1 planned record is done" in page.text
    for words in ("I01", "He shrugged", "changed the plan", "our own audit", "Ask about", "Begin", "Quotes"):
        assert words not in page.text
    assert "/records/" not in page.response.text
    browser.get(f"/diagnostics/{here}/fieldwork/quotes", status=403)
    browser.get(f"/diagnostics/{here}/fieldwork/checks", status=403)


def test_what_is_needed_is_said_in_the_order_of_its_weight(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    page = board(browser.sign_in(people.alice), here)
    text = page.text
    wanted = (
        "No interview or focus group is done yet.",
        "No observation is done yet.",
        "No document or review of figures is done yet.",
        "No practitioner has been heard yet.",
        "No record is rated twice yet.",
    )
    assert [text.index(one) for one in wanted] == sorted(text.index(one) for one in wanted)
    assert text.count("Holds confidence back under 6 headings") == 3


def test_a_rating_counts_when_its_rater_has_finished(database: Database, people: People, here: UUID) -> None:
    with database.transaction() as session:
        one = record(session, here, people.dana)
        rate(session, one, people.dana, "Dana", {"cap_find": 2, "cap_weigh": None})
        rate(session, one, people.bob, "Bob", {"cap_find": 3, "cap_weigh": 1}, done=False)
    found = gathered(database, here)["I01"]
    assert (found.raters, found.seen, found.seen_twice) == (1, frozenset({"cap_find"}), frozenset())


def test_what_two_raters_agreed_stands(database: Database, people: People, here: UUID) -> None:
    with database.transaction() as session:
        one = record(session, here, people.dana)
        rate(session, one, people.dana, "Dana", {"cap_find": 2, "cap_weigh": None})
        rate(session, one, people.bob, "Bob", {"cap_find": 3, "cap_weigh": 1})
        session.add(ReconciledRating(record_id=one.id, characteristic="cap_find", stage=None, reason="No"))
    found = gathered(database, here)["I01"]
    assert (found.raters, found.seen, found.seen_twice) == (
        2,
        frozenset({"cap_weigh"}),
        frozenset({"cap_find"}),
    )


def test_figures_are_done_without_a_rater(database: Database, people: People, here: UUID) -> None:
    framework = published()
    figure, what = next((i.id, c.id) for c in framework.characteristics for i in c.indicators)
    with database.transaction() as session:
        one = record(session, here, people.dana, "D01", "document")
        session.add(IndicatorValue(record_id=one.id, indicator=figure, value=40))
    found = gathered(database, here)["D01"]
    assert (found.done, found.double, found.seen) == (True, False, frozenset({what}))


def test_needs_that_differ_in_their_heading_alone_are_told_together() -> None:
    framework = published()
    ids = [heading.id for heading in framework.headings]
    thin = [Need("few_records", 1, heading=one, source="observation", number=1) for one in ids]

    def said(*needs: Need) -> list[str]:
        return [line.text for line in need_lines(framework, needs)]

    assert said(thin[4]) == ["Observation of Culture is thin: one record more."]
    assert said(*thin[3:5]) == ["Observation of Leadership and Culture is thin: one record more for each."]
    assert said(*thin) == ["Observation of all headings is thin: one record more for each."]
    nothing = [Need("nothing", 1, heading=one, source="observation", number=2) for one in ids]
    assert said(*nothing[1:]) == [
        "Observation of every heading but Evidence capability is missing: two records for each."
    ]
    areas = [Need("unheard_area", 0, area=one) for one in ("Early Help", "Courts")]
    assert said(*areas) == ["No practitioner has been heard yet in Early Help or Courts."]


def test_a_whole_board_can_be_read(browser: Browser, database: Database, people: People, here: UUID) -> None:
    with database.transaction() as session:
        half_done(session, here, people)
        let_gather(session, here, people.alice)
    page = board(browser.sign_in(people.alice), here)
    assert [
        "Direct practice",
        "2 records: counts 10 planned",
        "1 record: thin 4 planned",
        "0 records: nothing 6 planned",
    ] in page.rows()
    assert re.findall(r"\b[IOD]0\d\b", page.text) == ["D01", "I01", "I02", "I03", "O01"]


def test_the_frame_of_an_earlier_day_keeps_a_record_old(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    with database.transaction() as session:
        one = record(session, here, people.dana, "D01", "document", month=date(2020, 1, 1))
        rate(session, one, people.dana, "Dana", {"cap_find": 2})
    page = board(browser.sign_in(people.dana), here)
    assert "The newest record on Evidence capability is more than six months old." in page.text


def test_the_task_list_and_the_dashboard_say_how_much_is_done(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    with database.transaction() as session:
        plan(session, here, number=2)
        one = record(session, here, people.dana)
        rate(session, one, people.dana, "Dana", {"cap_find": 2})
        record(session, here, people.dana, "I02")
    browser.sign_in(people.alice)
    page = browser.get(f"/diagnostics/{here}")
    assert "1 of 2 planned records is done." in page.text
    assert page.link("See how far") == f"/diagnostics/{here}/fieldwork"
    assert "Fieldwork: 1 of 2 planned records is done" in browser.get("/").text


def test_the_board_the_task_and_the_checks_count_alike(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    framework = published()
    figure = next(i.id for c in framework.characteristics for i in c.indicators)
    with database.transaction() as session:
        plan(session, here, number=2, role="leaders")
        plan(session, here, "observation", area="Fostering")
        for code, role in (("I01", "leaders"), ("I02", "support"), ("I03", "support")):
            one = record(session, here, people.dana, code, role=role)
            rate(session, one, people.dana, "Dana", {"cap_find": 2}, done=code != "I03")
        seen = record(session, here, people.dana, "O01", "observation", area="Early help")
        rate(session, seen, people.dana, "Dana", {"cap_find": 2})
        read = record(session, here, people.dana, "D01", "document")
        session.add(IndicatorValue(record_id=read.id, indicator=figure, value=40))
    browser.sign_in(people.dana)
    counted = "4 records are done: 1 of the 3 planned and 3 others"
    assert counted in board(browser, here).text
    assert counted in browser.get(f"/diagnostics/{here}").text
    checks = browser.get(f"/diagnostics/{here}/fieldwork/checks").text
    assert "Interviews: 1 of 2 planned is not done; 1 other is." in checks
    assert "Observations: 1 of 1 planned is not done; 1 other is." in checks


def test_after_fieldwork_and_survey_nothing_is_asked_for(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    with database.transaction() as session:
        plan(session, here)
        diagnostic = session.get_one(Diagnostic, here)
        diagnostic.fieldwork_from, diagnostic.fieldwork_until = date(2026, 1, 5), date(2026, 1, 9)
    browser.sign_in(people.dana)
    late = board(browser, here)
    assert "Fieldwork took place from 5 January 2026 to 9 January 2026." in late.text
    assert "Whether it does is known when it closes." in late.text
    assert late.link("Begin")
    with database.transaction() as session:
        session.get_one(Diagnostic, here).state = "closed"
    over = board(browser, here)
    assert over.link("The profile") == f"/diagnostics/{here}/profile"
    for words in ("What is still needed", "This takes it that", "Begin a record", "What you can do"):
        assert words not in over.text
    with database.transaction() as session:
        session.get_one(Diagnostic, here).fieldwork_until = today()
    going_on = board(browser, here)
    assert "What is still needed" in going_on.text
    assert "Whether it does is known when it closes." not in going_on.text


def test_several_are_read_as_often_as_one(database: Database, people: People, here: UUID) -> None:
    with database.transaction() as session:
        plan(session, here)
        record(session, here, people.dana)
        session.get_one(Diagnostic, people.elsewhere).state = "launched"
        record(session, people.elsewhere, people.dana)
    statements: list[str] = []
    event.listen(database.reading, "before_cursor_execute", lambda *told: statements.append(str(told[2])))
    counts = []
    for ids in ([here], [here, people.elsewhere]):
        with database.transaction(writes=False) as session:
            diagnostics = [session.get_one(Diagnostic, one) for one in ids]
            statements.clear()
            assert set(fieldwork_tasks(session, diagnostics)) == set(ids)
        counts.append(len(statements))
    assert counts[0] == counts[1]
