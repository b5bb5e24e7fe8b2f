"""The files of a record: attached, downloaded, removed, kept apart, and what becomes of them."""

import os
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from app.database.session import Database
from app.fieldwork.files.store import FileStore
from app.fieldwork.jobs import remove_orphans
from app.fieldwork.models import Attachment
from app.settings import Settings
from app.web.dates import now
from tests.service.browser import Browser, Page
from tests.service.fieldwork import made_files as made
from tests.service.fieldwork.test_records import begun, page_of, the_record
from tests.service.people import People

MEGABYTE = 1024 * 1024


@pytest.fixture
def record_page(browser: Browser, database: Database, people: People, here: UUID) -> str:
    """The page of files of a record that Dana has begun; she is signed in."""
    browser.sign_in(people.dana)
    begun(browser, here)
    return page_of(the_record(database), "/files")


@pytest.fixture
def store(settings: Settings) -> FileStore:
    return FileStore(settings.data_folder)


def attach(browser: Browser, page: str, named: str, content: bytes, **values: str) -> Page:
    files = {"file": (named, content, "text/html")}
    return browser.submit(browser.get(page), values, files=files)


def kept(database: Database) -> list[Attachment]:
    with database.transaction(writes=False) as session:
        return list(session.scalars(select(Attachment)))


def test_what_is_attached_comes_back_as_it_was_and_only_as_a_download(
    browser: Browser, database: Database, store: FileStore, record_page: str
) -> None:
    assert "No file is attached" in browser.get(record_page).text
    content = made.word()
    page = attach(browser, record_page, "Our stratégie.docx", content)
    assert "Our stratégie.docx is attached." in page.text
    [file] = kept(database)
    answer = browser.client.get(page.link("Our stratégie.docx"))
    assert answer.content == content
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    # The browser's word on the kind of the file counts for nothing.
    assert answer.headers["content-type"] == file.media_type
    path = store.folder / file.stored
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o777 == 0o600
    assert "strat" not in file.stored


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("empty.pdf", b"", "The file is empty"),
        ("holiday.pdf", made.EXE, "not a file that can be attached"),
        ("plan.docx", made.with_macros(), "macros"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    browser: Browser,
    database: Database,
    store: FileStore,
    record_page: str,
    name: str,
    content: bytes,
    error: str,
) -> None:
    page = attach(browser, record_page, name, content, name="Another name")
    assert error in page.errors[0]
    assert page.title.startswith("Error: ")
    assert page.fields()["name"] == ["Another name"]
    assert (kept(database), list(store.stored())) == ([], [])


def test_twenty_megabytes_are_taken_and_a_byte_more_is_not(
    browser: Browser, database: Database, record_page: str
) -> None:
    most = made.PDF + bytes(20 * MEGABYTE - len(made.PDF))
    page = attach(browser, record_page, "long.pdf", most + b"x")
    assert page.errors == ["The file is larger than 20 MB. Choose a smaller one"]
    attach(browser, record_page, "long.pdf", most)
    assert [file.size for file in kept(database)] == [20 * MEGABYTE]


def test_nothing_is_attached_without_a_file(browser: Browser, record_page: str) -> None:
    page = browser.submit(browser.get(record_page))
    assert page.errors == ["Choose a file"]


def test_a_name_that_may_be_a_persons_is_asked_about(
    browser: Browser, database: Database, record_page: str
) -> None:
    name = "email_kofi.mensah@example.org.pdf"
    page = attach(browser, record_page, name, made.PDF)
    assert "may hold an email address" in page.errors[0]
    assert kept(database) == []
    attach(browser, record_page, name, made.PDF, name="Email about the panel")
    files = {"file": (name, made.PDF, "application/pdf")}
    browser.submit(page, {"harmless": "yes", "name": ""}, files=files)
    assert {file.name for file in kept(database)} == {"Email about the panel.pdf", name}


