"""What the pages of the commissioning room may send. What may be chosen, the services check."""

import re
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import EmailStr, Field, TypeAdapter, ValidationError, field_validator

from app.interchange.vocabulary import cleaned, folded, quoted
from app.web.forms import DateParts, Form, Numbered, Says

_EMAIL: TypeAdapter[str] = TypeAdapter(EmailStr)
_PHONE = re.compile(r"[0-9+()\s.-]+(?:\s*(?:ext|x)\.?\s*[0-9]{1,6})?", re.IGNORECASE)
_LEAST_DIGITS = 7
_MOST_AREAS, _LONGEST_AREA = 60, 120
YES = "yes"
# How somebody came to a question, and where they go from it: through all of them for the first time, from the
# page that checks all answers, or (nothing) from the task list.
SETTING_UP, CHECKING = "setup", "check"


class Revised(Form):
    """A form that changes a diagnostic: it says what it showed, and how somebody came to it.

    ``seen`` stands for the answer that was saved when the question was shown. A revision may also have come
    from a change elsewhere in the diagnostic, which is no reason to ask somebody to look again.
    """

    revision: Annotated[Numbered, Says("Load this page again: it does not say which version it shows")]
    seen: str = ""
    way: str = ""


class CommissionForm(Form):
    """Who runs a new diagnostic, and whether there is fieldwork."""

    run_by: Annotated[str, Field(min_length=1), Says("Choose who runs the diagnostic")]
    fieldwork: Annotated[str, Field(min_length=1), Says("Choose whether there is fieldwork")]


class RunningForm(Revised, CommissionForm):
    """The same, of a diagnostic that exists."""


class ScopeForm(Revised):
    """What kind of scope it is."""

    scope: Annotated[str, Field(min_length=1), Says("Choose what the diagnostic covers")]


class AreasForm(Revised):
    """The areas that the diagnostic covers, one on a line."""

    areas: Annotated[
        str,
        Field(min_length=1, max_length=10_000),
        Says("Name at least one area", too_long="Name fewer areas"),
    ]

    @field_validator("areas")
    @classmethod
    def _can_be_told_apart(cls, text: str) -> str:
        names = _lines(text)
        if not names:
            raise ValueError("Name at least one area")
        if len(names) > _MOST_AREAS:
            raise ValueError(f"Name {_MOST_AREAS} areas at most; you named {len(names)}")
        seen: set[str] = set()
        for name in names:
            if len(name) > _LONGEST_AREA:
                raise ValueError(f"Shorten {quoted(name)} to {_LONGEST_AREA} characters or fewer")
            if folded(name) in seen:
                raise ValueError(f"{quoted(name)} stands twice. Write each area once")
            seen.add(folded(name))
        return "\n".join(names)

    @property
    def names(self) -> tuple[str, ...]:
        """The areas."""
        return tuple(_lines(self.areas))


def _lines(text: str) -> list[str]:
    return [" ".join(cleaned(line).split()) for line in text.splitlines() if cleaned(line)]


class RolesForm(Revised):
    """The role groups that the diagnostic covers."""

    roles: Annotated[list[str], Field(min_length=1), Says("Choose at least one role group")]


class FrameworkForm(Revised):
    """The framework version."""

    framework: Annotated[str, Field(min_length=1), Says("Choose a framework version")]


class ThresholdForm(Revised):
    """The smallest group that results may show."""

    threshold: Annotated[
        int, Says("Enter the size of the smallest group", wrong="Enter a whole number, such as 10")
    ]


class PeopleForm(Revised):
    """Who has which duty; empty where nobody is chosen yet."""

    lead: Annotated[UUID | None, Says("Choose somebody from the list")] = None
    gatherer: Annotated[UUID | None, Says("Choose somebody from the list")] = None
    first_key: Annotated[UUID | None, Says("Choose somebody from the list")] = None
    second_key: Annotated[UUID | None, Says("Choose somebody from the list")] = None


def _day(what: str) -> Says:
    return Says(what, wrong=f"Enter a real day for when {what}, in numbers: day, month and year")


class TimetableForm(Revised):
    """The days, as far as they are known."""

    survey_opens_on: Annotated[date | None, DateParts(), _day("the survey opens")] = None
    survey_closes_on: Annotated[date | None, DateParts(), _day("the survey closes")] = None
    fieldwork_from: Annotated[date | None, DateParts(), _day("fieldwork begins")] = None
    fieldwork_until: Annotated[date | None, DateParts(), _day("fieldwork ends")] = None
    brief_due_on: Annotated[date | None, DateParts(), _day("the brief is due")] = None


class ContactForm(Revised):
    """Whom staff ask."""

    contact_name: Annotated[
        str,
        Field(min_length=1, max_length=120),
        Says("Enter the name of the person or team", too_long="Shorten the name to 120 characters or fewer"),
    ]
    contact_email: Annotated[
        str, Field(max_length=254), Says("", too_long="Shorten the email address to 254 characters or fewer")
    ] = ""
    contact_phone: Annotated[
        str, Field(max_length=40), Says("", too_long="Shorten the phone number to 40 characters or fewer")
    ] = ""

    @field_validator("contact_email")
    @classmethod
    def _is_an_address(cls, text: str) -> str:
        if text and not is_email(text):
            raise ValueError("Enter an email address in the right form, such as name@example.gov.uk")
        return text

    @field_validator("contact_phone")
    @classmethod
    def _is_a_number(cls, text: str) -> str:
        digits = sum(character.isdigit() for character in text)
        if text and not (_PHONE.fullmatch(text) and digits >= _LEAST_DIGITS):
            raise ValueError("Enter a phone number, such as 01632 960 001 or +44 1632 960 001")
        return text


def is_email(text: str) -> bool:
    """Say whether a text is in the form of an email address."""
    try:
        _EMAIL.validate_python(text)
    except ValidationError:
        return False
    return True


class OrganisationsForm(Revised):
    """Who answers for the data, whom people write to about them, and who handles them."""

    controller: Annotated[
        str,
        Field(min_length=1, max_length=200),
        Says("Enter the controller", too_long="Shorten the controller to 200 characters or fewer"),
    ]
    data_protection_contact: Annotated[
        str,
        Field(min_length=1, max_length=254),
        Says("Enter the data protection contact", too_long="Shorten the contact to 254 characters or fewer"),
    ]
    processor: Annotated[
        str,
        Field(min_length=1, max_length=200),
        Says("Enter the processor", too_long="Shorten the processor to 200 characters or fewer"),
    ]


class BasisForm(Revised):
    """The lawful basis, and whether the council confirms it."""

    lawful_basis: Annotated[str, Field(min_length=1), Says("Choose the lawful basis")]
    other_basis: Annotated[
        str, Field(max_length=200), Says("", too_long="Shorten the lawful basis to 200 characters or fewer")
    ] = ""
    confirmed: str = ""


class RetentionForm(Revised):
    """For how many months raw data are kept."""

    raw_data_months: Annotated[
        int, Says("Enter the number of months", wrong="Enter a whole number of months, such as 12")
    ]


class DeletionForm(Revised):
    """Deleting a draft."""


class JudgementForm(Form):
    """Ofsted's latest judgement; ``seen`` is what the form showed."""

    seen: str = ""
    judgement: Annotated[str, Field(min_length=1), Says("Choose the judgement, or that none is noted")]
    judged_on: Annotated[
        date | None,
        DateParts(),
        Says("", wrong="Enter a real day for the inspection report, in numbers: day, month and year"),
    ] = None
