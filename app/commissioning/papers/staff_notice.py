"""The notice that staff read before they answer."""

from app.commissioning.papers import passages, promises
from app.commissioning.papers.facts import Facts
from app.commissioning.papers.paper import Paper, Points, Section, Table, Words


def staff_notice(facts: Facts) -> Paper:
    """Make the notice."""
    promised = passages.promised
    return Paper(
        title="Notice to staff: the survey on how we use evidence",
        under=passages.under_title(facts),
        sections=(
            _what_this_is(facts),
            # First what decides whether staff can trust it, then how the link works.
            Section("Who can read your answers", (promised(facts, promises.BEFORE_THE_CLOSE),)),
            Section("What is kept with your answers", (promised(facts, promises.WHAT_IS_KEPT),)),
            Section("When the survey closes", (promised(facts, promises.AT_THE_CLOSE),)),
            Section("What the results show", (promised(facts, promises.WHAT_RESULTS_SHOW),)),
            Section("What cannot be undone", (promised(facts, promises.AFTER_SENDING),)),
            Section(
                "What nobody can promise",
                (Points(tuple(limit.sentence for limit in promises.LIMITS)),),
            ),
            Section("Your link", (promised(facts, promises.TAKING_PART),)),
            Section("What you save while you answer", (promised(facts, promises.WHILE_ANSWERING),)),
            Section("Not for reporting a concern", (Words(passages.NOT_FOR_CONCERNS),)),
            passages.questions_and_complaints(facts),
        ),
        foot=passages.foot(facts),
    )


def _what_this_is(facts: Facts) -> Section:
    rows = [
        ("Who it is for", passages.capital(facts.taking_part)),
        ("When", f"Opens on {facts.opens} and closes at the end of {facts.closes}"),
        ("Who runs it", passages.capital(passages.run_by(facts))),
        ("Smallest group that results show", f"{facts.threshold} people"),
        ("When you hear what came of it", f"The brief is due on {facts.brief_due}"),
        ("Whom you can ask", facts.contact),
    ]
    if facts.with_fieldwork:
        rows.insert(2, ("Interviews and observations", passages.capital(facts.fieldwork_dates)))
    return Section(
        "What this is",
        (
            Words(
                f"{facts.place}’s children’s services want to know how well they use evidence, and what to "
                f"do next. {passages.FOUR_KINDS}"
            ),
            passages.about_the_survey(facts),
            Words(
                "The survey is about how the organisation works. It is not an inspection, and it does not "
                "assess you or your team. You choose whether to take part. Nothing happens to you if you do "
                "not."
            ),
            Table("In short", ("What", "Answer"), tuple(rows), (34, 66)),
        ),
    )
