"""The respondent's pages as their templates print them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno

from app.commissioning.papers.promises import LIMITS, PROMISES, SURVEY
from app.survey.asked import AskedSurvey
from app.survey.questionnaire import (
    ABOUT_YOU,
    AREA,
    DONT_KNOW,
    IN_YOUR_WORDS,
    NEEDS,
    NOT_SAID,
    PREFER_NOT_TO_SAY,
    ROLE,
    Questionnaire,
    QuestionPage,
)
from app.survey.sealing import LONGEST_COMMENT, Given
from app.survey.windows import Standing, closable_at, is_last_hour
from app.web.dates import uk_clock, uk_date
from app.web.sheets import CHECKED, chosen, chosen_mark, mark

# What the first page says at once; all other promises stand below, one click away.
_FIRST = (
    "nobody-reads-before-close",
    "no-identity-kept",
    "no-list-of-who-answered",
    "small-groups-hidden",
    "comments-apart",
    "no-way-back",
)
NAMES = {ABOUT_YOU: "About you", IN_YOUR_WORDS: "In your own words"}


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a page stands: "page 3 of 8"."""

    number: int
    of: int


def progress(questionnaire: Questionnaire, page: str) -> Progress:
    """Say where a page stands."""
    return Progress(questionnaire.pages.index(page) + 1, len(questionnaire.pages))


def page_name(questionnaire: Questionnaire, page: str) -> str:
    """Give a page's name."""
    found = questionnaire.heading_page(page)
    return found.name if found else NAMES[page]


def after(questionnaire: Questionnaire, page: str) -> str:
    """Give the address of what comes after a page."""
    pages = questionnaire.pages
    place = pages.index(page) + 1
    return f"/survey/questions/{pages[place]}" if place < len(pages) else "/survey/check"


def before(questionnaire: Questionnaire, page: str) -> str:
    """Give the address of the page before a page; "" for the first."""
    place = questionnaire.pages.index(page)
    return f"/survey/questions/{questionnaire.pages[place - 1]}" if place else ""


def _radios(
    name: str,
    legend: str,
    items: list[dict[str, Any]],
    apart: dict[str, Any],
    error: str,
    hint: str = "",
) -> dict[str, Any]:
    """One fieldset of native radios; the last of them stands apart from the scale."""
    return {
        "name": name,
        "idPrefix": name,
        "fieldset": {"legend": {"text": legend, "classes": "govuk-fieldset__legend--s"}},
        "hint": {"text": hint} if hint else None,
        "items": [*items, {"divider": "or"}, apart],
        "errorMessage": {"text": error} if error else None,
    }


