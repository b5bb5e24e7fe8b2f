"""Which passwords are taken: by length and a list, not by rules on letters and signs."""

import pytest

from app.accounts.forms import PasswordChosen
from app.accounts.services import passwords
from app.accounts.services.passwords import COMMON, OWN_WORDS, common_passwords, fits, hash_password, weakness
from app.web.forms import bind
from tests.service.accounts.visitor import ANOTHER, PASSWORD

OWN = ("Alice Ashworth", "alice.ashworth@wexbourne.gov.uk")


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password2026!",
        "P@ssw0rd2026!",
        "passwordpassword",
        "Welcome123456",
        "qwertyuiop12",
        "1qaz2wsx3edc",
        "123456789012",
        "098765432109",
        "abcdefghijkl",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "Liverpool2026!!",
        "!!!Sunshine!!!",
        "correct horse battery staple",
        "safeguarding1",
        "November2026",
        "letmeinplease",
    ],
)
def test_common_passwords_are_refused(password: str) -> None:
    assert weakness(password, OWN) == COMMON


@pytest.mark.parametrize(
    "password",
    ["AliceAshworth1!", "ashworth-alice-99", "alice.ashworth@", "diagnostic2026!", "My-Diagnostic-1"],
)
def test_passwords_made_of_what_everybody_knows_are_refused(password: str) -> None:
    assert weakness(password, OWN) == OWN_WORDS


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        ANOTHER,
        "alice keeps seventeen hens",
        "8391047265831",
        "!@^&(}{|~,.;",
        "пять синих чайников",
        "x4$Kq9!vT2pL",
        "the password is a small otter",
    ],
)
def test_others_are_taken_whatever_they_are_made_of(password: str) -> None:
    assert weakness(password, OWN) == ""


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "Enter a password"),
        ("eleven char", "Your password must have 12 characters or more"),
        ("green kettle", ""),
        ("x" * 128, ""),
        ("x" * 129, "Your password must have 128 characters or fewer"),
    ],
)
def test_the_length_is_said(password: str, said: str) -> None:
    from starlette.datastructures import FormData

    assert bind(PasswordChosen, FormData([("password", password)])).error("password") == said


def test_spaces_at_the_ends_belong_to_the_password() -> None:
    from starlette.datastructures import FormData

    bound = bind(PasswordChosen, FormData([("password", "  green kettle  ")]))
    assert bound.data is not None and bound.data.password == "  green kettle  "


def test_a_letter_counts_the_same_however_a_keyboard_composes_it() -> None:
    kept = hash_password("café with one letter")
    assert fits(kept, "cafe\u0301 with one letter")
    assert not fits(kept, "cafe with one letter")


def test_no_password_fits_where_none_is_kept() -> None:
    assert not fits(None, "the password of nobody at all")
    assert not fits(None, "")


def test_the_whole_password_counts() -> None:
    kept = hash_password("x" * 128)
    assert not fits(kept, "x" * 129)
    assert not fits(kept, "x" * 127)


def test_what_is_kept_is_argon2id_with_the_settings_of_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    from argon2 import PasswordHasher, extract_parameters

    monkeypatch.undo()
    kept = passwords._HASHER.hash(PASSWORD)
    assert kept.startswith("$argon2id$")
    used, usual = extract_parameters(kept), extract_parameters(PasswordHasher().hash(PASSWORD))
    assert used == usual
    assert used.memory_cost >= 19 * 1024, "the least that OWASP recommends"


def test_the_list_says_where_it_comes_from_and_holds_what_it_should() -> None:
    head = passwords._LIST.read_text(encoding="utf-8").splitlines()[:5]
    assert any("MIT License" in line for line in head)
    known = common_passwords()
    assert {"password", "liverpool", "1qaz2wsx3edc"} <= known
    assert len(known) > 5000
    assert all(word == word.casefold() for word in known)
