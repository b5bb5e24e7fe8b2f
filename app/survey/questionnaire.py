"""The questionnaire as staff meet it: which pages a person is shown, and which answers are complete."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from app.interchange.framework_files import supplied_frameworks
from app.survey.models import Survey
from app.survey.sealing import LONGEST_COMMENT, Given
from app.web.errors import Problem
from diagnostics.framework import Framework, load_framework
from diagnostics.framework_parts import Question, Scale

ABOUT_YOU, IN_YOUR_WORDS = "about-you", "in-your-words"
PREFER_NOT_TO_SAY = ""
MOST_NEEDS = 3
# The names of the fields, and of the answers that are none, as pages send them.
ROLE, AREA, NEEDS = "role-group", "service-area", "needs"
DONT_KNOW, NOT_SAID = "dont-know", "prefer-not-to-say"


class FrameworkChanged(Problem):
    """The framework's file is not the one with which the survey was launched."""

    status = 503
    title = "The questions of this survey cannot be shown"

    def __init__(self, framework: str) -> None:
        super().__init__(
            f"The file of the framework {framework} on this machine is not the one with which the survey was "
            "launched. Nothing is lost. Whoever runs the service must put the file back as it was, then "
            "start the service again."
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: what is stored, and its words."""

    value: str
    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """The rated questions of one heading (the last page of them also has the outcome questions)."""

    id: str
    name: str
    about: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Questionnaire:
    """One survey's questions: the framework's, with the groups and areas that were frozen at launch.

    It is made once a process, and equal to nothing but itself.
    """

    framework: Framework
    groups: tuple[Choice, ...]
    areas: tuple[Choice, ...]
    headings: tuple[QuestionPage, ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages in order, by the names that stand in addresses."""
        return (ABOUT_YOU, *(page.id for page in self.headings), IN_YOUR_WORDS)

    def heading_page(self, page_id: str) -> QuestionPage | None:
        """Give a page of rated questions."""
        return next((page for page in self.headings if page.id == page_id), None)

    def shown(self, page: QuestionPage, role_group: str | None) -> tuple[Question, ...]:
        """Give the questions of a page that a person of this role group is asked."""
        return _shown(self, page.id, role_group)

    def all_shown(self, role_group: str | None) -> tuple[Question, ...]:
        """Give all questions that a person of this role group is asked."""
        return tuple(question for page in self.headings for question in self.shown(page, role_group))

    def scale(self, question: Question) -> Scale:
        """Give a question's answer scale."""
        return self.framework.scale(question.scale)

    def first_unfinished(self, given: Given) -> str | None:
        """Give the first page on which something is still to answer; None where all is answered."""
        if given.role_group is None or given.service_area is None:
            return ABOUT_YOU
        for page in self.headings:
            if any(q.code not in given.answers for q in self.shown(page, given.role_group)):
                return page.id
        return None if given.needs is not None and len(given.needs) <= MOST_NEEDS else IN_YOUR_WORDS

    def fitted(self, given: Given) -> Given:
        """Leave out what a person of this role group is not asked, as after a change of the role group."""
        asked = {question.code for question in self.all_shown(given.role_group)}
        return Given(
            role_group=given.role_group,
            service_area=given.service_area,
            answers={code: value for code, value in given.answers.items() if code in asked},
            needs=given.needs,
            comments=given.comments,
        )

    def refuses(self, given: Given) -> str:
        """Say why these answers cannot be stored; "" where they can.

        The form lets nobody send such answers. This is what stands between the inbox and whoever writes
        their own form.
        """
        if self.first_unfinished(given) is not None:
            return "something is not answered"
        if given.role_group not in {PREFER_NOT_TO_SAY, *(choice.value for choice in self.groups)}:
            return "the role group is not one of this survey"
        if given.service_area not in {PREFER_NOT_TO_SAY, *(choice.value for choice in self.areas)}:
            return "the service area is not one of this survey"
        asked = {question.code: question for question in self.all_shown(given.role_group)}
        if given.answers.keys() != asked.keys():
            return "there is an answer to a question that was not asked"
        for code, value in given.answers.items():
            if value is not None and value not in {
                option.value for option in self.scale(asked[code]).options
            }:
                return "an answer is not on its scale"
        needs = {choice.id for choice in self.framework.needs.choices}
        if len(given.needs or ()) > MOST_NEEDS or not needs.issuperset(given.needs or ()):
            return "a need is not one of the choices"
        comments = {comment.code for comment in self.framework.comments}
        if not comments.issuperset(given.comments) or any(
            len(text) > LONGEST_COMMENT for text in given.comments.values()
        ):
            return "a comment is too long, or answers no question"
        return ""


@lru_cache(maxsize=2000)
def _shown(questionnaire: Questionnaire, page_id: str, role_group: str | None) -> tuple[Question, ...]:
    """A person who does not say is asked what everybody is asked."""
    page = questionnaire.heading_page(page_id)
    questions = page.questions if page else ()
    if role_group:
        return tuple(question for question in questions if question.is_shown_to(role_group))
    everybody = [group.id for group in questionnaire.framework.role_groups]
    return tuple(q for q in questions if all(q.is_shown_to(group) for group in everybody))


@lru_cache(maxsize=8)
def _framework(name: str, digest: str) -> Framework:
    path = supplied_frameworks().get(name)
    text = "" if path is None else path.read_text(encoding="utf-8")
    if digest_of(text) != digest:
        raise FrameworkChanged(name)
    return load_framework(text)


def framework_problem(survey: Survey) -> str:
    """Say in words where a survey's framework is not what it was launched with; "" where it is."""
    try:
        _framework(survey.framework, survey.framework_digest)
    except FrameworkChanged as changed:
        return changed.message
    return ""


def digest_of(text: str) -> str:
    """Give what tells whether a framework's file is still the same."""
    return sha256(text.encode()).hexdigest()


@lru_cache(maxsize=64)
def _questionnaire(
    framework: str, digest: str, groups: tuple[Choice, ...], areas: tuple[Choice, ...]
) -> Questionnaire:
    found = _framework(framework, digest)
    pages = [
        QuestionPage(heading.id.replace("_", "-"), heading.name, heading.about, heading.questions)
        for heading in found.headings
    ]
    last = pages[-1]
    pages[-1] = QuestionPage(last.id, last.name, last.about, (*last.questions, *found.outcomes))
    return Questionnaire(found, groups, areas, tuple(pages))


def questionnaire_of(survey: Survey) -> Questionnaire:
    """Give a survey's questionnaire; it is made once a process.

    Raises
    ------
    FrameworkChanged
        Where the framework's file was edited since the launch.
    """
    return frozen_questionnaire(survey.framework, survey.framework_digest, survey.groups, survey.areas)


def frozen_questionnaire(
    framework: str, digest: str, groups: list[dict[str, Any]], areas: list[dict[str, Any]]
) -> Questionnaire:
    """Give the questionnaire of what was frozen at a launch.

    Raises
    ------
    FrameworkChanged
        Where the framework's file was edited since.
    """
    return _questionnaire(
        framework,
        digest,
        tuple(Choice(group["id"], group["name"], group["hint"]) for group in groups),
        tuple(Choice(area["id"], area["name"]) for area in areas),
    )