def question_fields(
    questionnaire: Questionnaire, page: QuestionPage, role_group: str | None, errors: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Give a page's questions, one fieldset each."""
    fields = []
    for question in questionnaire.shown(page, role_group):
        items = [
            _item(question.code, str(option.value), option.label)
            for option in questionnaire.scale(question).options
        ]
        apart = _item(question.code, DONT_KNOW, questionnaire.framework.dont_know)
        fields.append(_radios(question.code, question.text, items, apart, errors.get(question.code, "")))
    return fields


def about_fields(questionnaire: Questionnaire, errors: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give the two questions about the person."""
    asked = (
        (ROLE, "What is your role?", questionnaire.groups),
        (AREA, "Which service area do you work in?", questionnaire.areas),
    )
    fields = []
    for name, legend, choices in asked:
        items = [_item(name, choice.value, choice.words, choice.hint) for choice in choices]
        apart = _item(name, NOT_SAID, questionnaire.framework.prefer_not_to_say)
        fields.append(_radios(name, legend, items, apart, errors.get(name, "")))
    return fields


def _item(name: str, value: str, words: str, hint: str = "") -> dict[str, Any]:
    return {
        "value": value,
        "text": words,
        "hint": {"text": hint} if hint else None,
        "attributes": chosen_mark(name, value),
    }


def needs_field(questionnaire: Questionnaire, errors: Mapping[str, str]) -> dict[str, Any]:
    """Give the question about the evidence that staff need."""
    needs = questionnaire.framework.needs
    error = errors.get(NEEDS, "")
    return {
        "name": NEEDS,
        "idPrefix": NEEDS,
        "fieldset": {"legend": {"text": needs.text, "classes": "govuk-fieldset__legend--s"}},
        "hint": {"text": "You can leave this empty."},
        "items": [_item(NEEDS, choice.id, choice.label) for choice in needs.choices],
        "errorMessage": {"text": error} if error else None,
    }


def comment_fields(questionnaire: Questionnaire, errors: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give the open questions."""
    return [
        {
            "name": comment.code,
            "id": comment.code,
            "rows": 5,
            "maxlength": LONGEST_COMMENT,
            "label": {"text": comment.text, "classes": "govuk-label--s"},
            "hint": {"text": "You can leave this empty."},
            "value": mark(comment.code),
            "errorMessage": {"text": errors[comment.code]} if comment.code in errors else None,
        }
        for comment in questionnaire.framework.comments
    ]


def saved_meanwhile(questionnaire: Questionnaire, saved: Given, clashes: Collection[str]) -> dict[str, str]:
    """Give what was saved in another tab for the fields that were changed in both, in words."""
    words = _own_words(questionnaire, saved)
    return {name: words[name] for name in clashes}


def own_answers(given: Given) -> dict[str, str]:
    """Give what somebody answered, for the marks of the fields."""
    ticked = [(code, DONT_KNOW if value is None else str(value)) for code, value in given.answers.items()]
    ticked += [(NEEDS, need) for need in given.needs or ()]
    for name, value in ((ROLE, given.role_group), (AREA, given.service_area)):
        if value is not None:
            ticked.append((name, NOT_SAID if value == PREFER_NOT_TO_SAY else value))
    return {**dict.fromkeys((chosen(name, value) for name, value in ticked), CHECKED), **given.comments}


def summary(errors: Mapping[str, str]) -> list[dict[str, str]]:
    """Give what the summary of errors lists."""
    return [{"text": message, "href": f"#{name}"} for name, message in errors.items()]


@dataclass(frozen=True, slots=True)
class Section:
    """One page's answers on the page that checks them."""

    name: str
    rows: list[dict[str, Any]]


def sections(questionnaire: Questionnaire, role_group: str | None) -> list[Section]:
    """Give what a person of this role group is asked, each with a link to change the answer."""
    about = [_row("Your role", ABOUT_YOU, ROLE), _row("Your service area", ABOUT_YOU, AREA)]
    found = [Section(NAMES[ABOUT_YOU], about)]
    for page in questionnaire.headings:
        rows = [_row(one.text, page.id, one.code) for one in questionnaire.shown(page, role_group)]
        found.append(Section(page.name, rows))
    own = [_row("Evidence that would help you most", IN_YOUR_WORDS, NEEDS)]
    own += [_row(one.text, IN_YOUR_WORDS, one.code) for one in questionnaire.framework.comments]
    return [*found, Section(NAMES[IN_YOUR_WORDS], own)]


def in_words(questionnaire: Questionnaire, given: Given) -> dict[str, str]:
    """Give all answers in words, for the marks of the page that checks them."""
    framework = questionnaire.framework
    groups = {choice.value: choice.words for choice in questionnaire.groups}
    areas = {choice.value: choice.words for choice in questionnaire.areas}
    found = {
        ROLE: groups.get(given.role_group or "", framework.prefer_not_to_say),
        AREA: areas.get(given.service_area or "", framework.prefer_not_to_say),
        **_own_words(questionnaire, given),
    }
    for question in questionnaire.all_shown(given.role_group):
        value = given.answers[question.code]
        options = questionnaire.scale(question).options
        found[question.code] = (
            framework.dont_know
            if value is None
            else next(option.label for option in options if option.value == value)
        )
    return found


def _own_words(questionnaire: Questionnaire, given: Given) -> dict[str, str]:
    framework = questionnaire.framework
    needs = {choice.id: choice.label for choice in framework.needs.choices}
    comments = {one.code: given.comments.get(one.code, "Nothing written") for one in framework.comments}
    return {NEEDS: "; ".join(needs[need] for need in given.needs or ()) or "None chosen", **comments}


def _row(question: str, page: str, field: str) -> dict[str, Any]:
    return {
        "key": {"text": question},
        "value": {"text": mark(field)},
        "actions": {
            "items": [
                {
                    "href": f"/survey/questions/{page}#{field}",
                    "text": "Change",
                    "visuallyHiddenText": f"your answer to: {question}",
                }
            ]
        },
    }


def last(questionnaire: Questionnaire) -> str:
    """Give the address of the last page of questions."""
    return f"/survey/questions/{questionnaire.pages[-1]}"


def qr_code(address: str) -> str:
    """Draw an address as a QR code, as an image that a page can hold."""
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=2)


def why_not_open(survey: AskedSurvey, standing: Standing) -> str:
    """Say when a survey opens, or that it has closed, to whoever cannot answer it now."""
    opens, closes = uk_date(survey.opens_on), uk_date(survey.closes_on)
    return {
        Standing.SOON: f"This survey opens on {opens}. Your link will work then.",
        Standing.NOT_READY: f"This survey is not open yet. Try your link again later. It closes on {closes}.",
        # It was open when the page was asked for, and no longer when the answers came.
        Standing.OPEN: "This survey has just closed.",
        Standing.OVER: f"This survey closed on {closes}.",
    }[standing]


def last_hour(survey: AskedSurvey, moment: datetime) -> str:
    """Say that the survey has ended and until when whoever has begun can send; "" before that hour."""
    if not is_last_hour(survey, moment):
        return ""
    end = closable_at(survey.closes_on)
    until = f"{uk_clock(end).replace(':00', '')} on {uk_date(end)}"
    return (
        f"This survey ended on {uk_date(survey.closes_on)}. You have started, so you can still send your "
        f"answers until {until}. Answers that are not sent by then are deleted unread."
    )


def promises(survey: AskedSurvey) -> dict[str, Any]:
    """Give the promises in this survey's own values: the first few, the others, and their limits."""
    values = {
        "threshold": str(survey.threshold),
        "closes": uk_date(survey.closes_on),
        "months": str(survey.raw_data_months),
    }
    return {
        "promises": [PROMISES[promise].said(values) for promise in _FIRST],
        "more_promises": [promise.said(values) for promise in SURVEY if promise.id not in _FIRST],
        "limits": [limit.sentence for limit in LIMITS],
    }
