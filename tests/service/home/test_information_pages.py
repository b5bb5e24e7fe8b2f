"""/privacy and /accessibility: they say what the service does, and nothing that it does not."""

import re
from pathlib import Path

import pytest
import textstat
from fastapi import FastAPI
from pydantic import SecretStr

from app.database.base import Base
from app.database.session import Database
from app.main import create_app
from app.settings import Settings
from tests.service.browser import Browser, Page, text_of
from tests.service.people import People

HIGHEST_GRADE = 9
# Where the page speaks of each column that could hold something about a person who signs in. A column that is
# new has no words yet, and the test fails until the page has them.
WORDS = {
    "accounts": {
        "name": "Your name",
        "email": "work email address",
        "password_hash": "Your password and your recovery codes are kept as hashes",
        "totp_sealed": "secret of your authenticator app is encrypted",
        "totp_confirmed_at": "How you sign in",
        "totp_last_step": "How you sign in",
        "oidc_subject": "How you sign in",
        "created_at": "When your account was made",
        "joined_at": "when you joined",
        "last_signed_in_at": "when you last signed in",
        "disabled_at": "your account is closed",
        "closed_at": "your account is closed",
    },
    "grants": {"role": "Your roles", "authority_code": "the councils in which", "granted_at": "Your roles"},
    "sessions": {
        "token_hash": "The code in your cookie is kept as a hash",
        "device": "the kind of browser and device",
        "started_at": "since when",
        "seen_at": "when last used",
    },
    "account_links": {
        "purpose": "To let you join, or choose a new password",
        "token_hash": "They are kept as hashes",
        "expires_at": "with the day on which they end",
        "created_at": "Links that we mailed to you",
    },
    "recovery_codes": {"code_hash": "your recovery codes are kept as hashes"},
    "failed_attempts": {"subject": "counted by hashes", "at": "Failed attempts to sign in"},
    "outgoing_mail": {
        "sealed": "It is encrypted while it waits",
        "kind": "Mail to you",
        "created_at": "Mail to you",
        "due_at": "Mail to you",
        "attempts": "What cannot be sent",
        "problem": "What cannot be sent",
    },
    "audit_entries": {
        "at": "A log of what you changed, and when",
        "actor_id": "It holds a number for your account, no name",
        "action": "A log of what you changed",
        "authority_code": "A log of what you changed",
        "subject_id": "A log of what you changed",
        "details": "nothing that you wrote",
    },
}
KEYS = {"id", "account_id"}


def with_settings(settings: Settings, database: Database, **values: object) -> FastAPI:
    return create_app(settings.model_copy(update=values), database)


def test_everyone_may_read_them_and_no_cookie_is_set(browser: Browser) -> None:
    for path in ("/method", "/method/formulas", "/privacy", "/accessibility"):
        assert "set-cookie" not in browser.get(path).response.headers


def test_every_page_leads_to_them(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.bob).get("/")
    for words, heading in (
        ("The method", "The method"),
        ("Privacy", "Privacy"),
        ("Accessibility", "Accessibility statement for Evidence-use diagnostic"),
    ):
        assert browser.get(page.link(words)).heading == heading


def test_privacy_speaks_of_everything_that_is_kept_of_who_signs_in(browser: Browser) -> None:
    text = browser.get("/privacy").text
    for table, words in WORDS.items():
        columns = {column.name for column in Base.metadata.tables[table].columns} - KEYS
        assert columns <= words.keys(), table
        assert [one for one in words.values() if one not in text] == [], table


def test_privacy_names_every_cookie_that_the_code_sets(
    settings: Settings, database: Database, project_root: Path
) -> None:
    code = [path.read_text(encoding="utf-8") for path in (project_root / "app").rglob("*.py")]
    named = {name for text in code for name in re.findall(r'"(__Host-[a-z-]+)"', text)}
    assert {"__Host-session", "__Host-visit", "__Host-notice"} <= named
    single = {"oidc_issuer": "https://login.example", "oidc_client_id": "us"}
    with Browser(with_settings(settings, database, **single), settings.base_url) as browser:
        rows = {row[0]: row[1:] for row in browser.get("/privacy").rows() if row[0].startswith("__Host-")}
    assert rows.keys() == named
    assert all(all(cells) for cells in rows.values())


