"""The privacy notice, with all that Articles 13 and 14 of the UK GDPR ask for."""

from app.commissioning.papers import passages, promises
from app.commissioning.papers.facts import Facts
from app.commissioning.papers.paper import Paper, Points, Section, Table, Words, gap

PLACE_OF_DATA = "where the data are kept, and any transfer out of the UK with its safeguard"
BACKUPS = "how long backups are kept"


def privacy_notice(facts: Facts) -> Paper:
    """Make the notice."""
    return Paper(
        title="Privacy notice",
        under=passages.under_title(facts),
        sections=(
            _who_answers_for_it(facts),
            _why(facts),
            _what_and_how_long(facts),
            Section(
                "What the survey keeps and does not keep",
                (
                    passages.promised(facts, promises.WHAT_IS_KEPT),
                    passages.promised(facts, promises.BEFORE_THE_CLOSE),
                    passages.promised(facts, promises.AT_THE_CLOSE),
                ),
            ),
            _sensitive(facts),
            Section("Cookies", (Words(promises.PROMISES["cookies-needed-only"].said(facts.values)),)),
            _who_gets_it(facts),
            _rights(facts),
            Section(
                "What nobody can promise",
                (Points(tuple(limit.sentence for limit in promises.LIMITS)),),
            ),
            passages.questions_and_complaints(facts),
        ),
        foot=passages.foot(facts),
    )


def _who_answers_for_it(facts: Facts) -> Section:
    return Section(
        "Who answers for your data",
        (
            Table(
                "Who is who",
                ("Role", "Who"),
                (
                    ("Controller: decides why and how data are used", facts.controller),
                    ("Data protection officer or contact", facts.data_protection),
                    ("Processor: handles the data for the controller", facts.processor),
                    ("Whom staff can ask", facts.contact),
                ),
                (45, 55),
            ),
            Words(
                "The processor may use the data only as the controller says. A contract under Article 28 of "
                "the UK GDPR binds it."
            ),
        ),
    )


def _why(facts: Facts) -> Section:
    return Section(
        "Why we use your data",
        (
            Words(
                f"{facts.place}’s children’s services want to learn how well they use evidence, and what to "
                f"do next. {passages.FOUR_KINDS} This is for {facts.taking_part}."
            ),
            Words(facts.basis.said),
            Words(
                "You do not have to take part, by law or by contract. Nothing follows for you if you do not. "
                "The data are not used for appraisal, pay or discipline. No decision about a person is made "
                "from them, by a machine or by anyone else (Article 22)."
            ),
        ),
    )


def _what_and_how_long(facts: Facts) -> Section:
    latest = f"{facts.kept_for} after the survey closes, at the latest"
    gatherers = "Those who gather the evidence and those who lead the programme"
    rows = [
        (
            "Your work email address",
            "From your employer’s staff list, to invite and remind you",
            "Those who send the invitations",
            "Until the survey closes",
        ),
        (
            "A fingerprint of your link’s code",
            "Made by the service, so that a link works once",
            "Nobody",
            "Until the survey closes",
        ),
        (
            "What you have saved and not sent",
            "From you, so that you can come back",
            "You, with your link",
            "Until you send it, or the survey closes",
        ),
        (
            "Your answers, with your role and area if you give them",
            "From you, to work out the results",
            f"Nobody before the close. Then, without names: {gatherers[0].lower()}{gatherers[1:]}",
            f"Until {latest}",
        ),
        (
            "Your comments, if you write any",
            "From you, to understand the results",
            f"Nobody before the close. Then {gatherers[0].lower()}{gatherers[1:]}",
            f"Until {latest}",
        ),
    ]
    if facts.with_fieldwork:
        rows.append(
            (
                "Notes of interviews and observations",
                "From what you say or do at work, to understand how evidence is used",
                gatherers,
                f"Until {latest}",
            )
        )
    rows.append(
        (
            "Results and the brief",
            "Worked out from all of these; they hold no data about a person",
            "Whoever the council shows them to",
            "As long as the council wants to compare later waves",
        )
    )
    return Section(
        "What we use, from where, who sees it and how long we keep it",
        (
            Table(
                "Data",
                ("What", "Where from, and why", "Who can see it", "Kept"),
                tuple(rows),
                (24, 27, 27, 22),
            ),
        ),
    )


def _sensitive(facts: Facts) -> Section:
    where = "A comment or an interview" if facts.with_fieldwork else "A comment"
    return Section(
        "Sensitive data",
        (
            Words(
                "We do not ask about health, belief, ethnic origin, sexuality, union membership or other "
                f"special category data. {where} may still hold some. Please leave it out, about "
                "yourself and about others. Whoever reads a comment before its release takes such data out."
            ),
            Words(passages.NOT_FOR_CONCERNS),
        ),
    )


def _who_gets_it(facts: Facts) -> Section:
    return Section(
        "Who gets it",
        (
            Words(
                f"The processor, {facts.processor}, handles the data for the controller. Nobody else is "
                "given answers, comments or notes. The council may share the brief, which shows no group of "
                f"fewer than {facts.threshold} people."
            ),
            Words(f"Where the data are: {gap(PLACE_OF_DATA)}."),
            Words(f"A backup can hold what was deleted for as long as it is kept: {gap(BACKUPS)}."),
        ),
    )


def _rights(facts: Facts) -> Section:
    rows = (
        ("To be told (Articles 13 and 14)", "This notice tells you. You can ask for more."),
        (
            "To see your data (Article 15)",
            "You can see what is held under your name: your address on the list"
            + (", and the notes of your interview if you gave one." if facts.with_fieldwork else "."),
        ),
        ("To have them put right (Article 16)", "The same data are put right if they are wrong."),
        (
            "To have them deleted or their use limited (Articles 17 to 19)",
            "You can ask for this. Whoever was given the data is told of it. Some limits apply in law.",
        ),
        (
            "To take them with you (Article 20)",
            "This holds only for data that rest on consent or a contract.",
        ),
        ("To object (Article 21)", facts.basis.objecting),
        ("Not to be judged by a machine (Article 22)", "No such decision is made."),
    )
    return Section(
        "Your rights",
        (
            Table("Rights under the UK GDPR", ("Right", "What it means here"), rows, (36, 64)),
            Words(
                f"{promises.PROMISES['no-way-back'].said(facts.values)} The law allows for this, because we "
                "cannot tell which answers are yours (Article 11)."
            ),
            Words(f"To use a right, write to {facts.data_protection}. You get an answer within one month."),
        ),
    )
