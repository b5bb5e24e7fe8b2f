"""Single sign-on by OpenID Connect: the code flow with PKCE, with the one issuer that the settings name.

What it needs is slow to import: only a request that signs in so imports this.
"""

import secrets as random
from hashlib import sha256
from typing import Any, cast
from urllib.parse import urlsplit

import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from httpx2 import HTTPError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from app.accounts.services.identities import CALLBACK, Identity, SingleSignOnFailed, Started
from app.settings import Settings

_log = structlog.get_logger("diagnostic.accounts")
_SCOPE = "openid email profile"
_SECONDS = 10
_LEEWAY = 60
# Signatures that only the issuer can make; a symmetric one could be made by whoever knows the client secret.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]


def start(settings: Settings, next_: str, connect: str = "") -> tuple[str, Started]:
    """Give the issuer's address to which the browser goes, and what it keeps meanwhile.

    Raises
    ------
    SingleSignOnFailed
        Where the issuer cannot be reached, or is not the one that was set.
    """
    started = Started(
        random.token_urlsafe(32), random.token_urlsafe(32), random.token_urlsafe(48), next_, connect
    )
    with _client(settings) as client:
        found = _discover(client, settings)
        address, _ = client.create_authorization_url(
            found["authorization_endpoint"],
            state=started.state,
            nonce=started.nonce,
            code_verifier=started.verifier,
        )
    return str(address), started


def finish(settings: Settings, started: Started, code: str) -> Identity:
    """Exchange the code, and check the issuer's word: signature, issuer, audience, time and nonce.

    Raises
    ------
    SingleSignOnFailed
        Where anything does not fit.
    """
    with _client(settings) as client:
        found = _discover(client, settings)
        try:
            token = client.fetch_token(
                found["token_endpoint"],
                code=code,
                grant_type="authorization_code",
                code_verifier=started.verifier,
            )
            keys = KeySet.import_key_set(cast("KeySetSerialization", _read(client, found["jwks_uri"])))
            decoded = jwt.decode(token["id_token"], keys, algorithms=_ALGORITHMS)
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                {
                    "iss": {"essential": True, "value": found["issuer"]},
                    "aud": {"essential": True, "value": settings.oidc_client_id},
                },
                {
                    "nonce": started.nonce,
                    "client_id": settings.oidc_client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(leeway=_LEEWAY)
        except (AuthlibBaseError, HTTPError, JoseError, KeyError, ValueError) as error:
            _log.warning("single sign-on failed", kind=type(error).__name__, reason=str(error)[:200])
            raise SingleSignOnFailed(
                f"What came back from {settings.oidc_name} could not be confirmed. Go back to the sign-in "
                "page and try again. If it happens again, tell whoever runs this service."
            ) from error
    return _identity(found["issuer"], claims)


def _client(settings: Settings) -> OAuth2Client:
    secret = settings.oidc_client_secret.get_secret_value()
    return OAuth2Client(
        client_id=settings.oidc_client_id,
        client_secret=secret or None,
        token_endpoint_auth_method="client_secret_basic" if secret else "none",
        code_challenge_method="S256",
        redirect_uri=f"{settings.base_url}{CALLBACK}",
        scope=_SCOPE,
        timeout=_SECONDS,
        follow_redirects=False,
    )


def _discover(client: OAuth2Client, settings: Settings) -> dict[str, Any]:
    issuer = settings.oidc_issuer.rstrip("/")
    try:
        found = _read(client, f"{issuer}/.well-known/openid-configuration")
        fits = str(found["issuer"]).rstrip("/") == issuer
        ends = [str(found[name]) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    except (HTTPError, KeyError, ValueError) as error:
        _log.warning("single sign-on failed", kind=type(error).__name__, reason=str(error)[:200])
        raise SingleSignOnFailed(
            f"We cannot reach {settings.oidc_name} at the moment. Try again in a few minutes."
        ) from error
    if not fits or not all(_is_secure(end) for end in (issuer, *ends)):
        raise SingleSignOnFailed(
            f"{settings.oidc_name} is not set up as this service expects. Tell whoever runs this service."
        )
    return found


def _read(client: OAuth2Client, address: str) -> dict[str, Any]:
    answer = client.request("GET", address, withhold_token=True)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise ValueError(f"{address} gives no JSON object")
    return found


def _is_secure(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")


def _identity(issuer: str, claims: CodeIDToken) -> Identity:
    # Entra ID has no email_verified; where it is asked to, it says whether the address’s domain is confirmed.
    verified = claims.get("email_verified", claims.get("xms_edov"))
    return Identity(
        subject=sha256(f"{issuer}\n{claims['sub']}".encode()).hexdigest(),
        email=str(claims.get("email") or "").strip().lower(),
        email_verified=verified in (True, 1, "1", "true", "True"),
        name=str(claims.get("name") or "").strip(),
    )
