"""Running the command line in a test, and looking at what it wrote."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from app.cli import app


def run(*arguments: object, **environment: str) -> Result:
    """Run a command and give its exit code and what it said."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env=environment)


def names(folder: Path) -> list[str]:
    """Give what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file beneath a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def set_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a few bytes in place of the PDF, for tests that are about other files."""
    monkeypatch.setattr("app.briefs.services.pdf_problem", lambda: None)
    monkeypatch.setattr("app.briefs.services.render_pdf", lambda *_, **__: b"%PDF-1.7")
