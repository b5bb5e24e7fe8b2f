"""The full texts of what staff get by mail. They load nothing, so nothing tells that one was read."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from app.mail.messages import Message
from app.web.dates import uk_date

INVITATION, REMINDER, REPLACEMENT = "survey invitation", "survey reminder", "survey replacement"
SUBJECT = "How we use evidence: a survey of all staff"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the messages of one survey say of it; ``about`` is its id, which no message says.

    ``operator`` is empty where the service does not say who runs it.
    """

    council: str
    closes_on: date
    contact: str
    operator: str
    about: str


def invitation(to: str, link: str, facts: Facts) -> Message:
    """Invite somebody, with a link of their own."""
    return _with_link(
        INVITATION,
        SUBJECT,
        to,
        link,
        facts,
        first=f"{facts.council} children’s services would like to know how well it helps you to use evidence "
        "in your work: research, your service’s own figures, what experienced colleagues know, and what "
        "children and families say.",
        of_link="This link is yours alone and works once. Please do not pass it on.",
    )


def replacement(to: str, link: str, facts: Facts) -> Message:
    """Send a new link to somebody who lost theirs."""
    return _with_link(
        REPLACEMENT,
        f"A new link: {SUBJECT[0].lower()}{SUBJECT[1:]}",
        to,
        link,
        facts,
        first="Here is the new link to the survey that you asked for.",
        of_link="If you have answered with your first link, please do not answer again: nobody can tell "
        "the two apart.",
    )


def reminder(to: str, first: date, last: date, facts: Facts) -> Message:
    """Remind somebody, who may have answered long ago; it holds no link.

    Invitations went out from the first day to the last. On which of them to this person, nobody wrote down.
    """
    when = f"On {uk_date(first)}" if first == last else f"Between {uk_date(first)} and {uk_date(last)}"
    paragraphs = [
        "Dear colleague",
        f"{when} you were sent a message with the subject “{SUBJECT}”. It has your own "
        f"link to the survey of {facts.council} children’s services.",
        "If you have answered, ignore this message, and thank you. Everybody gets it, because nobody knows "
        "who has answered.",
        f"If you have not, there is time until the end of {uk_date(facts.closes_on)}. Look for that message "
        "and open its link. It takes about ten minutes.",
        _lost(facts),
        *_run_by(facts),
    ]
    return _message(REMINDER, f"Reminder: {SUBJECT[0].lower()}{SUBJECT[1:]}", to, paragraphs, "", facts)


def _with_link(
    kind: str, subject: str, to: str, link: str, facts: Facts, *, first: str, of_link: str
) -> Message:
    paragraphs = [
        "Dear colleague",
        first,
        "Please open this link. It takes about ten minutes, and you can stop and come back:",
        link,
        of_link,
        f"There is time until the end of {uk_date(facts.closes_on)}.",
        "Your answers are sealed as you send them. Nobody can read any before the survey closes, and "
        "afterwards nobody can find out which are yours. The first page says how.",
        _lost(facts),
        *_run_by(facts),
    ]
    return _message(kind, subject, to, paragraphs, link, facts)


def _run_by(facts: Facts) -> list[str]:
    return [f"The survey is run by {facts.operator}."] if facts.operator else []


def _lost(facts: Facts) -> str:
    asked = f"ask {facts.contact}" if facts.contact else "ask the person who leads the survey in your council"
    return f"If you cannot find your link, or have a question, {asked}."


def _message(kind: str, subject: str, to: str, paragraphs: list[str], link: str, facts: Facts) -> Message:
    """Write the paragraphs as plain text and as HTML that loads nothing."""
    lines = Markup("\n").join(
        Markup('<p><a href="{0}">{0}</a></p>').format(text)
        if text == link
        else Markup("<p>{}</p>").format(escape(text))
        for text in paragraphs
    )
    html = Markup(
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{}</title></head>'
    ).format(subject)
    body = Markup(
        '<body style="font-family: Arial, sans-serif; font-size: 16px; line-height: 1.4">\n{}\n</body></html>'
    )
    return Message(
        to=to,
        subject=subject,
        text="\n\n".join(paragraphs),
        html=html + body.format(lines),
        kind=kind,
        about=facts.about,
    )
