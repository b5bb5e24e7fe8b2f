"""The authorities with children's services in England, by their ONS code."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.interchange.vocabulary import folded, quoted

INVENTED = "X"
_ONS_CODE = re.compile(r"[EWSNK][0-9]{8}")
_FORM = re.compile(r"[A-Z][A-Z0-9]{1,15}")
# Codes that ended on 1 April 2025 (S.I. 2024/1328).
_FORMER = {"E08000016": "E08000038", "E08000019": "E08000039"}


@dataclass(frozen=True, slots=True)
class Authority:
    """A council with children's services; ``children_trust`` runs them where it is not empty."""

    code: str
    name: str
    kind: str
    region: str
    children_trust: str


@cache
def authorities() -> Mapping[str, Authority]:
    """Give the 153 authorities by their code."""
    text = (files("app.interchange") / "authorities.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))[1:]
    return {code: Authority(code, name, kind, region, trust) for code, name, kind, region, trust in rows}


def fault_of_code(code: str, name: str) -> str | None:
    """Say what is wrong with an authority's code, if anything is."""
    if code.startswith(INVENTED) and _FORM.fullmatch(code):
        return None
    if code in authorities():
        return None
    if code in _FORMER:
        return f"{code} ended on 1 April 2025. Write {_FORMER[code]} for {authorities()[_FORMER[code]].name}."
    same_name = [known for known in authorities().values() if _same_name(known.name, name)]
    hint = f"{same_name[0].name} is {same_name[0].code}." if len(same_name) == 1 else ""
    if not _ONS_CODE.fullmatch(code):
        right = hint or "An ONS code looks like E08000030."
        invented = f"For an invented council write a code that begins with {INVENTED}."
        return f"{quoted(code)} is not an ONS code. {right} {invented}"
    right = hint or "Look the code up at the ONS; it begins with E06, E08, E09 or E10."
    return (
        f"{code} is not one of the {len(authorities())} English authorities with children's services. {right}"
    )


def warning_of_name(code: str, name: str) -> str | None:
    """Say that a known code goes with another name, if it does."""
    known = authorities().get(code)
    if known is None or not name or _same_name(known.name, name):
        return None
    return (
        f"{code} is {known.name}, but the folder says {quoted(name)}. Check that the code is the right one."
    )


def _same_name(official: str, given: str) -> bool:
    """Say whether a name is the official one, perhaps with "Council", "City of" or "London Borough of" "
    "about it."""
    short = [word for word in _words(official.split(",", maxsplit=1)[0]) if word != "county"]
    return bool(short) and f" {' '.join(short)} " in f" {' '.join(_words(given))} "


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+", folded(name).replace("&", " and ").replace("'", ""))
