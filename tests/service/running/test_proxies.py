"""Whose word on the visitor's address is taken; and the log of a service that is really served."""

import socket
import threading
from pathlib import Path

import httpx2
import pytest
from fastapi import Depends, FastAPI, Request
from uvicorn import Server

from app.accounts.access import Everyone
from app.commands.running import server_config
from app.settings import Settings
from tests.service.running.process import serving

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])
VISITOR = "203.0.113.77"


def seen_from(settings: Settings, forwarded: str) -> str:
    """Give the address from which the service believes that a request came."""
    app = FastAPI()

    @app.get("/", dependencies=[Depends(Everyone())])
    def seen(request: Request) -> str:
        assert request.client
        return request.client.host

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(server_config(settings, app, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            port = listener.getsockname()[1]
            answer = httpx2.get(f"http://127.0.0.1:{port}/", headers={"x-forwarded-for": forwarded})
        finally:
            server.should_exit = True
            thread.join()
    found: str = answer.json()
    assert "server" not in answer.headers
    return found


@pytest.mark.parametrize(
    ("trusted", "forwarded", "seen"),
    [
        ("127.0.0.1", VISITOR, VISITOR),
        ("127.0.0.1, 10.0.0.0/8", f"{VISITOR}, 10.1.2.3", VISITOR),
        ("127.0.0.1", f"198.51.100.9, {VISITOR}", VISITOR),
        ("10.0.0.1", VISITOR, "127.0.0.1"),
    ],
    ids=["its proxy", "two proxies", "a visitor who claims another address", "no proxy of ours"],
)
def test_only_named_proxies_are_believed(trusted: str, forwarded: str, seen: str) -> None:
    assert seen_from(Settings(trusted_proxies=trusted), forwarded) == seen


def test_what_is_really_served_leaves_no_address_token_or_ip_in_its_log(tmp_path: Path) -> None:
    token = "Zx9_aB3kQ7mT2pLr8sVw-dE5fGh1jK4nY6uI0oPq"
    with serving(tmp_path / "data") as service:
        with httpx2.Client(base_url=service.address, headers={"x-forwarded-for": VISITOR}) as client:
            client.get("/", params={"email": "alice@example.org"})
            client.get(f"/join/{token}", headers={"user-agent": "Secret Browser 1.0"})
            client.post("/sign-in", data={"email": "alice@example.org", "password": "swordfish"})
            client.get("/", headers={"referer": "https://intranet.example/team-of-alice"})
            client.get("/%0a2026 error all is lost")
        service.wait_for("route=none status=404")
        service.end()
    lines = service.output
    assert "request method=GET" in lines
    for private in ("alice", token, VISITOR, "127.0.0.1", "Secret Browser", "swordfish", "intranet", "lost"):
        assert private not in lines, private
