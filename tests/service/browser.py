"""A browser for tests: it keeps cookies, fills in the forms that a page really has, and parses every page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from uuid import UUID
from xml.etree.ElementTree import Element

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Client, Response
from lxml import etree, html
from tinyhtml5.parser import HTMLParser

from app.accounts.signed_in import COOKIE, start_session
from app.database.session import Database

_SKIPPED = {"script", "style", "template"}
Files = Mapping[str, tuple[str, bytes, str]]
# What may change from page to page without a change of the markup: plain words, and the values of attributes.
_PLAIN = re.compile(r'(?<=>)[^<>&]+|(?<==")[^"<>&]*')
_LOOKED_AT: set[str] = set()


@dataclass(slots=True)
class Page:
    """An answer that is a page: its elements, and what they say."""

    response: Response
    root: Element = field(init=False)

    def __post_init__(self) -> None:
        text = self.response.text
        if (markup := _PLAIN.sub("", text)) not in _LOOKED_AT:
            # The document is what browsers are given, so nothing in it may need mending. Looking takes twenty
            # times as long as reading, so markup that was looked at is not looked at again.
            parser = HTMLParser(namespace_html_elements=False)
            parser.parse(text)
            assert parser.errors == [], [(place, code) for place, code, _ in parser.errors]
            _LOOKED_AT.add(markup)
        self.root = etree.fromstring(text, html.HTMLParser(remove_comments=True, remove_pis=True))
        ids = [one for one in (element.get("id") for element in self.root.iter()) if one]
        assert len(ids) == len(set(ids)), f"an id stands twice: {sorted(i for i in ids if ids.count(i) > 1)}"
        assert len(self.all("h1")) == 1, "a page has one main heading"

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        return self.response.url.path

    @property
    def title(self) -> str:
        return text_of(self.all("title")[0])

    @property
    def heading(self) -> str:
        return text_of(self.all("h1")[0])

    @property
    def text(self) -> str:
        """All that the page says, its spaces folded."""
        return text_of(self.all("body")[0])

    def all(self, tag: str, class_: str = "") -> list[Element]:
        """Give the elements of a kind, or those of them that have a class."""
        found = [element for element in self.root.iter() if element.tag == tag]
        return [one for one in found if class_ in (one.get("class") or "").split()] if class_ else found

    def link(self, words: str) -> str:
        """Give the address behind a link by its words."""
        found = [one.get("href") or "" for one in self.all("a") if words in text_of(one)]
        assert found, f"no link says {words!r}: {[text_of(one) for one in self.all('a')]}"
        return found[0]

    def rows(self) -> list[list[str]]:
        """Give the cells of every row of every table."""
        return [[text_of(cell) for cell in row.iter() if cell.tag in ("th", "td")] for row in self.all("tr")]

    @property
    def errors(self) -> list[str]:
        """What the summary of errors lists."""
        return [
            text_of(item)
            for summary in self.all("div", "govuk-error-summary")
            for item in summary.iter()
            if item.tag == "li"
        ]

    @property
    def own_forms(self) -> list[Element]:
        """Give the forms of the page itself; the one that signs out stands on every page."""
        return [one for main in self.all("main") for one in main.iter() if one.tag == "form"]

    def form(self, action: str = "") -> Element:
        """Give the page's form that changes something, or the one that goes to an address."""
        found = [one for one in self.all("form") if (one.get("method") or "").lower() == "post"]
        if action != "/sign-out":
            # Every page has that one.
            found = [one for one in found if one.get("action") != "/sign-out"]
        if action:
            found = [one for one in found if (one.get("action") or self.path) == action]
        assert found, f"no form goes to {action or 'anywhere'}"
        return found[0]

    def fields(self, action: str = "") -> dict[str, list[str]]:
        """Give what the form would send if nothing were typed."""
        values: dict[str, list[str]] = {}
        for element in self.form(action).iter():
            name = element.get("name")
            if not name or element.get("disabled") is not None or element.tag == "button":
                continue
            if element.get("type") in ("checkbox", "radio") and element.get("checked") is None:
                continue
            if element.get("type") in ("file", "submit"):
                continue
            values.setdefault(name, []).append(_value(element))
        return values


def _value(element: Element) -> str:
    if element.tag == "textarea":
        return "".join(element.itertext()).removeprefix("\n")
    if element.tag == "select":
        options = [one for one in element.iter() if one.tag == "option"]
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return (chosen[0].get("value") or "") if chosen else ""
    return element.get("value") or ""


def text_of(element: Element) -> str:
    """Give what an element says, its spaces folded."""

    def words(one: Element) -> str:
        if one.tag in _SKIPPED:
            return ""
        inner = "".join(words(child) + (child.tail or "") for child in one)
        return f" {one.text or ''}{inner} "

    return re.sub(r"\s+", " ", words(element)).strip()


class Browser:
    """A browser with its own cookies. It follows redirects, as browsers do."""

    def __init__(self, service: FastAPI, address: str) -> None:
        self.service = service
        self.client: Client = TestClient(service, base_url=address, raise_server_exceptions=False)

    def __enter__(self) -> Self:
        self.client.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.__exit__(kind, error, trace)

    def sign_in(self, account_id: UUID) -> Self:
        """Be somebody, without the pages for it."""
        database: Database = self.service.state.database
        with database.transaction() as session:
            token = start_session(session, account_id)
        self.client.cookies.set(COOKIE, token, domain=self.client.base_url.host)
        return self

    def get(self, path: str, status: int = 200) -> Page:
        """Open a page, and expect its status."""
        answer = Page(self.client.get(path))
        assert answer.status == status, (answer.status, answer.text[:500])
        return answer

    def submit(
        self,
        page: Page,
        values: Mapping[str, str | Sequence[str]] | None = None,
        *,
        action: str = "",
        files: Files | None = None,
        button: tuple[str, str] | None = None,
        status: int = 200,
    ) -> Page:
        """Fill in a page's form and send it; an empty sequence unticks."""
        filled: dict[str, Any] = dict(page.fields(action))
        for name, value in (values or {}).items():
            filled[name] = [value] if isinstance(value, str) else list(value)
        if button:
            filled[button[0]] = [button[1]]
        target = page.form(action).get("action") or page.response.url.path
        headers = {"sec-fetch-site": "same-origin"}
        answer = Page(self.client.post(target, data=filled, files=files, headers=headers))
        assert answer.status == status, (answer.status, answer.text[:500])
        return answer