def test_a_path_in_the_name_leads_nowhere(
    browser: Browser, database: Database, store: FileStore, record_page: str, tmp_path: Path
) -> None:
    attach(browser, record_page, "../../../../etc/passwd.pdf", made.PDF)
    [file] = kept(database)
    assert file.name == "passwd.pdf"
    assert [path.name for path in store.folder.iterdir()] == [file.stored]


def test_a_removed_file_is_asked_about_and_then_gone_from_the_disk(
    browser: Browser, database: Database, store: FileStore, record_page: str
) -> None:
    page = attach(browser, record_page, "policy.pdf", made.PDF)
    address = page.link("policy.pdf")
    question = browser.get(f"{address}/remove")
    assert "This cannot be undone" in question.text
    assert len(kept(database)) == 1
    after = browser.submit(question)
    assert "policy.pdf is removed." in after.text
    assert kept(database) == []
    browser.get(address, status=404)
    # What is on its way, because its row is about to be kept, stays.
    assert remove_orphans(database, store, now()) == 0
    assert remove_orphans(database, store, now() + timedelta(minutes=11)) == 1
    assert list(store.stored()) == []


def test_the_worker_leaves_files_that_belong_to_a_record(
    browser: Browser, database: Database, store: FileStore, record_page: str
) -> None:
    attach(browser, record_page, "policy.pdf", made.PDF)
    (store.folder / "notes.txt").write_text("not ours")
    assert remove_orphans(database, store, now() + timedelta(days=1)) == 0
    [file] = kept(database)
    assert store.has(file.stored)
    assert (store.folder / "notes.txt").exists()


def test_a_record_that_is_removed_takes_its_files_with_it(
    browser: Browser, database: Database, store: FileStore, record_page: str
) -> None:
    attach(browser, record_page, "policy.pdf", made.PDF)
    browser.submit(browser.get(record_page.removesuffix("/files") + "/remove"))
    assert kept(database) == []
    assert remove_orphans(database, store, now() + timedelta(minutes=11)) == 1


def test_a_file_that_is_missing_or_changed_is_said_to_be(
    browser: Browser, database: Database, store: FileStore, record_page: str
) -> None:
    page = attach(browser, record_page, "policy.pdf", made.PDF)
    address = page.link("policy.pdf")
    [file] = kept(database)
    path = store.folder / file.stored
    path.write_bytes(made.PDF + b"more")
    assert "was damaged or changed" in browser.get(address, status=409).text
    path.unlink()
    assert "is not there any more" in browser.get(address, status=409).text
    page = browser.get(record_page)
    assert "The file itself is missing." in page.text


def test_a_file_of_another_record_is_not_found_under_this_one(
    browser: Browser, database: Database, here: UUID, record_page: str
) -> None:
    page = attach(browser, record_page, "policy.pdf", made.PDF)
    file_id = page.link("policy.pdf").rpartition("/")[2]
    other = begun(browser, here, "observation").path
    browser.get(f"{other}/files/{file_id}", status=404)


def test_what_is_deleted_is_written_over_first(store: FileStore) -> None:
    name = store.put(b"Kofi said" * 1000)
    path = store.folder / name
    other = path.with_name("a-second-name-for-the-same-bytes")
    os.link(path, other)
    store.remove(name)
    assert not path.exists()
    assert other.read_bytes() == bytes(9000)
    store.remove(name)


@pytest.mark.parametrize(
    ("persona", "status"), [("alice", 403), ("bob", 403), ("charlie", 404), ("petra", 200)]
)
def test_only_those_who_gather_get_a_file(
    browser: Browser, people: People, record_page: str, persona: str, status: int
) -> None:
    address = attach(browser, record_page, "policy.pdf", made.PDF).link("policy.pdf")
    browser.sign_in(getattr(people, persona))
    assert browser.client.get(address).status_code == status
    assert browser.client.get(record_page).status_code == status
