"""What every test may use: the project's folders, and one way of drawing examples."""

import os
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


class Together(LoadScopeScheduling):  # type: ignore[misc] # it comes without types
    """Has one process run the tests of a file, or of a brief: what they share is then made once."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        _, shown, brief = test.partition("[")
        return brief.rstrip("]") if shown and file.startswith("tests/report/") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Have tests that run in several processes shared out so."""
    return Together(config, log)


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Where pyproject.toml is."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def sample_data(project_root: Path) -> Path:
    """The folder of invented evidence that comes with the product."""
    return project_root / "sample_data"


@pytest.fixture
def output_folder(tmp_path: Path) -> Path:
    """A folder of this test's own, which does not exist yet."""
    return tmp_path / "output"
