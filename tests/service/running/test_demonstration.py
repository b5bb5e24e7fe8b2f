"""What a newcomer finds in the demonstration: every stage of the flow, to look at and to go on with."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.actions.models import Action, ActionNote
from app.audit.models import Entry
from app.briefs.models import DRAFT, PUBLISHED, InsightBrief
from app.commands.demonstration import filling
from app.commands.demonstration.filling import PARTS, fill
from app.commissioning.checklist import checklist, missing
from app.commissioning.models import Authority, Diagnostic, FrameCell, ServiceArea
from app.database.session import Database
from app.main import create_app
from app.profiles.building import Verified, verify
from app.profiles.models import ProfileSnapshot
from app.settings import Settings
from app.survey.models import Survey
from app.web.dates import LONDON, today
from app.web.secrets import load_secrets
from app.worker import Worker
from tests.service.browser import Browser, Page
from tests.service.conftest import ADDRESS
from tests.service.running.conftest import Filled

HEADCOUNTS = {"Wexbourne": 405, "Wexbourne 2": 420, "Penwardine": 58, "Marlshire": 1950}
SIGN_IN = re.compile(r"(\w+)@demo\.example\s+([a-z-]{20,})")
PEOPLE = ("lead", "pdm", "commissioner", "reader", "marlshire", "penwardine")


@dataclass(frozen=True, slots=True)
class Site:
    """A demonstration that is served: a copy, which may be changed."""

    settings: Settings
    database: Database
    browser: Browser

    def as_(self, who: str) -> Browser:
        """Be somebody of the demonstration."""
        with self.database.transaction(writes=False) as session:
            email = f"{who}@demo.example"
            account = session.scalars(select(Account.id).where(Account.email == email)).one()
        return self.browser.sign_in(account)

    def diagnostic(self, name: str) -> str:
        """Give the address of a diagnostic by its council, and its wave where it is not the first."""
        council, _, wave = name.partition(" ")
        with self.database.transaction(writes=False) as session:
            found = session.scalars(
                select(Diagnostic.id)
                .join(Authority, Authority.code == Diagnostic.authority_code)
                .where(Authority.name.startswith(council), Diagnostic.wave == int(wave or 1))
            ).one()
        return f"/diagnostics/{found}"


def served(filled: Filled, folder: Path) -> Iterator[Site]:
    shutil.copytree(filled.data, folder)
    settings = Settings(data_folder=folder, database_url="", demo=True, mail="file", base_url=ADDRESS)
    database = Database.at(settings.address)
    with Browser(create_app(settings, database), ADDRESS) as browser:
        yield Site(settings, database, browser)
    database.close()


@pytest.fixture(scope="module")
def site(filled: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """For tests that only look."""
    yield from served(filled, tmp_path_factory.mktemp("looked_at") / "data")


@pytest.fixture
def own_site(filled: Filled, tmp_path: Path) -> Iterator[Site]:
    """For a test that goes on with it."""
    yield from served(filled, tmp_path / "data")


def brief_of(site: Site, who: str) -> Page:
    return site.browser.get(site.as_(who).get("/briefs").link("Wexbourne"))


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_signs_in_with_what_was_printed(site: Site, filled: Filled, who: str) -> None:
    key = re.search(r"from this key: ([A-Z2-7 ]+)", filled.said)
    assert key
    site.browser.client.cookies.clear()
    page = site.browser.get("/sign-in")
    sent = {"email": f"{who}@demo.example", "password": dict(SIGN_IN.findall(filled.said))[who]}
    asked = site.browser.submit(page, sent)
    inside = site.browser.submit(asked, {"code": pyotp.TOTP(key[1].replace(" ", "")).now()})
    assert inside.heading == "Dashboard"
    assert "This is a demonstration." in inside.text


@pytest.mark.parametrize("who", ["lead", "pdm", "commissioner", "reader", "marlshire"])
def test_the_first_brief_is_read_by_its_council_and_by_the_one_it_is_shared_with(
    site: Site, who: str
) -> None:
    page = brief_of(site, who)
    assert "Brief insight document, wave 1" in page.text
    assert "though many want to" in page.text, "somebody reworded a sentence"


def test_nobody_else_reads_it(site: Site) -> None:
    assert "Wexbourne" not in site.as_("penwardine").get("/briefs").text


def test_its_files_are_there(site: Site) -> None:
    page = site.browser.get(site.as_("marlshire").get("/briefs").link("Files"))
    for words, first in (("Brief (PDF)", b"%PDF-1.7"), ("For staff (PDF)", b"%PDF-1.7"), ("Excel", b"PK")):
        assert site.browser.client.get(page.link(words)).content.startswith(first)


def test_every_stage_of_the_first_wave_is_done_and_that_of_the_second_waits(site: Site) -> None:
    browser = site.as_("commissioner")
    first, second = (browser.get(site.diagnostic(one)).text for one in ("Wexbourne", "Wexbourne 2"))
    assert "Every code is decided" in first and "Every code is decided" in second
    assert "It was published on" in first
    assert "It waits for a second signature" in second
    assert "1 action is overdue" in first


def test_the_dashboard_tells_of_the_signature_and_of_the_action_that_is_overdue(site: Site) -> None:
    told = "Brief: it waits for a second signature. In the plan of wave 1, 1 action is overdue"
    assert f"Wave 2 : survey closed. {told}." in site.as_("commissioner").get("/").text
    assert site.as_("lead").get("/").rows()[1][0] == told


def test_what_the_council_replied_is_there_with_its_answers(site: Site) -> None:
    for wave in ("Wexbourne", "Wexbourne 2"):
        page = site.as_("commissioner").get(f"{site.diagnostic(wave)}/profile/reply")
        assert page.text.count("Answer:") == 3
        assert "Ravi Sandhu" in page.text and "Piotr Dunne" in page.text


def test_the_action_plan_has_been_under_way_for_a_year(site: Site) -> None:
    browser, home = site.as_("commissioner"), site.diagnostic("Wexbourne")
    page = browser.get(f"{home}/actions")
    for words in ("Overdue (1)", "Done (2)", "Not seen", "Partly seen", "Carys Whitlock", "Ama Boateng"):
        assert words in page.text
    action = browser.get(page.link("Ask “How do we know?”"))
    assert "“To do” became “Under way”." in action.text
    winter = browser.get(f"{home}/actions/progress?quarter=2026-1")
    assert "1 done in this quarter" in winter.text and "2 under way" in winter.text


def test_nothing_of_the_first_wave_is_dated_after_today_or_before_its_brief(site: Site) -> None:
    with site.database.transaction(writes=False) as session:
        brief = session.scalars(select(InsightBrief).where(InsightBrief.state == PUBLISHED)).one()
        assert brief.published_at
        out = brief.published_at.astimezone(LONDON).date()
        assert out == min(date(2025, 12, 8), today())
        days = [one.astimezone(LONDON).date() for one in session.scalars(select(ActionNote.made_at))]
        days += [one for one in session.scalars(select(Action.sign_on)) if one]
        assert days and all(out <= day <= today() for day in days)


def test_the_log_tells_the_same_days_as_the_pages(site: Site) -> None:
    with site.database.transaction(writes=False) as session:
        brief = session.scalars(select(InsightBrief).where(InsightBrief.state == PUBLISHED)).one()
        entries = session.scalars(select(Entry).where(Entry.action == "brief published")).all()
        assert brief.published_at
        assert [one.at.date() for one in entries] == [brief.published_at.date()]
        noted = {one.made_at for one in session.scalars(select(ActionNote))}
        planned = select(Entry.at).where(Entry.action.in_(("action changed", "action noted")))
        assert set(session.scalars(planned)) <= noted


def test_what_a_launch_needs_was_agreed_before_it_and_at_an_hour_of_work(site: Site) -> None:
    with site.database.transaction(writes=False) as session:
        for one in session.scalars(select(Diagnostic).where(Diagnostic.state != DRAFT)):
            for moment in (one.lawful_basis_confirmed_at, one.frame_confirmed_at, one.plan_confirmed_at):
                assert moment and one.survey_opens_on
                assert one.created_at < moment
                assert moment.astimezone(LONDON).date() < one.survey_opens_on
                assert 9 <= moment.astimezone(LONDON).hour < 17


def test_a_closed_survey_names_its_custodians(site: Site) -> None:
    page = site.as_("commissioner").get(f"{site.diagnostic('Wexbourne 2')}/survey").text
    assert "The close is complete" in page
    for name in ("Carys Whitlock (you)", "Piotr Dunne"):
        assert f"{name} : destroyed their copy" in page or f"{name}: destroyed their copy" in page


@pytest.mark.parametrize(("wave", "number"), [("Wexbourne", 3), ("Wexbourne 2", 5)])
def test_quotes_stand_in_their_notes_and_a_second_person_released_them(
    site: Site, wave: str, number: int
) -> None:
    page = site.as_("pdm").get(f"{site.diagnostic(wave)}/fieldwork/quotes").text
    assert page.count("proposed by you, released by Laila Osei") == number
    assert "Not word for word" not in page


def test_the_profiles_are_what_the_evidence_gives_again(site: Site) -> None:
    """Also after the first wave was dated back."""
    with site.database.transaction(writes=False) as session:
        snapshots = session.scalars(select(ProfileSnapshot).order_by(ProfileSnapshot.made_at)).all()
        assert [one.number for one in snapshots] == [1, 2, 1, 2]
        for one in snapshots:
            diagnostic = session.get_one(Diagnostic, one.diagnostic_id)
            assert verify(session, diagnostic, one) is Verified.IDENTICAL


def test_the_change_since_the_first_wave_is_shown(site: Site) -> None:
    page = site.as_("pdm").get(f"{site.diagnostic('Wexbourne 2')}/change")
    assert "Up: Direct practice. No reliable change in 5 headings." in page.text
    assert "Tell families what they changed : done." in page.text
    assert "15 more" in page.text


def test_the_second_brief_is_signed_a_second_time_and_published_in_the_browser(own_site: Site) -> None:
    home = own_site.diagnostic("Wexbourne 2")
    browser = own_site.as_("commissioner")
    room = browser.get(f"{home}/brief")
    assert "A second person has to sign." in room.text
    assert "Signed by: Piotr Dunne" in room.text
    assert "Coaching after courses has not." in room.text
    browser.submit(browser.get(f"{home}/brief/sign"), {"read": "yes"})
    asked = browser.submit(browser.get(f"{home}/brief/publish"))
    assert "It is being published" in asked.text
    worker = Worker.of(own_site.settings)
    assert worker.work_once()
    worker.end()
    assert "It was published on" in browser.get(f"{home}/brief").text
    reader = own_site.as_("reader")
    assert "Up: Direct practice." in reader.get(f"{home}/change").text
    assert len([row for row in reader.get("/briefs").rows() if "Wexbourne" in row[0]]) == 2
    offered = own_site.as_("commissioner").get(f"{home}/actions")
    assert "Train managers to coach after every course" in offered.text
    marlshire = own_site.as_("marlshire").get("/briefs")
    assert len([row for row in marlshire.rows() if "Wexbourne" in row[0]]) == 1, "each wave is shared alone"


def test_marlshires_survey_can_be_answered_now(site: Site) -> None:
    page = site.as_("marlshire").get(f"{site.diagnostic('Marlshire')}/survey")
    link = re.search(r"/o/[\w-]+", page.text)
    assert link
    site.browser.client.cookies.clear()
    assert "Marlshire County Council" in site.browser.get(link[0]).text
    with site.database.transaction(writes=False) as session:
        survey = session.scalars(select(Survey).where(Survey.open_code == link[0][3:])).one()
        assert survey.keys_fetched
        assert survey.opens_on < today() < survey.closes_on


def test_penwardines_draft_says_what_it_still_lacks(site: Site) -> None:
    with site.database.transaction(writes=False) as session:
        draft = session.scalars(select(Diagnostic).where(Diagnostic.state == DRAFT)).one()
        lacking = " ".join(missing(checklist(session, draft)))
        assert "Nobody is chosen to gather the evidence." in lacking
        assert "passed" not in lacking, "its days are to come"
        assert draft.survey_opens_on and draft.survey_opens_on.weekday() == 0


def test_what_a_launch_needs_was_there_in_every_other_diagnostic(site: Site) -> None:
    with site.database.transaction(writes=False) as session:
        for one in session.scalars(select(Diagnostic).where(Diagnostic.state != DRAFT)):
            left = [words for words in missing(checklist(session, one)) if "has passed" not in words]
            assert left == []


def test_each_council_has_its_workforce(site: Site) -> None:
    people = (
        select(Authority.name, Diagnostic.wave, func.sum(FrameCell.headcount))
        .join(Diagnostic, Diagnostic.authority_code == Authority.code)
        .join(ServiceArea, ServiceArea.diagnostic_id == Diagnostic.id)
        .join(FrameCell, FrameCell.service_area_id == ServiceArea.id)
        .group_by(Authority.name, Diagnostic.wave)
    )
    with site.database.transaction(writes=False) as session:
        found = {
            f"{name.split()[0]} {wave}".removesuffix(" 1"): number
            for name, wave, number in session.execute(people)
        }
    assert found == HEADCOUNTS


def test_what_was_done_stands_in_the_log(site: Site) -> None:
    with site.database.transaction(writes=False) as session:
        done = set(session.scalars(select(Entry.action)))
    assert {
        "profile computed",
        "codes confirmed",
        "codes overruled",
        "brief published",
        "brief shared",
    } <= done


def test_where_no_pdf_can_be_made_the_first_brief_stays_a_draft(
    tmp_path: Path, migrated_file: Path, sample_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "can_publish_here", lambda: False)
    data = tmp_path / "data"
    data.mkdir()
    shutil.copyfile(migrated_file, data / "diagnostic.db")
    settings = Settings(data_folder=data, database_url="", demo=True, mail="file")
    database = Database.at(settings.address)
    told: list[str] = []
    fill(database, settings, load_secrets(settings), sample_data, "JBSWY3DPEHPK3PXP", told.append)
    with database.transaction(writes=False) as session:
        assert session.scalars(select(InsightBrief.state)).all() == [DRAFT, DRAFT]
        assert session.scalar(select(func.count()).select_from(Action)) == 0
    database.close()
    assert "Wave 1: Its brief stays a draft, as no PDF can be made here" in told
    assert len(told) == PARTS - 1
