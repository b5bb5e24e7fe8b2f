"""From the end of fieldwork to actions, by role, in a real browser: with the worker, on both databases."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from app.settings import Settings
from app.worker import Worker
from tests.browser import flow_stories as story
from tests.browser.hands import Hands, Mouse
from tests.browser.site import Site, opened
from tests.service.chromium import NEEDS_CHROMIUM, SECRET_KEY, faults_of
from tests.service.people import People
from tests.service.profiled import gathered

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = NEEDS_CHROMIUM


@pytest.fixture
def site(database_address: str, chromium: "Browser", tmp_path: Path) -> Iterator[Site]:
    """A site on each database, with a worker beside it as the service has one."""
    folder = tmp_path / "data"
    folder.mkdir(exist_ok=True)
    with opened(folder, chromium, database_url=database_address) as one:
        worker = Worker.of(
            Settings(
                data_folder=folder,
                database_url=database_address,
                base_url=one.address,
                secret_key=SecretStr(SECRET_KEY),
            )
        )
        worker.start()
        yield one
        worker.end()
        for context in chromium.contexts:
            context.close()


@pytest.fixture
def people(site: Site, people: People) -> People:
    """The personas, in a council whose survey is closed and whose fieldwork is in."""
    with site.database.transaction() as session:
        gathered(session, people)
    return people


@pytest.mark.parametrize(
    ("database_address", "hands"),
    [("sqlite", story.Scripted), ("postgresql", story.Scripted), ("sqlite", Mouse)],
    ids=["sqlite", "postgresql", "without scripts"],
    indirect=["database_address"],
)
def test_from_evidence_to_actions_by_role(site: Site, people: People, hands: type[Hands]) -> None:
    place = f"/diagnostics/{people.here}"
    roles: dict[str, Hands] = {}
    for name in ("alice", "bob", "charlie", "dana", "petra", "nobody"):
        roles[name] = hands(site)
        roles[name].sit_down(getattr(people, name, None))

    story.a_profile(roles["dana"], place)
    story.a_right_of_reply(roles, place)
    story.a_draft(roles["dana"], place)
    story.two_signatures(roles, place)
    page = story.readers(roles, people)
    for kind in ("Brief", "For staff"):
        reads_the_file(roles["bob"], page, kind)
    story.actions(roles["alice"], place)
    petra = roles["petra"]
    petra.open("/sector")
    petra.reads("No comparison group yet")
    if hands.scripts:
        assert faults_of(petra.page) == []


def reads_the_file(bob: Hands, page: str, kind: str) -> None:
    """A reader of the council finds the brief, downloads a file, and can tell that it is the one."""
    bob.open("/")
    bob.follow("Briefs")
    with bob.page.expect_navigation():
        bob.activate(bob.page.get_by_role("link", name="Files to download").first, "Enter")
    assert bob.page.url == f"{page}/files"
    media_type, data = story.kept(bob, f"{kind} (PDF)")
    assert media_type == "application/pdf"
    assert data.startswith(b"%PDF-")
    bob.unfold("Check that a file is genuine")
    bob.reads(sha256(data).hexdigest())
    _, html = story.kept(bob, f"{kind} (web page)")
    assert (story.OURS in html.decode()) == (kind == "Brief")
