"""Passwords: how they are kept, compared, and which are refused.

Length and a list of common ones decide, not rules on letters, digits and signs, which make passwords worse.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

LEAST, MOST = 12, 128
_HASHER = PasswordHasher()
_LIST = Path(__file__).with_name("common_passwords.txt")
_LEAST_LEFT = 8
_SHORTEST_OWN_WORD = 3
_SHORTEST_RUN = 6
_SERVICE_WORDS = ("diagnostic", "evidence")
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "0123456789" * 13, "qwertyuiopasdfghjklzxcvbnm")
_LOOK_ALIKE = str.maketrans("013457@$!", "oieastasi")
COMMON = (
    "This password is one that people who break in try first. "
    "Choose another one, such as three or four words that do not belong together"
)
OWN_WORDS = (
    "Most of this password is your name, your email address or the name of this service. "
    "Choose words that others would not guess"
)


def normalised(password: str) -> str:
    """Give a password in one form, however a keyboard composed its letters."""
    return unicodedata.normalize("NFKC", password)


def hash_password(password: str) -> str:
    """Give what is kept of a password."""
    return _HASHER.hash(normalised(password))


@cache
def _nobodys() -> str:
    return _HASHER.hash("the password of nobody at all")


def fits(password_hash: str | None, password: str) -> bool:
    """Say whether a password is the one that is kept.

    Where none is kept, as much work is done, so that the time of an answer does not tell who has an account.
    """
    kept = password_hash or _nobodys()
    try:
        _HASHER.verify(kept, normalised(password[: MOST + 1]))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Say whether what is kept was made with weaker settings than those of today."""
    return _HASHER.check_needs_rehash(password_hash)


def weakness(password: str, own: Iterable[str] = ()) -> str:
    """Say in a sentence why a password of the right length is refused; nothing where it is not.

    ``own`` holds the person's name and email address.
    """
    folded = normalised(password).casefold()
    if _is_common(folded):
        return COMMON
    rest = folded
    for word in sorted(_own_words(own), key=len, reverse=True):
        rest = rest.replace(word, "")
    if rest != folded and len(re.sub(r"[\W\d_]", "", rest)) < _LEAST_LEFT:
        return OWN_WORDS
    return ""


def _own_words(own: Iterable[str]) -> set[str]:
    words = {word for text in own for word in re.split(r"[\W_]+", text.casefold())}
    return {word for word in words if len(word) >= _SHORTEST_OWN_WORD} | set(_SERVICE_WORDS)


def _is_common(folded: str) -> bool:
    """Compare with the list: as typed, without what was put before and after, and without look-alikes."""
    known = common_passwords()
    typed = {folded, folded.translate(_LOOK_ALIKE)}
    bare = typed | {re.sub(r"^[\W\d_]+|[\W\d_]+$", "", one) for one in (*typed,)}
    bare |= {re.sub(r"[\W_]+", "", one) for one in (*bare,)}
    if any(one in known or _unit(one) in known for one in bare):
        return True
    letters = re.sub(r"[\W_]+", "", folded) or folded
    return len(_unit(folded)) < _SHORTEST_RUN or any(letters in run or letters[::-1] in run for run in _RUNS)


def _unit(text: str) -> str:
    """Give what a text repeats, or all of it."""
    return text[: (text + text).find(text, 1)]


@cache
def common_passwords() -> frozenset[str]:
    """Read the list."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
