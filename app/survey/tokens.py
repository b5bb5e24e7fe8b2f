"""What stands in a link: a person's secret, from which nothing that is made leads back to it, or a code."""

import secrets
from hashlib import blake2b, sha256
from uuid import UUID

from nacl.secret import SecretBox

# 43 characters of the URL-safe alphabet are 256 bits.
LENGTH = 43
# No more than the column of an open link's code has room for.
_LONGEST_CODE = 60
_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def new_token() -> str:
    """Make a token of 256 random bits."""
    return secrets.token_urlsafe(32)


def looks_like_token(text: str) -> bool:
    """Say whether a text has the form of a token; anything else is not worth a look in the database."""
    return len(text) == LENGTH and _ALPHABET.issuperset(text)


def looks_like_code(text: str) -> bool:
    """Say whether a text may be the code of an open link; PostgreSQL fails on some that are none."""
    return 0 < len(text) <= _LONGEST_CODE and _ALPHABET.issuperset(text)


def hash_of(token: str) -> bytes:
    """Give what the ballot is kept by. So many random bits need no slow hash."""
    return sha256(token.encode("ascii")).digest()


def finder_of(token: str) -> bytes:
    """Give what the draft is found by; it has nothing in common with the ballot's hash.

    It needs no survey, so that a ballot, its survey and its draft are found with one question.
    """
    return _derived(token, b"", b"find draft")


def draft_box(token: str, diagnostic_id: UUID) -> SecretBox:
    """Give the box in which the draft is kept; only the token opens it."""
    return SecretBox(_derived(token, diagnostic_id.bytes, b"draft key"))


def _derived(token: str, content: bytes, purpose: bytes) -> bytes:
    return blake2b(content, key=token.encode("ascii"), digest_size=32, person=purpose).digest()
