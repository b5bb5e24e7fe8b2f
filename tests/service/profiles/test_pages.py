"""The pages of a profile: what is published, each chart with its numbers, and nothing more to the council."""

import pytest
from sqlalchemy import select

from app.briefs import words
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.fieldwork.models import Fieldwork, FieldworkRecord, RecordRating
from app.profiles.models import ProfileSnapshot
from app.profiles.presenters import CODE_WORDS
from app.profiles.queries import profile_of
from app.profiles.replying import open_reply
from app.web.dates import now, today, uk_date
from diagnostics.published import PublishedProfile
from tests.service.browser import Browser, Page, text_of
from tests.service.people import People
from tests.service.profiled import Council, profiled


@pytest.fixture
def council(database: Database, people: People) -> Council:
    """A closed wave with its profile."""
    return profiled(database, people)


@pytest.fixture
def profile(database: Database, council: Council) -> PublishedProfile:
    """The profile."""
    with database.transaction(writes=False) as session:
        wanted = select(ProfileSnapshot).where(ProfileSnapshot.diagnostic_id == council.here)
        return profile_of(session.scalars(wanted).one())


@pytest.fixture
def address(council: Council) -> str:
    """The address of the profile."""
    return f"/diagnostics/{council.here}/profile/1"


def charts(page: Page) -> list[str]:
    """What the alternative texts of a page's charts say."""
    main = page.all("main")[0]
    return [text_of(one) for one in main.iter() if one.tag.endswith("title")]


def test_the_overview_shows_every_heading_and_source_with_its_numbers(
    browser: Browser, people: People, profile: PublishedProfile, address: str
) -> None:
    page = browser.sign_in(people.dana).get(address)
    rows = [" ".join(row) for row in page.rows()]
    for heading in profile.headings:
        assert heading.combined is not None
        assert page.link(heading.name) == f"{address}/headings/{heading.id}"
        strip, heat, table = (row for row in rows if row.startswith(heading.name))
        assert str(heading.combined.score) in strip
        assert heading.confidence.grade.capitalize() in strip
        present = heading.sources.present().values()
        for source in present:
            assert str(source.score) in heat and str(source.score) in table
        assert heat.count("silent") == 4 - len(present)
        assert any(said.startswith(f"{heading.name}:") for said in charts(page))
    assert not any(one.get("style") for one in page.root.iter()), "the policy of content forbids it"


def test_a_heading_shows_sources_answers_groups_findings_quotes_and_codes(
    browser: Browser, people: People, profile: PublishedProfile, address: str
) -> None:
    browser.sign_in(people.dana)
    for heading in profile.headings:
        page = browser.get(f"{address}/headings/{heading.id}")
        assert page.heading == heading.name
        for finding in heading.findings:
            assert profile.finding(finding).text in page.text
        for item in heading.items:
            assert item.text in page.text
            assert item.suppressed or any(said.startswith(f"{item.code}:") for said in charts(page))
        for quote in profile.quotes:
            assert (quote.text in page.text) is (quote.heading == heading.id)
        rows = page.rows()
        for group in (*heading.groups.role_group, *heading.groups.service_area):
            row = next(row for row in rows if row[0] == group.name)
            if group.suppressed:
                assert row[1:] == ["not shown, to protect people in a small group", ""]
            else:
                assert row[2] == group.n_band
        pairs = [row for row in rows if row[0].startswith(f"{heading.name} ") and len(row) == 4]
        assert len(pairs) == len(heading.pairs)
        assert all("confirmed: Two of us read the notes again and agree." in row[3] for row in pairs)
        assert [row[2] for row in pairs] == [CODE_WORDS[pair.code] for pair in heading.pairs]
    browser.get(f"{address}/headings/nothing", status=404)


def test_reasons_of_ratings_are_for_those_who_gather(
    browser: Browser, database: Database, people: People, council: Council, address: str
) -> None:
    with database.transaction(writes=False) as session:
        wanted = (
            select(RecordRating.reason)
            .join(FieldworkRecord, FieldworkRecord.id == RecordRating.record_id)
            .where(
                FieldworkRecord.diagnostic_id == council.here,
                RecordRating.characteristic.like("cul_%"),
                RecordRating.reason != "",
            )
        )
        reasons = set(session.scalars(wanted))
    assert reasons
    hers = browser.sign_in(people.dana).get(f"{address}/headings/culture").text
    assert all(" ".join(reason.split()) in hers for reason in reasons)
    with database.transaction() as session:
        open_reply(session, session.get_one(Diagnostic, council.here), today(), people.dana)
    theirs = browser.sign_in(people.alice).get(f"{address}/headings/culture").text
    assert not any(" ".join(reason.split()) in theirs for reason in reasons)


