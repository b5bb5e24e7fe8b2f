"""Pages that are printed once: what is one visitor's own reaches nobody else, and cannot become markup."""

import re
from uuid import UUID

import pytest
import time_machine
from fastapi import FastAPI

from app.database.session import Database
from app.survey.models import Survey
from app.survey.services.ballots import make_ballots
from app.web.sheets import Sheet, chosen_mark, mark
from app.web.templating import environment
from tests.service.browser import Browser
from tests.service.conftest import ADDRESS
from tests.service.survey.conftest import keys, survey_id
from tests.service.survey.staff import NOON
from tests.service.survey.test_respondent import about_you, answer_page, questions_on, start

__all__ = ["keys", "survey_id"]
HOSTILE = '</textarea><script>alert("1")</script> \x02nonce\x03 & Siân'


@pytest.fixture
def printed() -> Sheet:
    template = environment().from_string(
        '<p class="{{ one }}">{{ two }}</p>'
        "{% from 'govuk_frontend_jinja/components/radios/macro.html' import govukRadios %}"
        "{{ govukRadios({'name': 'a', 'items': [{'value': 'x', 'text': 'X', 'attributes': attributes}]}) }}"
    )
    return Sheet(template.render(one=mark("one"), two=mark("two"), attributes=chosen_mark("a", "x")))


def test_what_is_filled_in_cannot_become_markup_or_a_mark(printed: Sheet) -> None:
    filled = printed.filled({"one": '" onclick="', "two": HOSTILE})
    assert "<script>" not in filled
    assert '"&#34; onclick=&#34;"' in filled
    assert "\x02nonce\x03" in filled, "it is looked for marks before anything is filled in"


def test_a_choice_is_checked_where_it_was_made_and_only_there(printed: Sheet) -> None:
    assert " checked" in printed.filled({"a=x": "checked"})
    assert " checked" not in printed.filled({"a=y": "checked"})
    assert "\x02" not in printed.filled({})


def test_one_persons_page_holds_nothing_of_another_person(
    service: FastAPI, database: Database, survey_id: UUID
) -> None:
    with database.transaction() as session:
        tokens = make_ballots(session, session.get_one(Survey, survey_id), 2)
    with time_machine.travel(NOON), Browser(service, ADDRESS) as one, Browser(service, ADDRESS) as other:
        page = about_you(one, start(one, tokens[0]))
        code, path = questions_on(page)[0], page.path
        answer_page(one, page, "5")
        assert one.get(path).fields()[code] == ["5"]
        about_you(other, start(other, tokens[1]))
        theirs = other.get(path)
        assert code not in theirs.fields()
        pages = [one.get(path), one.get(path), theirs]
        for hidden in (r'nonce="([^"]+)"', r'name="ballot" value="([^"]+)"'):
            found = [set(re.findall(hidden, each.response.text)) for each in pages]
            assert all(len(values) == 1 for values in found)
            assert len(set.union(*found)) == 3, "each answer has its own"
        assert tokens[0] not in theirs.response.text
