"""The survey's rows: opinions turned into answers, with all that is missing in real ones."""

from collections.abc import Mapping
from dataclasses import dataclass

from diagnostics.framework import Framework
from diagnostics.framework_parts import Question
from sample_data.invention import opinions
from sample_data.invention.draws import Draws
from sample_data.invention.story import Story
from sample_data.invention.workforce import NOT_SAID, ROLES, Person

# A reversed item is a little harder to answer as one means it: so many overlook the turn.
OVERLOOKS_REVERSAL = 0.03
# Left empty by mistake: rarely at the beginning, more often at the end; and a few people stop halfway.
LEFT_OUT_FIRST, LEFT_OUT_LAST = 0.008, 0.032
NEEDS_LEFT_OUT, NEEDS_ENOUGH = 0.04, 0.03
COM1_SHARE = 0.5

Row = dict[str, str]
Minds = Mapping[str, list[float]]


@dataclass(frozen=True, slots=True)
class _Wave:
    story: Story
    framework: Framework
    people: list[Person]
    draws: Draws


def survey_rows(story: Story, framework: Framework, people: list[Person], draws: Draws) -> list[Row]:
    """Give the rows of survey.csv, shuffled."""
    told = _Wave(story, framework, people, draws)
    minds = _minds(told)
    columns: dict[str, list[str]] = {}
    place = {q.code: i for i, q in enumerate((*framework.questions, *framework.outcomes))}
    stops = _stops(told, len(place))
    for heading in framework.headings:
        for question in heading.questions:
            columns[question.code] = _column(told, question, _item_points(told, heading.id, question, minds))
    for question in framework.outcomes:
        columns[question.code] = _column(told, question, _outcome_points(told, question, minds))
    needs = _needs(told)
    comments = _comments(told)
    rows: list[Row] = []
    for i, person in enumerate(people):
        row = {
            "role_group": person.role if person.says_role else NOT_SAID,
            "service_area": person.area if person.says_area else NOT_SAID,
        }
        for code, column in columns.items():
            row[code] = column[i] if place[code] < stops.get(i, len(place)) else ""
        row["NEEDS"] = "" if i in stops else needs[i]
        row |= {"COM1": "", "COM2": ""} | ({} if i in stops else comments.get(i, {}))
        rows.append(row)
    return draws.shuffled(rows)


def _in_each_role(told: _Wave) -> list[float]:
    """Draw a number a person, with mean 0 and spread 1 in every role group."""
    found = [0.0] * len(told.people)
    for role in ROLES:
        members = [i for i, person in enumerate(told.people) if person.role == role]
        for i, value in zip(members, told.draws.standard_normals(len(members)), strict=True):
            found[i] = value
    return found


def _minds(told: _Wave) -> Minds:
    """Give each person's leaning under each heading, with mean 0 and spread 1 in every role group."""
    general = _in_each_role(told)
    both = opinions.IN_GENERAL**0.5, (1 - opinions.IN_GENERAL) ** 0.5
    return {
        heading: [both[0] * g + both[1] * own for g, own in zip(general, _in_each_role(told), strict=True)]
        for heading in opinions.LEVELS
    }


def _item_points(told: _Wave, heading: str, question: Question, minds: Minds) -> list[float]:
    """Give what people would answer if the scale ran smoothly from 0 to 100."""
    item = opinions.ITEMS[question.code]
    lower = told.story.lower_items.get(question.code, told.story.lower.get(heading, 0.0))
    together, spread = opinions.TOGETHER[heading], 25 * opinions.SPREAD[heading]
    levels = dict(zip(ROLES, told.story.levels[heading], strict=True))
    area = _area_effects(told.story, heading)
    return [
        levels[person.role]
        + item.easier
        + told.story.easier.get(question.code, 0.0)
        - lower
        + area[person.area]
        + spread * (together**0.5 * mind + (1 - together) ** 0.5 * own)
        for person, mind, own in zip(told.people, minds[heading], _in_each_role(told), strict=True)
    ]


def _area_effects(story: Story, heading: str) -> dict[str, float]:
    """Centre the areas on the practitioners of the frame, so that they do not move the role groups' means."""
    apart = story.culture if heading == "culture" else story.otherwise
    cells = [cell for cell in story.frame if cell[0] in opinions.PRACTITIONERS]
    total = sum(people for _, _, people in cells)
    middle = sum(people * apart[area] for _, area, people in cells) / total
    return {area: effect - middle for area, effect in apart.items()}


def _outcome_points(told: _Wave, question: Question, minds: Minds) -> list[float]:
    level, pulls = opinions.OUTCOMES[question.code]
    levels = {h: dict(zip(ROLES, told.story.levels[h], strict=True)) for h in pulls}
    noise = _in_each_role(told)
    return [
        level
        + sum(
            pull * (levels[heading][person.role] - level + 22 * minds[heading][i])
            for heading, pull in pulls.items()
        )
        + 13 * noise[i]
        for i, person in enumerate(told.people)
    ]


def _column(told: _Wave, question: Question, points: list[float]) -> list[str]:
    """Turn points into answers, for those who are shown the question."""
    scale = told.framework.scale(question.scale)
    span = scale.maximum - scale.minimum
    codes = [q.code for q in (*told.framework.questions, *told.framework.outcomes)]
    late = codes.index(question.code) / (len(codes) - 1)
    left_out = LEFT_OUT_FIRST + (LEFT_OUT_LAST - LEFT_OUT_FIRST) * late
    answers = []
    for person, value in zip(told.people, points, strict=True):
        turned = question.reversed and not told.draws.happens(OVERLOOKS_REVERSAL)
        unsure = opinions.DONT_KNOW.get(question.code, {}).get(person.role, opinions.DONT_KNOW_OTHERWISE)
        forgets, doubts = told.draws.happens(left_out), told.draws.happens(unsure)
        if not question.is_shown_to(person.role if person.says_role else None) or forgets:
            answers.append("")
        elif doubts:
            answers.append("DK")
        else:
            step = min(span, max(0, int(value / 100 * span + 0.5)))
            answers.append(str(scale.maximum - step if turned else scale.minimum + step))
    return answers


def _stops(told: _Wave, questions: int) -> dict[int, int]:
    """Say who stops early, and at which question."""
    patient = [i for i, person in enumerate(told.people) if person.role in opinions.PRACTITIONERS]
    who = told.draws.shuffled(patient)[: told.story.stop_early]
    return {i: questions // 2 + told.draws.below(questions // 3) for i in who}


def _needs(told: _Wave) -> list[str]:
    found = []
    for person in told.people:
        if told.draws.happens(NEEDS_LEFT_OUT):
            found.append("")
            continue
        if told.draws.happens(NEEDS_ENOUGH):
            found.append("enough")
            continue
        wanted = opinions.NEEDS_OF_LEADERS if person.role == "leaders" else opinions.NEEDS
        many = 3 if told.draws.happens(0.7) else 1 + told.draws.below(2)
        found.append("|".join(told.draws.some_of(tuple(wanted), tuple(wanted.values()), many)))
    return found


def _comments(told: _Wave) -> dict[int, Row]:
    """Give some of the people a comment each; within a wave none stands twice."""
    many = round(len(told.people) * told.story.comments_share)
    who = told.draws.shuffled(range(len(told.people)))[:many]
    first, second = told.draws.shuffled(told.story.helps_most), told.draws.shuffled(told.story.one_change)
    split = round(many * COM1_SHARE)
    return {i: {"COM1": first[place]} for place, i in enumerate(who[:split])} | {
        i: {"COM2": second[place]} for place, i in enumerate(who[split:])
    }
