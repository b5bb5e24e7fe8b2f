"""What goes around every request: headers, hosts, the size of bodies, and errors that tell nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from fastapi import APIRouter, Depends, Request
from fastapi.testclient import TestClient
from httpx2 import Response

from app.accounts.access import Everyone
from app.main import Service, create_app
from app.settings import Settings
from app.web.protection import FormDep, check_form
from tests.service.browser import Browser, Page
from tests.service.conftest import ADDRESS
from tests.service.people import People

MEGABYTE = 1024**2


@pytest.fixture
def service(own_service: Service) -> Service:
    router = APIRouter()

    @router.get("/test/fails", dependencies=[Depends(Everyone())])
    def fails() -> None:
        raise ValueError("the password is swordfish")

    @router.post("/test/upload", dependencies=[Depends(Everyone())])
    def upload(request: Request, form: FormDep) -> dict[str, int]:
        return {"fields": len(form)}

    own_service.include_router(router, dependencies=[Depends(check_form)])
    return own_service


def answers(browser: Browser, people: People) -> Iterator[Response]:
    """One of every kind: a page, a redirect, a static file, and every kind of failure."""
    client = browser.client
    yield client.get("/", follow_redirects=False)
    yield client.get("/nowhere")
    yield client.get("/health/live")
    yield client.get("/health/ready")
    yield client.get("/static/product.css")
    yield client.get("/test/fails")
    yield client.post("/test/upload", data={"a": "b"})
    yield client.post("/test/upload", content=b"x", headers={"content-length": str(10**9)})
    yield client.request("DELETE", "/")
    yield client.get("/", headers={"host": "evil.example"})
    browser.sign_in(people.petra)
    yield client.get("/")


def test_every_answer_has_the_headers_that_protect_it(browser: Browser, people: People) -> None:
    for answer in answers(browser, people):
        headers = answer.headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["strict-transport-security"].startswith("max-age=")
        kept = "public" if "static" in str(answer.url) else "no-store"
        assert headers["cache-control"].startswith(kept)
        assert "server" not in headers


def test_each_page_has_a_nonce_of_its_own_and_no_script_without_it(browser: Browser, people: People) -> None:
    browser.sign_in(people.petra)
    nonces = set()
    for _ in range(2):
        page = browser.get("/")
        found = re.search(r"'nonce-([\w-]+)'", page.response.headers["content-security-policy"])
        assert found
        nonces.add(found[1])
        inline = [script for script in page.all("script") if not script.get("src")]
        assert all(script.get("nonce") == found[1] for script in inline)
        assert not [one for one in page.root.iter() if one.get("style") or one.get("onclick")]
    assert len(nonces) == 2


def test_hsts_is_for_https_only(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path, base_url="http://localhost:8000")
    service = create_app(settings)
    client = TestClient(service, base_url="http://localhost:8000")
    assert "strict-transport-security" not in client.get("/health/live").headers
    service.state.database.close()


@pytest.mark.parametrize("host", ["evil.example", "diagnostic.test.evil.example", "", "127.0.0.1"])
def test_only_the_named_hosts_are_answered(browser: Browser, host: str) -> None:
    answer = browser.client.get("/nowhere", headers={"host": host})
    assert answer.status_code == 400
    assert "diagnostic" not in answer.text


def test_more_hosts_can_be_named(settings: Settings) -> None:
    service = create_app(settings.model_copy(update={"more_hosts": "also.test, third.test"}))
    with TestClient(service, base_url="https://third.test") as client:
        assert client.get("/health/live").status_code == 200


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_no_page_tells_of_the_routes(browser: Browser, path: str) -> None:
    browser.get(path, status=404)


def test_a_file_that_is_too_large_is_refused_with_a_page_that_says_what_fits(
    browser: Browser, settings: Settings
) -> None:
    most = settings.upload_megabytes
    answer = browser.client.post(
        "/test/upload", files={"file": ("a.csv", b"x" * ((most + 1) * MEGABYTE + 1), "text/csv")}
    )
    page = Page(answer)
    assert page.status == 413
    assert page.heading == "The file is too large"
    assert f"up to {most} MB" in page.text


def test_a_body_that_hides_its_size_is_cut_off_where_it_is_too_large(
    browser: Browser, settings: Settings
) -> None:
    sent = 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(10 * settings.upload_megabytes):
            sent += MEGABYTE
            yield b"a=" + b"x" * (MEGABYTE - 2)

    answer = browser.client.post(
        "/test/upload", content=body(), headers={"content-type": "application/x-www-form-urlencoded"}
    )
    page = Page(answer)
    assert page.status == 413
    assert f"up to {settings.upload_megabytes} MB" in page.text


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_form_of_very_many_fields_is_refused(browser: Browser, kind: str) -> None:
    """Where the limit did not hold for urlencoded forms, one request could take minutes (CVE-2026-54283)."""
    if "urlencoded" in kind:
        content = b"&".join(b"f%d=" % number for number in range(30_000))
    else:
        part = b'--b\r\ncontent-disposition: form-data; name="f"\r\n\r\nx\r\n'
        content = part * 30_000 + b"--b--\r\n"
    answer = browser.client.post("/test/upload", content=content, headers={"content-type": kind})
    page = Page(answer)
    assert page.status == 400
    assert page.heading == "We could not read what was sent"


@pytest.mark.parametrize("content", [b"--b\r\nnonsense", b"\xff\xfe", b""])
def test_a_broken_form_is_refused_without_a_trace(browser: Browser, content: bytes) -> None:
    kind = {"content-type": "multipart/form-data; boundary=b"}
    page = Page(browser.client.post("/test/upload", content=content, headers=kind))
    assert page.status in (400, 403)


def test_an_unexpected_error_shows_a_reference_and_nothing_else(
    browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    page = browser.get("/test/fails", status=500)
    assert page.heading == "Sorry, there is a problem with the service"
    assert "Nothing was changed" in page.text
    for secret in ("swordfish", "ValueError", "Traceback", "test_protection.py"):
        assert secret not in page.response.text
    reference = re.search(r"reference if you report it: (\w{8})\.", page.text)
    assert reference
    lines = capsys.readouterr().err
    assert f"reference={reference[1]}" in lines
    assert "test_protection.py" in lines
    assert "swordfish" not in lines


def test_an_api_address_answers_errors_in_json(browser: Browser) -> None:
    answer = browser.client.get("/api/v1/nowhere")
    assert answer.status_code == 404
    assert answer.json() == {"title": "Page not found", "message": ""}


def test_an_error_page_names_where_its_link_goes_and_asks_nobody_who_answers_to_sign_in(
    browser: Browser, people: People
) -> None:
    assert browser.get("/nowhere", 404).link("Sign in, or go to the dashboard") == "/"
    answering = browser.get("/s/a/nowhere", 404)
    assert answering.heading == "Page not found"
    assert "Sign in" not in answering.text
    browser.sign_in(people.alice)
    assert browser.get(f"/diagnostics/{UUID(int=7)}", 404).link("Go to the dashboard") == "/"


def test_an_error_page_that_fails_itself_still_says_something(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no template")

    monkeypatch.setattr("app.web.failures.page", fail)
    answer = browser.client.get("/nowhere")
    assert answer.status_code == 404
    assert "Page not found" in answer.text
    assert ADDRESS not in answer.text
