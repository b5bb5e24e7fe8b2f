"""The demonstration: filled once, looked at often, and never mistaken for the real thing."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import func
from sqlalchemy import select as chosen
from sqlalchemy.orm import selectinload

from app.accounts.models import Account
from app.accounts.person import Role
from app.accounts.services.passwords import weakness
from app.accounts.services.second_step import new_secret
from app.commands.demonstration.filling import fill
from app.commands.demonstration.people import NotADemonstration, code_of, key_of
from app.commands.starting import DEMONSTRATION
from app.database.session import Database
from app.settings import Settings
from app.web.secrets import load_secrets
from tests.service.running.conftest import Filled, command
from tests.service.running.process import ROOT, environment, run

_SIGN_IN = re.compile(r"(\w+)@demo\.example\s+([a-z-]{20,})")
_WAIT = 300.0


def test_it_is_refused_outside_a_demonstration(
    database: Database, settings: Settings, sample_data: Path
) -> None:
    with pytest.raises(NotADemonstration):
        fill(database, settings, load_secrets(settings), sample_data, new_secret(), print)
    with database.transaction(writes=False) as session:
        assert session.scalar(chosen(func.count()).select_from(Account)) == 0


def test_there_is_somebody_of_each_role_and_no_password_is_kept(filled: Filled) -> None:
    passwords = dict(_SIGN_IN.findall(filled.said))
    assert len(set(passwords.values())) == len(passwords)
    database = Database.at(f"sqlite:///{filled.data}/diagnostic.db")
    with database.transaction(writes=False) as session:
        accounts = session.scalars(chosen(Account).options(selectinload(Account.grants))).all()
        assert {Role(grant.role) for one in accounts for grant in one.grants} == set(Role)
        for account in accounts:
            password = passwords[(account.email or "").partition("@")[0]]
            assert account.password_hash
            assert PasswordHasher().verify(account.password_hash, password)
            assert account.joined_at
            assert account.totp_confirmed_at
            assert len({grant.role for grant in account.grants}) == 1
            assert not weakness(password, [account.name or "", account.email or ""])
    database.close()
    kept = b"".join(path.read_bytes() for path in filled.data.rglob("*") if path.is_file())
    assert not [password for password in passwords.values() if password.encode() in kept]


def test_the_people_share_one_key(filled: Filled) -> None:
    settings = Settings(data_folder=filled.data, database_url="", demo=True)
    database = Database.at(settings.address)
    with database.transaction(writes=False) as session:
        key = key_of(session, load_secrets(settings))
    database.close()
    assert key in filled.said.replace(" ", "")
    assert pyotp.TOTP(key).verify(code_of(key), valid_window=1)


def test_without_a_terminal_it_writes_the_brief_fills_the_database_and_ends(filled: Filled) -> None:
    folder, said = filled.folder, filled.said
    assert (folder / "brief" / "brief.html").is_file()
    found = dict(_SIGN_IN.findall(said))
    assert set(found) == {"lead", "pdm", "commissioner", "reader", "marlshire", "penwardine"}


def test_a_second_run_continues_and_shows_no_password(filled: Filled) -> None:
    folder, said = filled.folder, filled.said
    key = next(line for line in said.splitlines() if "Authenticator apps" in line)
    done = run(*command(folder), "--no-serve", folder=folder)
    assert done.returncode == 0
    assert not _SIGN_IN.search(done.stdout)
    assert key in done.stdout
    assert "Weighing the answers" not in done.stderr


def test_what_was_filled_is_not_served_as_if_it_were_real(filled: Filled) -> None:
    folder = filled.folder
    refused = run("serve", "--port", "0", folder=folder / "data")
    assert refused.returncode == 2
    assert "holds a demonstration. To serve it as one, set DEMO=1." in refused.stderr


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    real = tmp_path / "data"
    assert run("migrate", folder=real).returncode == 0
    before = (real / "diagnostic.db").read_bytes()
    for how in ("--fresh", "--continue"):
        refused = run(*command(tmp_path), how, "--no-serve", folder=tmp_path)
        assert refused.returncode == 2
        assert "holds something else than a demonstration" in refused.stderr
    assert (real / "diagnostic.db").read_bytes() == before


def test_there_is_nothing_to_continue_where_nothing_was_filled(tmp_path: Path) -> None:
    refused = run(*command(tmp_path), "--continue", "--no-serve", folder=tmp_path)
    assert refused.returncode == 2
    assert "holds no demonstration to continue" in refused.stderr


def test_one_that_was_broken_off_while_it_was_filled_is_not_continued(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / DEMONSTRATION).write_text("being filled", encoding="utf-8")
    refused = run(*command(tmp_path), "--continue", "--no-serve", folder=tmp_path)
    assert refused.returncode == 2
    assert "Leave --continue out." in refused.stderr


class Terminal:
    """A command on a terminal, as a person runs it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.ours, theirs = pty.openpty()
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from app.cli import main; main()", *command(folder), *arguments],
            cwd=ROOT,
            env={**environment(folder), "TERM": "dumb"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)

    def wait_for(self, words: str) -> str:
        until = time.monotonic() + _WAIT
        while words not in self.said:
            assert time.monotonic() < until, self.said
            if select.select([self.ours], [], [], 0.1)[0]:
                self.said += os.read(self.ours, 65536).decode()
        before, _, after = self.said.partition(words)
        self.said = after
        return before + words

    def type(self, text: str) -> None:
        os.write(self.ours, text.encode())

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(_WAIT)
        os.close(self.ours)


@pytest.fixture
def terminal(filled: Filled) -> Iterator[Terminal]:
    found = Terminal(filled.folder, "--port", "0")
    yield found
    found.close()


def test_on_a_terminal_it_asks_serves_gives_codes_and_ends_on_ctrl_c(
    terminal: Terminal, filled: Filled
) -> None:
    terminal.wait_for("Start over, with new passwords?")
    terminal.type("n\n")
    terminal.wait_for("The service is at http://localhost:")
    key = re.search(r"from this key: ([A-Z2-7 ]+)", filled.said)
    assert key
    terminal.wait_for("press Enter here for a code")
    terminal.type("\n")
    shown = terminal.wait_for("It works once for each person.")
    code = re.search(r"The code of the moment is (\d{6})\.", shown)
    assert code
    assert pyotp.TOTP(key[1].replace(" ", "")).verify(code[1], valid_window=1)
    terminal.process.send_signal(signal.SIGINT)
    terminal.wait_for("Stopped.")
    assert terminal.process.wait(_WAIT) == 0
