"""The commands of the service as processes of their own, as an operator runs them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_COMMAND = (sys.executable, "-W", "error", "-c", "from app.cli import main; main()")
# Only a command that hangs waits for it; a busy machine is slow.
_LONGEST = 300.0


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Give an environment in which only these settings are set."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "DATA_FOLDER": str(folder), "NO_COLOR": "1", **settings}


def run(
    *arguments: str, folder: Path, settings: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end, without a terminal."""
    return subprocess.run(
        [*_COMMAND, *arguments],
        cwd=ROOT,
        env=environment(folder, **(settings or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=_LONGEST,
    )


@dataclass
class Running:
    """A command that runs until it is ended."""

    process: "subprocess.Popen[str]"
    said: Path
    address: str = ""
    _ended: bool = field(default=False)

    def wait_for(self, words: str) -> str:
        """Wait until it says something, and give that line."""
        until = time.monotonic() + _LONGEST
        while time.monotonic() < until:
            for line in self.output.splitlines():
                if words in line:
                    return line
            assert self.process.poll() is None, self.output
            time.sleep(0.05)
        raise AssertionError(f"{words!r} was not said: {self.output}")

    @property
    def output(self) -> str:
        """All that it said so far, also where errors go."""
        return self.said.read_text(encoding="utf-8", errors="replace")

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal, and give its exit code."""
        self.process.send_signal(how)
        return self.process.wait(_LONGEST)


@contextmanager
def running(
    *arguments: str, folder: Path, settings: dict[str, str] | None = None, ready: str
) -> Iterator[Running]:
    """Start a command and wait until it says that it is ready."""
    folder.mkdir(parents=True, exist_ok=True)
    said = folder / f"said-{time.monotonic_ns()}"
    with said.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [*_COMMAND, *arguments],
            cwd=ROOT,
            env=environment(folder, **(settings or {})),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
        )
    found = Running(process, said)
    try:
        found.wait_for(ready)
        yield found
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(_LONGEST)


@contextmanager
def serving(folder: Path, *arguments: str, settings: Sequence[tuple[str, str]] = ()) -> Iterator[Running]:
    """Run `diagnostic serve` on a free port."""
    with running(
        *("serve", "--port", "0", *arguments),
        folder=folder,
        settings=dict(settings),
        ready="The service is at ",
    ) as found:
        line = found.wait_for("The service is at ")
        found.address = line.split("The service is at ")[1].split(". ")[0]
        yield found
