"""The demonstration: the brief of an invented council, and the service with three councils to look at.

What is slow to import is imported inside the functions, so that ``diagnostic --help`` answers at once.
"""
# ruff: noqa: PLC0415

import shutil
import sys
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import analysis
from app.commands.running import HOST, PORT, serve_pages
from app.commands.starting import (
    DEMONSTRATION,
    bring_up_to_date,
    ending_cleanly,
    opened,
    read_settings,
    writing,
)
from app.console import FAULTY, WITHOUT_PDF, say, show_progress, stop

if TYPE_CHECKING:
    from app.commands.demonstration.people import Persona
    from app.settings import Settings

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data"
_EVIDENCE = "wexbourne/wave_2"
# Invented, as all else here is.
_OPERATOR = "the Ottermere Institute"
_FILLED, _HALF = "filled", "being filled"


class _Begin(Enum):
    """What to do with a demonstration that is there already."""

    FRESH = "start over"
    CONTINUE = "continue"


def demo(
    out: Annotated[Path, typer.Option(help="Where the brief goes.")] = Path("build/demo"),
    data: Annotated[Path, typer.Option(help="Where the demonstration’s database is kept.")] = Path(
        "build/demo-service"
    ),
    fresh: Annotated[
        bool | None,
        typer.Option(
            "--fresh/--continue",
            help="Start over with new passwords, or go on with what is there. Asked on a terminal; elsewhere "
            "what is there is kept.",
            show_default=False,
        ),
    ] = None,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="Write the brief and fill the database, then end.")
    ] = False,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = HOST,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = PORT,
) -> None:
    """Write the brief of a sample council, and serve the pages with three councils and six people.

    One council has gone from its survey to a published brief, an action plan and a second wave.

    Prints how each person signs in, once. Ends with 0 after Ctrl-C or SIGTERM, and otherwise as “analyse” and
    “serve” do.
    """
    if not SAMPLES.is_dir():
        stop("The sample evidence is not here. Run this in a copy of the repository.", FAULTY)
    settings = read_settings(demo=True, data_folder=data, database_url="", mail="file", operator=_OPERATOR)
    _check_folder(data)
    with ending_cleanly() as asked:
        begin = _begin(data, fresh)
        if begin is _Begin.FRESH or not (out / "brief.html").exists():
            _write_brief(out)
        people: Sequence[Persona] = ()
        if begin is _Begin.FRESH:
            people = _fill(settings)
        if no_serve:
            _introduce(settings, people)
            say("Serve it with: diagnostic demo --continue")
            return
        serve_pages(settings, host, port, asked, also=lambda: _introduce(settings, people, listen=True))


def _check_folder(data: Path) -> None:
    """Leave a folder alone that is anything else than a demonstration."""
    if data.exists() and any(data.iterdir()) and not (data / DEMONSTRATION).exists():
        stop(f"{data} holds something else than a demonstration. Give --data another folder.", FAULTY)


def _begin(data: Path, fresh: bool | None) -> _Begin:
    marker = data / DEMONSTRATION
    filled = marker.exists() and marker.read_text(encoding="utf-8") == _FILLED
    if not filled:
        if fresh is False:
            stop(f"{data} holds no demonstration to continue. Leave --continue out.", FAULTY)
        return _Begin.FRESH
    if fresh is None and sys.stdin.isatty() and sys.stdout.isatty():
        say("There is a demonstration already. Starting over deletes what was done in it.")
        fresh = typer.confirm("Start over, with new passwords?", default=False)
    return _Begin.FRESH if fresh else _Begin.CONTINUE


def _write_brief(out: Path) -> None:
    try:
        analysis.analyse(SAMPLES / _EVIDENCE, out)
    except typer.Exit as ended:
        if ended.exit_code != WITHOUT_PDF:
            raise
    # The close makes small groups coarser, and the weights follow; a folder has everybody’s area.
    say(
        "\nThe pages show the same wave as a draft. There a heading can differ by a point, and fewer groups "
        "are shown: closing a survey removes the service area from answers of small groups.\n"
    )


def _fill(settings: "Settings") -> "Sequence[Persona]":
    """Put a new demonstration in place of what is there."""
    from app.accounts.services.second_step import new_secret
    from app.commands.demonstration.filling import PARTS, fill
    from app.commands.demonstration.stages import CannotBeShown
    from app.database.lock import LOCK
    from app.web.secrets import load_secrets

    data = settings.data_folder
    with writing(settings, "demo", "Stop it first."):
        (data / DEMONSTRATION).write_text(_HALF, encoding="utf-8")
        for path in data.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != DEMONSTRATION and path.suffix != LOCK:
                path.unlink()
        with opened(settings) as database, show_progress(PARTS) as progress:
            bring_up_to_date(database, migrating=True)
            try:
                people = fill(database, settings, load_secrets(settings), SAMPLES, new_secret(), progress)
            except CannotBeShown as error:
                stop(f"The demonstration could not be filled. {error}", FAULTY)
        (data / DEMONSTRATION).write_text(_FILLED, encoding="utf-8")
    return people


def _introduce(settings: "Settings", people: "Sequence[Persona]", *, listen: bool = False) -> None:
    """Say who can sign in and how, and give codes to whoever asks for them."""
    from app.web.logs import log_trouble_only

    log_trouble_only()
    key = _key(settings)
    if people:
        say("\nSign in as one of these. The passwords are shown this once.\n")
        for person in people:
            say(f"  {person.role_name:29} {person.email:25} {person.password}  {person.where}")
    else:
        say("\nThe people and their passwords are those that were shown before. New ones: --fresh.")
    say(f"\nAuthenticator apps make the codes of the second step from this key: {_in_fours(key)}")
    if listen and sys.stdin.isatty():
        say("Without an app: press Enter here for a code.")
        Thread(target=_give_codes, args=(key,), name="codes", daemon=True).start()


def _in_fours(key: str) -> str:
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def _key(settings: "Settings") -> str:
    from app.commands.demonstration.people import key_of
    from app.database.session import Database
    from app.web.secrets import load_secrets

    database = Database.at(settings.address)
    with database.transaction(writes=False) as session:
        key = key_of(session, load_secrets(settings))
    database.close()
    return key


def _give_codes(key: str) -> None:
    """Answer each press of Enter. Waiting in a read would keep Python from ending."""
    import os
    from select import select

    from app.commands.demonstration.people import code_of

    terminal = sys.stdin.fileno()
    while select([terminal], [], [])[0] and os.read(terminal, 1024):
        say(f"The code of the moment is {code_of(key)}. It works once for each person.")
