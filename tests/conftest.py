"""What every test may use: the project's folders, and one way of drawing examples."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


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
