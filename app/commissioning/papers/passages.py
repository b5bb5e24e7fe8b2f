"""Passages that several papers share."""

from app.commissioning.papers.facts import Facts
from app.commissioning.papers.paper import Points, Section, Words
from app.commissioning.papers.promises import Promise
from diagnostics.wording import number

FOUR_KINDS = (
    "Evidence means four things here: research, the organisation’s own data, professional experience, and "
    "what children and families say."
)
NOT_FOR_CONCERNS = (
    "Please do not use the survey to report a concern about a child, or about somebody’s conduct. Nobody "
    "reads the answers until the survey has closed. Use the usual routes of your council at once."
)


def under_title(facts: Facts) -> str:
    """Give the line beneath a paper's title."""
    again = f", wave {facts.wave}" if facts.wave > 1 else ""
    return f"How {facts.place}’s children’s services use evidence{again}"


def foot(facts: Facts) -> str:
    """Give a paper's last line."""
    return f"Made on {facts.made_on} from the facts of this diagnostic, as they stood on that day."


def promised(facts: Facts, promises: tuple[Promise, ...]) -> Points:
    """Give promises with the diagnostic's own values."""
    return Points(tuple(promise.said(facts.values) for promise in promises))


def about_the_survey(facts: Facts) -> Words:
    """Say what the survey asks."""
    framework = facts.framework
    comments = len(framework.comments)
    return Words(
        f"The survey has up to {facts.rated_questions} questions that you answer on a scale. One question "
        f"asks which evidence would help you, and {number(comments)} let you write a comment if you want to. "
        "It asks for your role and your service area; for both you can choose "
        f"“{framework.prefer_not_to_say}”. It takes about ten minutes."
    )


def run_by(facts: Facts) -> str:
    """Say who runs the diagnostic."""
    if facts.by_itself:
        return f"{facts.controller} itself, on a service that {facts.processor} provides"
    return f"{facts.processor}, for {facts.controller}"


def questions_and_complaints(facts: Facts) -> Section:
    """Say whom to ask, and how to complain."""
    visits = " or the visits" if facts.with_fieldwork else ""
    return Section(
        "Questions and complaints",
        (
            Points(
                (
                    f"Questions about the survey{visits}: {facts.contact}.",
                    f"Questions about your data: {facts.data_protection}.",
                    "You can also ask your trade union. It may have this paper and ask the same questions.",
                    "You can complain to the controller about the use of your data. It must tell you within "
                    "30 days that it has your complaint, look into it, and tell you what came of it.",
                    "You can complain to the ICO, which regulates data protection in the UK: ico.org.uk.",
                )
            ),
        ),
    )


def capital(text: str) -> str:
    """Begin with a capital, where a text stands alone."""
    return text[:1].upper() + text[1:]
