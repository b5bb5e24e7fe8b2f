"""What actions send by mail. A message loads nothing, so nothing tells that it was read."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from app.mail.messages import Message

PRODUCT = "Evidence-use diagnostic"
REMINDER = "action reminder"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reminder says: of which action, whose, when it is or was due, and where its page is."""

    council: str
    title: str
    due: str
    overdue: bool
    address: str
    own: bool


def reminder(to: str, name: str, facts: Facts) -> Message:
    """Remind somebody of an action that is due, or was."""
    verb = "was" if facts.overdue else "is"
    plan = f"the plan of {facts.council} children’s services"
    whose = (
        f"You own an action in {plan} that {verb} due on {facts.due}:"
        if facts.own
        else f"An action in {plan} {verb} due on {facts.due}. Nobody with an account here owns it, so this "
        "message goes to the people who lead the diagnostic:"
    )
    asked = (
        "If it is done, say so on its page. If it needs more time, set another date. If it is not going to "
        "happen, stop it and say why."
        if facts.overdue
        else "On its page you can note what has been done, change the date, or say that it is done."
    )
    subject = f"{'Overdue' if facts.overdue else 'Due soon'}: {facts.title} – {PRODUCT}"
    paragraphs = [f"Hello {name}", whose, facts.title, asked, facts.address, PRODUCT]
    return Message(
        to=to,
        subject=subject,
        text="\n\n".join(paragraphs) + "\n",
        html=_html(subject, paragraphs, facts.address),
        kind=REMINDER,
    )


def _html(title: str, paragraphs: list[str], link: str) -> str:
    lines = Markup("\n").join(
        Markup('<p><a href="{0}">{0}</a></p>').format(text)
        if text == link
        else Markup("<p>{}</p>").format(escape(text))
        for text in paragraphs
    )
    head = Markup(
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{}</title></head>'
    ).format(title)
    body = Markup(
        '<body style="font-family: Arial, sans-serif; font-size: 16px; line-height: 1.4">\n{}\n</body></html>'
    )
    return head + body.format(lines)
