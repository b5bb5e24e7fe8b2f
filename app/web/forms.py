"""From a form that somebody sent to a value, or to the same page with what was typed and what is wrong.

A form is a pydantic model. Its field's words for what can go wrong stand beside the field::

    class NewPassword(Form):
        password: Annotated[str, Field(min_length=12), Says("Enter a password", too_short="Use 12 or more")]
            str, Field(min_length=12), Says("Enter a password", too_short="Use 12 characters or more")
        ]
        day: Annotated[date, DateParts(), Says("Enter the day the survey opens")]

        password: Annotated[str, Field(min_length=12), Says("Enter a password", too_short="Add to it")]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from starlette.datastructures import FormData, UploadFile

_PARTS = ("day", "month", "year")
_TOO_LONG = frozenset({"string_too_long", "too_long"})
_TOO_SHORT = frozenset({"string_too_short", "too_short"})
WHOLE_FORM = ""
# What a page carries hidden, or an address names: a version, or the number of something. No larger one fits
# into the database.
_MOST = 2**31 - 1
Numbered = Annotated[int, Field(ge=0, le=_MOST)]


class Form(BaseModel):
    """The base of all forms: what is not a field is ignored, and spaces around an answer do not count."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, frozen=True)


@dataclass(frozen=True, slots=True)
class Says:
    """The words for a field that is missing, too short, too long or not what was asked for."""

    missing: str
    wrong: str = ""
    too_short: str = ""
    too_long: str = ""

    def of(self, kind: str, empty: bool) -> str:
        """Give the words for an error of pydantic's kind."""
        if empty or kind == "missing":
            return self.missing
        if kind in _TOO_LONG and self.too_long:
            return self.too_long
        if kind in _TOO_SHORT and self.too_short:
            return self.too_short
        return self.wrong or self.missing


@dataclass(frozen=True, slots=True)
class DateParts:
    """Marks a field that is asked for as day, month and year, in boxes called NAME-day and so on."""


F = TypeVar("F", bound=Form)


@dataclass(frozen=True, slots=True)
class Bound(Generic[F]):
    """A form as it was sent or is first shown: what was typed, what is wrong, and the value if nothing is.

    ``errors`` goes by field; what concerns the whole form stands under `WHOLE_FORM`.
    """

    values: Mapping[str, tuple[str, ...]]
    errors: Mapping[str, str]
    data: F | None = None

    def value(self, name: str) -> str:
        """Give what was typed into a field."""
        return (self.values.get(name) or ("",))[-1]

    def chosen(self, name: str) -> tuple[str, ...]:
        """Give all that was ticked in a field."""
        return self.values.get(name, ())

    def error(self, name: str) -> str:
        """Give what is wrong with a field."""
        return self.errors.get(name, "")

    def with_error(self, name: str, message: str) -> "Bound[F]":
        """Add what only a service could know."""
        return replace(self, errors={**self.errors, name: message}, data=None)

    @property
    def summary(self) -> list[dict[str, str]]:
        """What the error summary lists, each with a link to its field."""
        return [
            {"text": message, "href": f"#{name or 'main-content'}"} for name, message in self.errors.items()
        ]


def shown(**values: object) -> Bound[Any]:
    """Show a form for the first time, with what is known already."""
    texts: dict[str, tuple[str, ...]] = {}
    for name, value in values.items():
        if isinstance(value, date):
            parts = zip(_PARTS, (value.day, value.month, value.year), strict=True)
            texts.update({f"{name}-{part}": (str(number),) for part, number in parts})
        elif isinstance(value, (list, tuple, set, frozenset)):
            texts[name] = tuple(str(one) for one in value)
        else:
            texts[name] = ("" if value is None else str(value),)
    return Bound(MappingProxyType(texts), MappingProxyType({}))


def number_in(sent: object, otherwise: int = 0) -> int:
    """Give the number that a hidden field or a button holds, or another where it holds none of ours."""
    text = sent if isinstance(sent, str) else ""
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST))
    return number if plain and (number := int(text)) <= _MOST else otherwise


def bind(form: type[F], sent: FormData) -> Bound[F]:
    """Read what was sent into a form's model."""
    values: dict[str, tuple[str, ...]] = {}
    for name, value in sent.multi_items():
        if not isinstance(value, UploadFile):
            values[name] = (*values.get(name, ()), value)
    given = {name: _given(name, field, values) for name, field in form.model_fields.items()}
    given = {name: value for name, value in given.items() if value is not None}
    try:
        return Bound(values, {}, form.model_validate(given))
    except ValidationError as error:
        return Bound(values, _messages(form, error.errors(), given))


def _given(name: str, field: FieldInfo, values: Mapping[str, tuple[str, ...]]) -> object:
    """Give a field's value as pydantic should see it; None where nothing was sent."""
    if _date_parts(field):
        parts = [(values.get(f"{name}-{part}") or ("",))[-1].strip() for part in _PARTS]
        return "" if not any(parts) and name in values else _as_date(parts)
    found = values.get(name)
    if _takes_many(field):
        return list(found or ())
    if found is None or (not found[-1].strip() and not field.is_required()):
        return None
    return found[-1]


def _date_parts(field: FieldInfo) -> bool:
    return any(isinstance(mark, DateParts) for mark in field.metadata)


def _as_date(parts: Sequence[str]) -> object:
    if not any(parts):
        return None
    try:
        day, month, year = (int(part) if part.isascii() and part.isdigit() else 0 for part in parts)
        return date(year, month, day)
    except (ValueError, OverflowError):
        # Python reads no number of more than some thousand digits, and makes no date of a very large one.
        return "-".join(parts)


def _takes_many(field: FieldInfo) -> bool:
    origin = getattr(field.annotation, "__origin__", None)
    return origin in (list, tuple, set, frozenset)


def _messages(
    form: type[Form], errors: Sequence[ErrorDetails], given: Mapping[str, object]
) -> dict[str, str]:
    """Put pydantic's errors into the form's words, one a field, in the order of the fields."""
    found: dict[str, str] = {}
    for error in errors:
        name = str(error["loc"][0]) if error["loc"] else WHOLE_FORM
        if name in found:
            continue
        field = form.model_fields.get(name)
        said = next((mark for mark in field.metadata if isinstance(mark, Says)), None) if field else None
        if error["type"] == "value_error":
            found[name] = str(error["ctx"]["error"])
        elif said is not None:
            found[name] = said.of(error["type"], given.get(name) in (None, "", []))
        else:
            found[name] = error["msg"]
    order = list(form.model_fields)
    return dict(sorted(found.items(), key=lambda entry: order.index(entry[0]) if entry[0] in order else -1))
