"""What people read before they are interviewed or observed."""

from app.commissioning.papers import passages, promises
from app.commissioning.papers.facts import Facts
from app.commissioning.papers.paper import Paper, Points, Section, Words
from diagnostics.framework_parts import STAGES
from diagnostics.wording import listed


def information_sheet(facts: Facts) -> Paper:
    """Make the sheet."""
    return Paper(
        title="Information sheet: interviews and observations",
        under=passages.under_title(facts),
        sections=(
            _what_this_is(facts),
            _what_happens(facts),
            _your_choice(facts),
            _what_we_write_down(facts),
            Section(
                "What we must pass on",
                (
                    Words(
                        "We keep what you say to ourselves, with two exceptions. If we hear that a child or "
                        "an adult may be at risk, or that somebody has done serious wrong, we must tell the "
                        "council. We tell you first if that is safe."
                    ),
                ),
            ),
            _rights(facts),
            passages.questions_and_complaints(facts),
        ),
        foot=passages.foot(facts),
    )


def _what_this_is(facts: Facts) -> Section:
    return Section(
        "What this is",
        (
            Words(
                f"{facts.place}’s children’s services want to know how well they use evidence, and what to "
                f"do next. {passages.FOUR_KINDS}"
            ),
            Words(
                "We talk with people, watch how meetings work, and read papers and figures. We look at how "
                "the organisation works. We do not assess you, your team or any family."
            ),
            Points(
                (
                    f"When: {facts.fieldwork_dates}.",
                    f"Planned: {facts.planned}.",
                    f"Who leads the interviews and observations: {facts.gatherers}.",
                    f"Who runs the diagnostic: {passages.run_by(facts)}.",
                )
            ),
        ),
    )


def _what_happens(facts: Facts) -> Section:
    framework = facts.framework
    kinds = listed([kind.name.lower() for kind in framework.interview_kinds], "or")
    meetings = listed([setting.plural for setting in framework.observation_settings])
    topics = listed([heading.name[0].lower() + heading.name[1:] for heading in framework.headings])
    return Section(
        "What happens",
        (
            Words(
                f"In an {kinds}, somebody asks how you use evidence in your work. The topics are {topics}. "
                "There are no right answers."
            ),
            Words(
                f"In an observation, somebody sits in on a meeting and takes notes. We may watch {meetings}. "
                "We look at how evidence is used. We write down nothing that could identify a child or a "
                "family."
            ),
        ),
    )


def _your_choice(facts: Facts) -> Section:
    return Section(
        "Your choice",
        (
            Points(
                (
                    "You can say no. You need not say why, and nothing follows for you.",
                    "You can leave out a question, take a break or stop at any time.",
                    "If you do not want to be observed, tell the person who observes or your manager before "
                    "the meeting. What you say is then not noted.",
                    "You can change your mind later. Until the brief is published, ask the person who "
                    f"spoke with you, and what you said is taken out. The brief is due on {facts.brief_due}.",
                )
            ),
        ),
    )


def _what_we_write_down(facts: Facts) -> Section:
    return Section(
        "What we write down, and who reads it",
        (
            Words(
                "We write notes of what we hear and see. For each topic we note a stage from 1 to "
                f"{STAGES[-1]}, with the reason. The stage is about the "
                "organisation and not about you."
            ),
            passages.promised(facts, promises.FIELDWORK),
            Words(
                "This is not the same as the survey. The person who talks with you knows who you are, and "
                "the people in the room know what was said. Colleagues may know that you were asked."
            ),
        ),
    )


def _rights(facts: Facts) -> Section:
    return Section(
        "Your data and your rights",
        (
            Words(
                f"The controller is {facts.controller}. The processor is {facts.processor}. "
                f"{facts.basis.said}"
            ),
            Words(
                "You can ask to see the notes of what you said, to have them put right or deleted, or to "
                "have their use limited. You can object to their use (UK GDPR, Articles 15 to 21). The "
                "privacy notice says more. Please do not tell us sensitive things about yourself or others "
                "that we do not need."
            ),
        ),
    )
