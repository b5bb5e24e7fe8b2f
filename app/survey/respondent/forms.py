"""Reading what a respondent's page sent: what was answered, and what is still to answer.

Whoever has two tabs open sends pages that were shown before the other tab saved something. So nothing is
taken for deleted, or overwritten, that the page did not show.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from hashlib import blake2b

from starlette.datastructures import FormData

from app.survey.questionnaire import (
    AREA,
    DONT_KNOW,
    MOST_NEEDS,
    NEEDS,
    NOT_SAID,
    PREFER_NOT_TO_SAY,
    ROLE,
    Choice,
    Questionnaire,
    QuestionPage,
)
from app.survey.sealing import LONGEST_COMMENT, Given

# Before a field's name: that of the hidden field which tells what the field was filled with.
_SHOWN = "shown-"
_CLASH = "You saved other {what} after you opened this page, perhaps in another tab. {mend}, then save again"


@dataclass(frozen=True, slots=True)
class Read:
    """What a page sent, added to what was given before; ``errors`` goes by the field's id.

    ``given`` is what stands in the fields, and ``kept`` what the draft is to hold. They differ where a
    comment is longer than the draft has room for, and in the fields of ``clashes``, which were changed here
    and in another tab.
    """

    given: Given
    kept: Given
    errors: Mapping[str, str]
    anything: bool
    clashes: frozenset[str] = frozenset()


def looked_at(given: Given) -> Read:
    """Give what there is, where nothing was sent."""
    return Read(given, given, {}, anything=False)


def _one(form: FormData, name: str) -> str:
    """Give a field's only value; a doubled one is none."""
    values = [value for value in form.getlist(name) if isinstance(value, str)]
    return values[0] if len(values) == 1 else ""


def read_about_you(questionnaire: Questionnaire, before: Given, form: FormData) -> Read:
    """Read role group and service area; each may be kept to oneself, but must be chosen or refused."""
    role, area = _chosen(form, ROLE, questionnaire.groups), _chosen(form, AREA, questionnaire.areas)
    given = replace(
        before,
        role_group=before.role_group if role is None else role,
        service_area=before.service_area if area is None else area,
    )
    errors = {}
    if given.role_group is None:
        errors[ROLE] = "Choose your role, or “Prefer not to say”"
    if given.service_area is None:
        errors[AREA] = "Choose your service area, or “Prefer not to say”"
    return Read(given, given, errors, role is not None or area is not None)


def _chosen(form: FormData, name: str, choices: tuple[Choice, ...]) -> str | None:
    value = _one(form, name)
    if value == NOT_SAID:
        return PREFER_NOT_TO_SAY
    return value if value in {choice.value for choice in choices} else None


def read_questions(questionnaire: Questionnaire, page: QuestionPage, before: Given, form: FormData) -> Read:
    """Read a page of rated questions; each wants an answer, of which "don't know" is one.

    Nobody can take back a radio, so one that was not sent was answered in another tab, or not at all.
    """
    answers, errors, anything = dict(before.answers), {}, False
    for question in questionnaire.shown(page, before.role_group):
        values = {str(option.value): option.value for option in questionnaire.scale(question).options}
        sent = _one(form, question.code)
        if sent == DONT_KNOW or sent in values:
            answers[question.code] = values.get(sent)
            anything = True
        elif question.code not in answers:
            errors[question.code] = f"Choose an answer to “{question.text}”"
    given = replace(before, answers=answers)
    return Read(given, given, errors, anything)


def read_in_your_words(questionnaire: Questionnaire, before: Given, form: FormData) -> Read:
    """Read needs and comments; all of them may be left empty."""
    errors, clashes = dict[str, str](), set[str]()
    known = [choice.id for choice in questionnaire.framework.needs.choices]
    sent, saved = tuple(need for need in known if need in form.getlist(NEEDS)), before.needs or ()
    counts = _what_counts(form, NEEDS, _joined(sent), _joined(saved))
    ticked = saved if counts is _Counts.SAVED else sent
    if counts is _Counts.CLASH:
        clashes.add(NEEDS)
        errors[NEEDS] = _CLASH.format(what="choices of evidence", mend="Tick what you want to keep")
    elif len(ticked) > MOST_NEEDS:
        errors[NEEDS] = f"Choose up to {MOST_NEEDS} kinds of evidence; you have chosen {len(ticked)}"
    shown, kept = dict[str, str](), dict[str, str]()
    for comment in questionnaire.framework.comments:
        code = comment.code
        text, before_text = clean(_one(form, code)), before.comments.get(code, "")
        counts = _what_counts(form, code, text, before_text)
        shown[code] = before_text if counts is _Counts.SAVED else text
        kept[code] = before_text if counts is _Counts.CLASH else shown[code][:LONGEST_COMMENT].rstrip()
        over = len(shown[code]) - LONGEST_COMMENT
        if counts is _Counts.CLASH:
            clashes.add(code)
            errors[code] = _CLASH.format(
                what=f"words for “{comment.text}”", mend="Put what you want to keep into the box"
            )
        elif over > 0:
            errors[code] = (
                f"Shorten what you wrote by {over:,} character{'' if over == 1 else 's'}. "
                f"Only the first {LONGEST_COMMENT:,} are saved"
            )
    return Read(
        replace(before, needs=ticked, comments=_written(shown)),
        replace(before, needs=saved if NEEDS in clashes else ticked, comments=_written(kept)),
        errors,
        bool(sent or _written(shown)),
        frozenset(clashes),
    )


def as_shown(questionnaire: Questionnaire, given: Given) -> dict[str, str]:
    """Give what a form carries to tell later what it was filled with, by the names of its hidden fields."""
    words = {
        comment.code: given.comments.get(comment.code, "") for comment in questionnaire.framework.comments
    }
    words[NEEDS] = _joined(given.needs or ())
    return {_SHOWN + name: _digest(text) for name, text in words.items()}


class _Counts(Enum):
    """Which of two values of a field counts: the one that was sent, or the one that is saved."""

    SENT = "only the page has changed it, or both are the same"
    SAVED = "it came back as it was shown, and was changed in another tab meanwhile"
    CLASH = "both have changed it"


def _what_counts(form: FormData, name: str, sent: str, saved: str) -> _Counts:
    """Say which value counts; a form that does not tell what it was filled with is taken at its word."""
    shown = _one(form, _SHOWN + name)
    if not shown or sent == saved or _digest(saved) == shown:
        return _Counts.SENT
    return _Counts.SAVED if _digest(sent) == shown else _Counts.CLASH


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _joined(needs: Iterable[str]) -> str:
    return " ".join(needs)


def _written(comments: Mapping[str, str]) -> dict[str, str]:
    return {code: text for code, text in comments.items() if text}


def clean(text: str) -> str:
    """Give a comment with plain line breaks and without characters that nobody can see."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = (
        sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cn")
    )
    return "".join(seen).strip()
