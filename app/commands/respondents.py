"""Invented staff who answer the survey of a demonstration, through the real pages.

What is slow to import is imported inside the functions, so that ``diagnostic --help`` answers at once.
"""
# ruff: noqa: PLC0415

import random
import re
from html import unescape
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urljoin

import typer

from app.console import FAULTY, say, show_progress, stop

if TYPE_CHECKING:
    from httpx2 import Client

_FIELD = re.compile(r'<input[^>]*type="radio"[^>]*>')
_ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_ACTION = re.compile(r'<form method="post"(?: action="([^"]*)")?')
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_ERRORS = re.compile(r'<a href="#[^"]*">(.*?)</a>', re.DOTALL)
_APART = {"dont-know", "prefer-not-to-say"}
_COMMENTS = (
    "Time set aside for reading together in our team meeting.",
    "Clear figures about my own team, once a month.",
    "Hearing from families what our plans felt like.",
)
_PAGES = 8
# The service's cookies are for https alone. Browsers trust this machine as much; the client does not.
_SAFE = ("http", "https")


def demo_respondents(
    address: Annotated[
        str,
        typer.Argument(
            metavar="LINK", help="The open link of a survey, such as http://localhost:8000/o/CODE."
        ),
    ],
    number: Annotated[int, typer.Option(min=1, max=2000, help="How many people answer.")] = 60,
    seed: Annotated[int, typer.Option(help="Another number gives other answers.")] = 1,
) -> None:
    """Let invented staff answer a survey through its pages, so that the whole flow can be shown.

    Answers only on this machine: the link must begin with http://localhost or http://127.0.0.1.

    Ends with 0 when all have answered, and with 2 when the link does not lead to an open survey.
    """
    from httpx2 import HTTPError

    if not re.match(r"https?://(localhost|127\.0\.0\.1)(:\d+)?/o/", address):
        stop(
            "Invented answers belong into a demonstration on this machine: give a link that begins so.",
            FAULTY,
        )
    chance = random.Random(seed)  # noqa: S311 - invented answers are no secret
    try:
        with show_progress(number) as progress:
            for person in range(number):
                progress(f"Person {person + 1} answers")
                with _browser() as client:
                    refused = _answer(client, address, chance)
                if refused:
                    stop(f"{refused} {person} of {number} invented people have answered.", FAULTY)
    except HTTPError as error:
        stop(f"The pages could not be reached: {type(error).__name__}. Is the service running?", FAULTY)
    say(f"{number} invented people have answered.")


def _browser() -> "Client":
    """Give one person's browser, whose cookies nobody else has."""
    from http.cookiejar import CookieJar, DefaultCookiePolicy

    from httpx2 import Client

    return Client(
        follow_redirects=True,
        headers={"sec-fetch-site": "same-origin"},
        cookies=CookieJar(DefaultCookiePolicy(secure_protocols=_SAFE)),
        timeout=60,
    )


def _answer(client: "Client", address: str, chance: random.Random) -> str:
    """Answer as one person, each with a leaning of their own; say why the survey refused them, if it did."""
    leaning = chance.gauss(2.2, 0.8)
    page = client.get(address)
    if page.status_code != 200 or not _ACTION.search(page.text):
        return "The link leads to no survey that is open now."
    own_link = client.post(_target(page.text, address), data=_hidden(page.text))
    if own_link.status_code != 200:
        return _refusal(own_link.text)
    page = client.get(urljoin(address, "/survey/questions/about-you"))
    for _ in range(_PAGES):
        data: dict[str, str | list[str]] = {**_hidden(page.text), **_chosen(page.text, leaning, chance)}
        if 'name="needs"' in page.text:
            data["needs"] = chance.sample(["works", "risk", "area", "voice", "figures"], 2)
            data["COM1"] = chance.choice(_COMMENTS) if chance.random() < 0.3 else ""
        page = client.post(_target(page.text, str(page.url)), data=data)
        if page.status_code != 200 or _ERRORS.search(page.text):
            return _refusal(page.text)
    done = client.post(_target(page.text, str(page.url)), data=_hidden(page.text))
    return "" if "We have your answers" in done.text else _refusal(done.text)


def _refusal(html: str) -> str:
    """Give in words what a page says that took no answers: its heading, and what it lists as wrong."""
    said = [re.sub(r"<[^>]*>", "", one) for one in (*_HEADING.findall(html), *_ERRORS.findall(html))]
    words = ": ".join(" ".join(unescape(one).split()) for one in said)
    return f"The survey did not take somebody’s answers. Its page says: “{words}”."


def _target(html: str, base: str) -> str:
    found = _ACTION.search(html)
    return urljoin(base, unescape(found.group(1)) if found and found.group(1) else base)


def _hidden(html: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _HIDDEN.findall(html)}


def _chosen(html: str, leaning: float, chance: random.Random) -> dict[str, str]:
    """Choose one answer to each question of a page, most of them near the person's leaning."""
    options: dict[str, list[str]] = {}
    for field in _FIELD.findall(html):
        found = dict(_ATTRIBUTE.findall(field))
        options.setdefault(unescape(found["name"]), []).append(unescape(found["value"]))
    chosen = {}
    for name, values in options.items():
        scale = [value for value in values if value not in _APART]
        if chance.random() < 0.05:
            chosen[name] = values[-1]
        elif name in ("role-group", "service-area"):
            chosen[name] = chance.choice(scale)
        else:
            place = round(chance.gauss(leaning, 0.9))
            chosen[name] = scale[min(max(place, 0), len(scale) - 1)]
    return chosen
