"""Reading what a respondent's page sent: what was answered, and what is still to answer."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class Read:
    """What a page sent, added to what was given before; ``errors`` goes by the field's id."""

    given: Given
    errors: Mapping[str, str]
    anything: bool

    @property
    def kept(self) -> Given:
        """What the draft has room for: of a comment that is too long, its beginning."""
        comments = {code: text[:LONGEST_COMMENT] for code, text in self.given.comments.items()}
        return replace(self.given, comments=comments)


def _one(form: FormData, name: str) -> str:
    """Give a field's only value; a doubled one is none."""
    values = [value for value in form.getlist(name) if isinstance(value, str)]
    return values[0] if len(values) == 1 else ""


def read_about_you(questionnaire: Questionnaire, before: Given, form: FormData) -> Read:
    """Read role group and service area; each may be kept to oneself, but must be chosen or refused."""
    role, area = _chosen(form, ROLE, questionnaire.groups), _chosen(form, AREA, questionnaire.areas)
    errors = {}
    if role is None:
        errors[ROLE] = "Choose your role, or “Prefer not to say”"
    if area is None:
        errors[AREA] = "Choose your service area, or “Prefer not to say”"
    given = replace(
        before,
        role_group=before.role_group if role is None else role,
        service_area=before.service_area if area is None else area,
    )
    return Read(given, errors, role is not None or area is not None)


def _chosen(form: FormData, name: str, choices: tuple[Choice, ...]) -> str | None:
    value = _one(form, name)
    if value == NOT_SAID:
        return PREFER_NOT_TO_SAY
    return value if value in {choice.value for choice in choices} else None


def read_questions(questionnaire: Questionnaire, page: QuestionPage, before: Given, form: FormData) -> Read:
    """Read a page of rated questions; each wants an answer, of which "don't know" is one."""
    answers, errors, anything = dict(before.answers), {}, False
    for question in questionnaire.shown(page, before.role_group):
        values = {str(option.value): option.value for option in questionnaire.scale(question).options}
        sent = _one(form, question.code)
        if sent == DONT_KNOW or sent in values:
            answers[question.code] = values.get(sent)
            anything = True
        else:
            answers.pop(question.code, None)
            errors[question.code] = f"Choose an answer to “{question.text}”"
    return Read(replace(before, answers=answers), errors, anything)


def read_in_your_words(questionnaire: Questionnaire, before: Given, form: FormData) -> Read:
    """Read needs and comments; all of them may be left empty."""
    known = [choice.id for choice in questionnaire.framework.needs.choices]
    ticked = tuple(choice for choice in known if choice in form.getlist(NEEDS))
    errors: dict[str, str] = {}
    if len(ticked) > MOST_NEEDS:
        errors[NEEDS] = f"Choose up to {MOST_NEEDS} kinds of evidence; you have chosen {len(ticked)}"
    comments: dict[str, str] = {}
    for comment in questionnaire.framework.comments:
        text = clean(_one(form, comment.code))
        if len(text) > LONGEST_COMMENT:
            over = len(text) - LONGEST_COMMENT
            errors[comment.code] = (
                f"Shorten what you wrote by {over:,} character{'' if over == 1 else 's'}. "
                f"Only the first {LONGEST_COMMENT:,} are saved"
            )
        if text:
            comments[comment.code] = text
    return Read(replace(before, needs=ticked, comments=comments), errors, bool(ticked or comments))


def clean(text: str) -> str:
    """Give a comment with plain line breaks and without characters that nobody can see."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = (
        sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cn")
    )
    return "".join(seen).strip()
