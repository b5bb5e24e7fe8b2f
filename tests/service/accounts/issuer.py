"""An issuer for single sign-on: oidc-provider-mock, as a real server on this machine.

It insists on PKCE, which the mock does not check, and can be told to lie: its ID tokens are signed anew on
their way out, by a key that it publishes or by another one, with claims that a test has changed.
"""

import base64
import io
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import RSAKey
from oidc_provider_mock import User, app
from werkzeug.serving import make_server

CLIENT = "the-service"
KEY, ANOTHERS_KEY = (RSAKey.generate_key(2048, {"kid": "published"}) for _ in range(2))
Claims = dict[str, Any]


def _unchanged(claims: Claims) -> Claims:
    return claims


@dataclass
class Issuer:
    """The server, what it saw, and how it lies."""

    wsgi: Any
    address: str = ""
    key: RSAKey = field(default_factory=lambda: KEY)
    signing_key: RSAKey | None = None
    lie: Callable[[Claims], Claims] = _unchanged
    token_requests: list[dict[str, list[str]]] = field(default_factory=list)
    challenges: dict[str, str] = field(default_factory=dict)
    is_down: bool = False

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if self.is_down:
            start("503 Service Unavailable", [("content-type", "text/plain")])
            return [b"down"]
        if path == "/jwks":
            return _json(start, {"keys": [self.key.as_dict(private=False)]})
        if path == "/oauth2/token":
            return self._token(environ, start)
        answer: Iterable[bytes] = self.wsgi(environ, start)
        return answer

    def _token(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        sent = parse_qs(body.decode())
        self.token_requests.append(sent)
        verifier = sent.get("code_verifier", [""])[0]
        challenge = base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        if challenge not in self.challenges.values():
            return _json(start, {"error": "invalid_grant"}, "400 Bad Request")
        environ["wsgi.input"] = io.BytesIO(body)
        statuses: list[str] = []
        answered = b"".join(self.wsgi(environ, lambda status, _headers, *_: statuses.append(status)))
        if not statuses[0].startswith("200"):
            return _json(start, json.loads(answered), statuses[0])
        token = json.loads(answered)
        payload = token["id_token"].split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        claims.pop("at_hash", None)
        key = self.signing_key or self.key
        header = {"alg": "RS256", "kid": "published"}
        token["id_token"] = jwt.encode(header, self.lie(claims), key)
        return _json(start, token)

    def sign_in(self, location: str, subject: str) -> str:
        """Sign in at the page to which the service sent the browser; give where it sends the browser back."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert query["code_challenge_method"] == "S256"
        self.challenges[query["state"]] = query["code_challenge"]
        answer = httpx2.post(location, data={"sub": subject})
        assert answer.status_code == 302, answer.text[:500]
        return answer.headers["location"]


def _json(start: Callable[..., Any], value: object, status: str = "200 OK") -> list[bytes]:
    start(status, [("content-type", "application/json")])
    return [json.dumps(value).encode()]


@contextmanager
def running_issuer(*people: User) -> Iterator[Issuer]:
    """Run an issuer that knows some people."""
    issuer = Issuer(app(require_nonce=True, user_claims=people))
    server = make_server("127.0.0.1", 0, issuer, threaded=True)
    issuer.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
