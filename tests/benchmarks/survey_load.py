"""The load: respondents who answer a survey at the same time, in a process of their own.

It replays what one respondent sent, each with their own link, over a connection that each keeps.
"""

import asyncio
import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

FORM_TOKEN, BALLOT, TOKEN = "{form-token}", "{ballot}", "{token}"
_HIDDEN = re.compile(rb'<input type="hidden" name="(form-token|ballot)" value="([^"]+)">')
_VISIT = re.compile(rb"^set-cookie: __Host-visit=([^;]*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Step:
    """One request of the journey, with places for what is each respondent's own; and how it is answered."""

    method: str
    path: str
    body: str
    status: int


@dataclass(slots=True)
class Respondent:
    """One respondent on a connection."""

    host: str
    port: int
    token: str
    cookies: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)

    async def answer(self, steps: Sequence[Step]) -> list[float]:
        """Go the whole way, and give how long each request took."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        took, body = [], b""
        try:
            for step in steps:
                request = self._request(step)
                began = time.perf_counter()
                writer.write(request)
                head, body = await _answer_of(reader)
                took.append(time.perf_counter() - began)
                self._take(step, head, body)
        finally:
            writer.close()
        if b"We have your answers" not in body:
            raise RuntimeError("the answers were not taken")
        return took

    def _request(self, step: Step) -> bytes:
        own = {FORM_TOKEN: self.hidden.get("form-token", ""), BALLOT: self.hidden.get("ballot", "")}
        body = step.body
        for place, value in own.items():
            body = body.replace(quote(place), quote(value))
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [
            f"{step.method} {step.path.replace(TOKEN, self.token)} HTTP/1.1",
            f"host: {self.host}:{self.port}",
            "accept: text/html",
            "accept-encoding: gzip, deflate",
            "sec-fetch-site: same-origin",
            *([f"cookie: {cookies}"] if cookies else []),
        ]
        if step.method == "POST":
            lines += ["content-type: application/x-www-form-urlencoded", f"content-length: {len(body)}"]
        return "\r\n".join([*lines, "", body]).encode()

    def _take(self, step: Step, head: bytes, body: bytes) -> None:
        status = int(head[9:12])
        if status != step.status:
            raise RuntimeError(f"{step.method} {step.path} was answered with {status}")
        if not self.cookies:
            # The ballot's cookie holds the token; bare handlers give everybody the one that was recorded.
            visit = _VISIT.search(head)
            self.cookies = {"__Host-visit": visit[1].decode() if visit else "", "__Host-ballot": self.token}
        if not self.hidden:
            self.hidden = {name.decode(): value.decode() for name, value in _HIDDEN.findall(body)}


async def _answer_of(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    return head, await reader.readexactly(int(length[1]) if length else 0)


async def load(address: str, tokens: Sequence[str], steps: Sequence[Step], at_once: int) -> dict[str, Any]:
    """Let everybody answer, so many at once, and say how long all of it and each request took."""
    parts = urlsplit(address)
    waiting, took = list(tokens), list[list[float]]()

    async def one_after_the_other() -> None:
        while waiting:
            respondent = Respondent(parts.hostname or "", parts.port or 80, waiting.pop())
            took.append(await respondent.answer(steps))

    began = time.perf_counter()
    await asyncio.gather(*(one_after_the_other() for _ in range(at_once)))
    return {"seconds": time.perf_counter() - began, "requests": took}


def main() -> None:
    """Read what to do as JSON from standard input, and write what was measured to standard output."""
    given = json.loads(sys.stdin.read())
    steps = [Step(**step) for step in json.loads(Path(given["steps"]).read_text(encoding="utf-8"))]
    sys.stdout.write(
        json.dumps(asyncio.run(load(given["address"], given["tokens"], steps, given["at_once"])))
    )


if __name__ == "__main__":
    main()