def test_after_the_notes_went_the_reasons_are_gone_and_the_page_says_so(
    browser: Browser, database: Database, people: People, council: Council, address: str
) -> None:
    with database.transaction() as session:
        fieldwork = session.get(Fieldwork, council.here)
        if fieldwork is None:
            fieldwork = Fieldwork(diagnostic_id=council.here)
            session.add(fieldwork)
        fieldwork.purged_on = now().date()
    page = browser.sign_in(people.dana).get(f"{address}/headings/culture")
    assert f"They were deleted with the notes on {uk_date(now())}" in page.text
    assert "Leaders above practitioners." in page.text, "the profile stays"


def test_who_answered_shows_every_group_or_says_that_it_is_hidden(
    browser: Browser, people: People, profile: PublishedProfile, address: str
) -> None:
    page = browser.sign_in(people.dana).get(f"{address}/response")
    rows = page.rows()
    for group in profile.response.by_role_group:
        row = next(row for row in rows if row[0] == group.name)
        assert ("not shown" in row[1]) is group.suppressed
        assert group.suppressed or row[2] == f"People {group.n_band}"
    assert words.AREAS_NOT_KNOWN in page.text
    assert not {group.name for group in profile.response.by_service_area} & {row[0] for row in rows}
    for limit in profile.limits:
        assert limit.text in page.text


def test_how_sure_we_are_is_said_in_words_and_the_figures_stand_behind(
    browser: Browser, people: People, profile: PublishedProfile, address: str
) -> None:
    page = browser.sign_in(people.dana).get(f"{address}/sure")
    hidden = text_of(page.all("details")[-1])
    for heading in profile.headings:
        assert f"{heading.name}: {heading.confidence.grade} confidence" in page.text
        alpha = profile.reliability[heading.id].alpha
        assert alpha is not None
        assert f"{alpha.value:.2f}" in hidden
    assert "hang together well" in page.text
    assert page.text.count("Cronbach") == hidden.count("Cronbach") > 0


def test_every_mark_leads_to_a_line_of_the_evidence(
    browser: Browser, people: People, profile: PublishedProfile, address: str
) -> None:
    browser.sign_in(people.dana)
    evidence = browser.get(f"{address}/evidence")
    lines = {one.get("id") or "" for one in evidence.all("tr")}
    overview = browser.get(address)
    links = [one.get("href") or "" for one in overview.all("a")]
    marks = {link for link in links if "/evidence#" in link}
    assert marks
    assert {mark.partition("#")[2] for mark in marks} <= lines
    assert all(entry.mark in evidence.text for entry in profile.evidence)


def test_a_page_of_an_earlier_profile_says_that_there_is_a_newer_one(
    browser: Browser, database: Database, people: People, council: Council
) -> None:
    with database.transaction() as session:
        first = session.scalars(
            select(ProfileSnapshot).where(ProfileSnapshot.diagnostic_id == council.here)
        ).one()
        columns = {
            column.key: getattr(first, column.key)
            for column in ProfileSnapshot.__table__.columns
            if column.key not in ("id", "number")
        }
        session.add(ProfileSnapshot(**columns, number=2))
    browser.sign_in(people.dana)
    room = f"/diagnostics/{council.here}/profile"
    assert browser.get(f"{room}/1").link("Open profile 2") == f"{room}/2"
    assert "This is not the newest" not in browser.get(f"{room}/2").text
    assert browser.get(room).link("Open profile 2, the newest") == f"{room}/2"
    browser.get(f"{room}/3", status=404)


def test_a_second_wave_shows_the_change_and_what_was_silent(
    browser: Browser, database: Database, people: People
) -> None:
    council = profiled(database, people, waves=2)
    page = browser.sign_in(people.dana).get(f"/diagnostics/{council.here}/profile/1")
    rows = [" ".join(row) for row in page.rows()]
    assert any(row.startswith("Direct practice") and "Up by 4 to 8" in row for row in rows)
    skills = [row for row in rows if row.startswith("Skills")]
    assert any(row.count("silent") == 2 for row in skills), "no document and no observation spoke to it"
    heading = browser.get(f"/diagnostics/{council.here}/profile/1/headings/practice")
    assert "Up by 4 to 8" in heading.text
