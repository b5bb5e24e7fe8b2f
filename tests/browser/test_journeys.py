"""Every journey once with scripts switched off, and once by keyboard alone."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import fieldwork_stories, stories, survey_stories
from tests.browser.hands import HANDS, Hands, Keyboard
from tests.browser.site import Site
from tests.service.chromium import NEEDS_CHROMIUM
from tests.service.people import People

if TYPE_CHECKING:
    pass

pytestmark = NEEDS_CHROMIUM
Story = Callable[[Hands, People], None]
WithFiles = Callable[[Hands, People, Path], None]
STORIES: tuple[Story, ...] = (
    stories.joining_and_coming_back,
    stories.managing_people,
    stories.closing_ones_account,
    stories.commissioning,
    stories.describing_the_workforce,
    survey_stories.planning,
    survey_stories.reading_the_papers,
    survey_stories.launching,
    survey_stories.answering_from_a_personal_link,
    survey_stories.answering_from_the_open_link,
    fieldwork_stories.a_day_on_site,
    fieldwork_stories.removing_a_record,
    fieldwork_stories.looking_after_the_library,
)
WITH_FILES: tuple[WithFiles, ...] = (stories.uploading_the_frame, survey_stories.inviting_staff)


def _name(one: object) -> str:
    return str(getattr(one, "__name__", one)).lower()


@pytest.mark.parametrize("hands", HANDS, ids=_name)
@pytest.mark.parametrize("story", STORIES, ids=_name)
def test_a_journey(site: Site, people: People, story: Story, hands: type[Hands]) -> None:
    story(hands(site), people)


@pytest.mark.parametrize("hands", HANDS, ids=_name)
@pytest.mark.parametrize("story", WITH_FILES, ids=_name)
def test_a_journey_with_files(
    site: Site, people: People, tmp_path: Path, story: WithFiles, hands: type[Hands]
) -> None:
    story(hands(site), people, tmp_path)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<style>a:focus { outline: none }</style><a href='/x'>Go</a>", "the focus cannot be seen"),
        ("<a href='/y'>Elsewhere</a><a href='/x' tabindex='-1'>Go</a>", "does not lead to"),
        ("<a href='/x' style='position: fixed; left: -900px'>Go</a>", "the focus cannot be seen"),
    ],
    ids=["unmarked", "no stop", "outside"],
)
def test_what_a_keyboard_cannot_do_is_noticed(site: Site, page: str, said: str) -> None:
    hands = Keyboard(site)
    hands.page.set_content(page)
    with pytest.raises(AssertionError, match=said):
        hands.follow("Go")
