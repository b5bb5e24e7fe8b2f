"""What tests of the demonstration look at: one that was filled as `make demo` fills it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.service.running.process import run


@dataclass(frozen=True, slots=True)
class Filled:
    """A demonstration in a folder, and what the command said when it was filled."""

    folder: Path
    said: str

    @property
    def data(self) -> Path:
        """Where its database lies."""
        return self.folder / "data"


def command(folder: Path) -> tuple[str, ...]:
    """Give the command that fills a demonstration in a folder, or goes on with it."""
    return ("demo", "--out", str(folder / "brief"), "--data", str(folder / "data"))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """It takes some ten seconds, so it is done once a process. Whoever changes something copies it first."""
    folder = tmp_path_factory.mktemp("demo")
    done = run(*command(folder), "--no-serve", folder=folder)
    assert done.returncode == 0, done.stderr
    return Filled(folder, done.stdout)