def test_privacy_names_single_sign_on_only_where_there_is_one(
    settings: Settings, database: Database, browser: Browser
) -> None:
    assert "your Microsoft account" not in browser.get("/privacy").text
    single = {
        "oidc_issuer": "https://login.example",
        "oidc_client_id": "us",
        "oidc_client_secret": SecretStr("s"),
    }
    with Browser(with_settings(settings, database, **single), settings.base_url) as other:
        text = other.get("/privacy").text
    assert "If you use your Microsoft account, we keep the number by which it knows you." in text
    assert "__Host-single" in text


@pytest.mark.parametrize("path", ["/privacy", "/accessibility"])
def test_they_name_who_runs_the_service_and_how_to_reach_them(
    settings: Settings, database: Database, path: str, browser: Browser
) -> None:
    unnamed = browser.get(path).text
    assert "To reach us, ask the person who invited you." in unnamed
    assert "un by" not in unnamed, "nobody is named as running it"
    values = {"operator": "O'Brien & <b>", "support_email": "help@example.org"}
    with Browser(with_settings(settings, database, **values), settings.base_url) as other:
        page = other.get(path)
    assert "O'Brien & <b>" in page.text
    assert page.link("help@example.org") == "mailto:help@example.org"
    assert page.all("b") == []


@pytest.mark.parametrize("path", ["/method", "/method/formulas", "/privacy", "/accessibility"])
def test_no_page_loads_anything_from_elsewhere(path: str, browser: Browser) -> None:
    page = browser.get(path)
    loaded = [
        value
        for element in page.root.iter()
        if element.tag != "a"
        for name in ("src", "href", "action")
        if (value := element.get(name))
    ]
    assert loaded
    assert all(value.startswith("/") for value in loaded), loaded
    assert "default-src 'none'" in page.response.headers["content-security-policy"]


def test_the_statement_has_the_parts_of_the_model(browser: Browser) -> None:
    page = browser.get("/accessibility")
    headings = [text_of(one) for tag in ("h2", "h3") for one in page.all(tag)]
    parts = (
        "How accessible this website is",
        "Feedback and contact information",
        "Enforcement procedure",
        "Technical information about this website’s accessibility",
        "Non-accessible content",
        "What we are doing to improve accessibility",
        "Preparation of this accessibility statement",
        "Compliance status",
        "Non-compliance with the accessibility regulations",
        "Disproportionate burden",
        "Content that is not within the scope of the accessibility regulations",
    )
    assert [part for part in parts if part not in headings] == []


def test_the_statement_says_who_enforces_when_it_was_tested_and_what_is_not_known(browser: Browser) -> None:
    page = browser.get("/accessibility")
    assert "The Equality and Human Rights Commission (EHRC) is responsible for enforcing" in page.text
    assert page.link("Equality Advisory") == "https://www.equalityadvisoryservice.com/"
    assert re.search(r"This website was last tested on \d{1,2} [A-Z][a-z]+ \d{4}\.", page.text)
    assert "This website is partially compliant" in page.text
    assert "Nobody who uses a screen reader" in page.text
    assert "https://diagnostic.test" in page.text


@pytest.mark.parametrize("path", ["/privacy", "/accessibility"])
def test_they_read_easily(path: str, browser: Browser) -> None:
    prose = sentences(browser.get(path))
    assert textstat.textstat.flesch_kincaid_grade(prose) <= HIGHEST_GRADE
    assert not re.search(r"['\"!]|\b(\w+) \1\b", prose)


def sentences(page: Page) -> str:
    """What is written by us in sentences. The law makes two of the statement's paragraphs what they are."""
    found = [text_of(one) for tag in ("p", "td", "li") for one in page.all(tag)]
    return " ".join(text for text in found if text.endswith(".") and "Regulations 2018" not in text)
