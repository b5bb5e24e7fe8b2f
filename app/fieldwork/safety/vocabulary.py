"""The words by which names are known, and those that are none."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

import yaml

from app.interchange.authorities import authorities

_HERE = files("app.fieldwork.safety")
_UNCOMPOSED = str.maketrans("łøđıþðæœß", "lodiþðaos")


@cache
def _sets() -> dict[str, str]:
    loaded: dict[str, str] = yaml.safe_load((_HERE / "vocabulary.yaml").read_text(encoding="utf-8"))
    return loaded


def _set(name: str) -> frozenset[str]:
    return frozenset(_sets()[name].split())


TITLES = _set("titles")
SURE_TITLES = _set("sure_titles")
KIN = _set("kin")
ROLES = _set("roles")
THINGS = _set("things")
PLACES = _set("places")
SPEECH = _set("speech")
TOLD = _set("told")
MONTHS = _set("months")
SEASONS_AND_PLACES = _set("seasons_and_places")
BELONGINGS = _set("belongings")
PARTICLES = _set("particles")
AFTER_CONTACT = _set("after_contact")
TALK = _set("talk")
_WORDS_TOO = _set("words_too")
ADVERBS = _set("adverbs")
FELT_BY_PEOPLE = _set("felt_by_people")
_ELSEWHERE = _set("elsewhere")
NOT_BEFORE_STRANGERS = _set("not_before_strangers")
AFTER_STRANGERS = _set("after_strangers")
ANONYMOUS = _set("anonymous")
ABBREVIATIONS = _set("abbreviations")
MAY_BE_INITIALS = _set("may_be_initials")
POSTCODE_AREAS = _set("postcode_areas")


# Northfield, Queensway: a place, or somebody called after one. Places are more frequent in notes.
_PLACE_ENDINGS = re.compile(
    r".{2,}(?:fields?|gate|way|side|groves?|hill|top|bank|gardens?|heights?|ton|ham|bury|borough|brough"
    r"|ford|wick|worth|mouth|bridge|shire|hall|chester|cester|pool|stead|minster|hurst|combe|wells?|dale|wood"
    r"|bourne|burn|haven|view|park|point|ville|land|lands|vale|brook|port|moor)"
)
_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"),
    ("ly", ""), ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"), ("ness", ""), ("able", ""), ("less", ""),
    ("ful", ""), ("al", ""), ("ally", ""),
)  # fmt: skip
_LONGEST = 40
_BEGINNINGS = re.compile(
    r"(?:un|re|non|co|multi|pre|self|sub|inter|over|under|out|mis|dis|anti|micro|bio|neuro|psycho|cyber)-?(?=...)"
)


def key(word: str) -> str:
    """Give a word as it is compared: lower case, without accents."""
    return _without_accents(word.lower().replace("’", "'"))


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFD", word.translate(_UNCOMPOSED))
    return "".join(character for character in plain if not unicodedata.combining(character))


@cache
def _given() -> tuple[frozenset[str], frozenset[str]]:
    text = (_HERE / "given_names.txt").read_text(encoding="utf-8")
    only, _, words_too = text.partition("# Also words")
    ambiguous = frozenset(_words(words_too.partition("\n")[2]))
    return frozenset(_words(only)) - ambiguous, ambiguous


@cache
def _not_names() -> frozenset[str]:
    return (
        frozenset(_words((_HERE / "not_names.txt").read_text(encoding="utf-8"))) - _given()[0] - _given()[1]
    )


def _words(text: str) -> list[str]:
    return [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]


def is_given_name(word: str) -> bool:
    """Whether people are often called that, and nothing else is."""
    return any(part in _given()[0] for part in (key(word), key(word).split("-")[0]))


def is_written_small(word: str) -> bool:
    """Whether a word without a capital letter can only be a name."""
    return len(word) >= 5 and key(word) in _given()[0] and key(word) not in _WORDS_TOO


def may_be_given_name(word: str) -> bool:
    """Whether people are called that, among others."""
    return is_given_name(word) or key(word) in _given()[1]


def is_ordinary(word: str) -> bool:
    """Whether a word is nobody's name, though it may begin with a capital letter."""
    return key(word) in _not_names()


@cache
def _english() -> frozenset[str]:
    return frozenset(_words((_HERE / "english_words.txt").read_text(encoding="utf-8")))


@cache
def _places() -> frozenset[str]:
    names = (authority.name for authority in authorities().values())
    return _ELSEWHERE | (
        frozenset(key(word) for name in names for word in re.findall(r"[^\W\d_]+", name)) - _given()[0]
    )


def is_strange(word: str) -> bool:
    """Whether a word is none of English, no place and no product: those have capitals within."""
    plain = key(word)
    if (
        not 3 <= len(plain) <= _LONGEST
        or not word[1:].islower()
        or is_ordinary(word)
        or plain in _places()
        or plain in _given()[1]
    ):
        return False
    return not (_PLACE_ENDINGS.fullmatch(plain) or is_english(plain))


def is_english(plain: str) -> bool:
    """Whether a word, in lower case, is English: a listed one, a form of it, or two of them in one."""
    if len(plain) > _LONGEST:
        return False
    if "-" in plain:
        return all(is_english(part) or len(part) < 3 for part in plain.split("-"))
    for word in (plain, _BEGINNINGS.sub("", plain, count=1)):
        if word in _english() or is_ordinary(word):
            return True
        for ending, instead in _ENDINGS:
            stem = word.removesuffix(ending) + instead
            if word.endswith(ending) and (
                stem in _english() or is_ordinary(stem) or _undoubled(stem) in _english()
            ):
                return True
    return any(plain[:cut] in _english() and plain[cut:] in _english() for cut in range(4, len(plain) - 3))


def _undoubled(stem: str) -> str:
    """Give "plan" for "plann", of "planning"."""
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
