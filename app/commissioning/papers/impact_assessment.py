"""A draft of the data protection impact assessment (Article 35), which the council completes and signs."""

from app.commissioning.papers import passages, promises
from app.commissioning.papers.facts import Facts
from app.commissioning.papers.impact_processing import data_table, what_happens_to_the_data
from app.commissioning.papers.paper import Paper, Points, Section, Subheading, Table, Words, gap
from app.commissioning.papers.privacy_notice import BACKUPS, PLACE_OF_DATA
from app.commissioning.papers.risks import Level, Risk, risks
from diagnostics.wording import listed


def impact_assessment(facts: Facts) -> Paper:
    """Make the draft."""
    return Paper(
        title="Data protection impact assessment: draft for the council to complete",
        under=passages.under_title(facts),
        sections=(
            _control(facts),
            _need(facts),
            _processing(facts),
            _consultation(facts),
            _necessity(facts),
            _risks(facts),
            _measures(facts),
            _remaining(facts),
            _sign_off(facts),
        ),
        foot=passages.foot(facts),
    )


def _control(facts: Facts) -> Section:
    rows = (
        ("Authority", facts.authority),
        ("Project", f"Diagnostic of the use of evidence, wave {facts.wave}"),
        ("Controller", facts.controller),
        ("Processor", facts.processor),
        ("Data protection officer or contact", facts.data_protection),
        ("Contact for staff", facts.contact),
        ("Survey", f"Opens on {facts.opens}, closes at the end of {facts.closes}"),
        *(
            (("Interviews and observations", passages.capital(facts.fieldwork_dates)),)
            if facts.with_fieldwork
            else ()
        ),
        ("Brief due", facts.brief_due),
        ("Custodians of the key", facts.custodians),
        ("Written by", gap("who completes this assessment, with role")),
        ("Version and date", gap("version and date of this assessment")),
    )
    return Section(
        "About this assessment", (Table("Control of the document", ("Item", "Entry"), rows, (34, 66)),)
    )


def _need(facts: Facts) -> Section:
    return Section(
        "1. Why an assessment is needed",
        (
            Words(
                f"{facts.place}’s children’s services want to learn how well they use evidence. The "
                "diagnostic asks staff for frank views of how their organisation and its leaders work."
            ),
            Words("An assessment under Article 35 of the UK GDPR is advised for four reasons."),
            Points(
                (
                    "Staff are in a weaker position than their employer, which is the controller.",
                    "Frank answers could harm a person if they were traced to that person.",
                    "Open comments and interviews may hold special category data, or data about children.",
                    "The survey goes to a whole workforce, and several sources are brought together.",
                )
            ),
        ),
    )


def _processing(facts: Facts) -> Section:
    return Section(
        "2. The processing",
        (
            Subheading("Nature"),
            *what_happens_to_the_data(facts),
            data_table(facts),
            Subheading("Scope"),
            Words(
                f"The diagnostic is for {facts.taking_part}. The workforce frame holds {facts.people} "
                "people, by role group and service area, without names. The survey has up to "
                f"{facts.rated_questions} rated questions. It asks for role and area, and for nothing else "
                "about the person. "
                + (
                    f"Planned fieldwork: {facts.planned}."
                    if facts.with_fieldwork
                    else "There is no fieldwork."
                )
            ),
            Subheading("Context"),
            Words(
                "The people are staff of the controller or of its partners. Staff expect their employer to "
                "ask for their views. They would not expect an answer to be traced to them. Children and "
                "families are not asked, and data about them are not wanted."
            ),
            Words(
                "What is known of earlier surveys, and of worries about them: "
                f"{gap('earlier surveys and worries')}."
            ),
            Subheading("Purposes"),
            Words(
                "The purpose is to learn how well the organisation uses evidence and to choose what to "
                "improve. The data are not used to assess a person or a team, nor for appraisal, pay, "
                "discipline or inspection."
            ),
        ),
    )


def _consultation(facts: Facts) -> Section:
    rows = (
        (
            "Staff, or their representatives",
            "How clear the notice is; what would stop them from answering",
            gap("when staff were asked, and what they said"),
        ),
        (
            "Recognised trade unions",
            "The purpose, the promises, and what the results may be used for",
            gap("when unions were asked, and what they said"),
        ),
        (
            "Data protection officer",
            "This assessment (Article 35(2))",
            gap("when the data protection officer was asked"),
        ),
        (
            "Processor",
            "How the service keeps the promises, and where the data are",
            gap("when the processor was asked, and what it said"),
        ),
        (
            "Information security",
            "Access to the machine, backups, mail and single sign-on",
            gap("when information security was asked, and what it said"),
        ),
        (
            "Safeguarding lead",
            "What interviewers must pass on, and to whom",
            gap("when the safeguarding lead was asked, and what they said"),
        ),
    )
    return Section(
        "3. Consultation",
        (
            Words(
                "Article 35(9) asks the controller to seek the views of those concerned, or their "
                "representatives. Consult the recognised trade unions before the survey is launched, and "
                "give them the notice and this draft. Where the council decides against a view, it writes "
                "down why."
            ),
            Table(
                "Who is consulted",
                ("Who", "About what", "When, and what they said"),
                rows,
                (26, 40, 34),
            ),
        ),
    )


def _necessity(facts: Facts) -> Section:
    rows = (
        ("Lawful basis (Article 6)", facts.basis.law),
        (
            "Special category data (Article 9)",
            "None are asked for. Comments and interviews may hold some; they are taken out before release. "
            "If the council keeps any, it names the condition: "
            f"{gap('the condition under Article 9, or “none are kept”')}.",
        ),
        (
            "Would less do",
            "The survey asks two things about a person, role and area, and both can be left unsaid. "
            "Results without them could not show whether leaders and practitioners see the same. No names "
            "are needed, so none are kept.",
        ),
        (
            "Other ways",
            "A survey with names, or interviews alone, would take in more about each person and hear fewer "
            "of them. Other ways that the council looked at: "
            f"{gap('other ways and why they were not chosen')}.",
        ),
        ("Accuracy", "Every number is traceable to its evidence. Each claim says how sure it is."),
        (
            "Kept for",
            f"Raw data are kept for {facts.kept_for} after the survey closes. Results hold no personal data.",
        ),
        (
            "Told to people (Articles 13 and 14)",
            "By the notice to staff, the privacy notice and the information sheet.",
        ),
        (
            "Rights (Articles 15 to 22)",
            "Rights hold for the list of addresses, for notes under a name and for accounts. Sent answers "
            "cannot be traced to a person, so Articles 15 to 20 do not apply to them (Article 11(2)). No "
            "decision is automated.",
        ),
        (
            "Processor (Article 28)",
            f"The processor is {facts.processor}. The contract: {gap('date and place of the contract')}. Its "
            f"sub-processors: {gap('sub-processors, or “none”')}.",
        ),
        ("Place and transfers", f"{gap(PLACE_OF_DATA)}."),
        (
            "Backups",
            "They hold answers only as they were: sealed before the close. How long they are kept: "
            f"{gap(BACKUPS)}.",
        ),
    )
    return Section(
        "4. Necessity and proportionality",
        (Table("Compliance", ("Question", "Answer"), rows, (26, 74)),),
    )


def _risks(facts: Facts) -> Section:
    return Section(
        "5. Risks before measures",
        (
            Words(
                "How likely a harm is: remote, possible or probable. How bad it would be: minimal, "
                "significant or severe. The two together make the risk low, medium or high. These are "
                "proposals; the council decides."
            ),
            Table(
                "Risks before measures",
                ("Risk", "What could happen to whom", "Level"),
                tuple((_named(n, risk), risk.harm, _level(risk.before)) for n, risk in _numbered(facts)),
                (38, 40, 22),
            ),
        ),
    )


def _kept(facts: Facts) -> dict[str, tuple[str, promises.Promise]]:
    """Give the promises that the service keeps, by id, each with its number among the measures."""
    kept = (*promises.SURVEY, *(promises.FIELDWORK if facts.with_fieldwork else ()))
    return {promise.id: (f"M{n}", promise) for n, promise in enumerate(kept, start=1)}


def _measures(facts: Facts) -> Section:
    return Section(
        "6. Measures in the service, and what enforces each",
        (
            Words("Each of these measures also stands in the notice to staff or in the information sheet."),
            Table(
                "Measures in the service",
                ("No.", "Measure", "What enforces it"),
                tuple(
                    (number, promise.said(facts.values), promise.kept_by)
                    for number, promise in _kept(facts).values()
                ),
                (9, 52, 39),
            ),
        ),
    )


def _remaining(facts: Facts) -> Section:
    return Section(
        "7. Risks that remain",
        (
            Table(
                "Risks after measures",
                ("Risk", "Measures in the service", "What people do besides", "Level"),
                tuple(
                    (_named(n, risk), _numbers(facts, risk), risk.people, _level(risk.after))
                    for n, risk in _numbered(facts)
                ),
                (29, 19, 31, 21),
            ),
            Subheading("What no measure can rule out"),
            Points(tuple(limit.sentence for limit in promises.LIMITS)),
            Words(
                "If the council finds that a high risk remains, it asks the ICO before the survey opens "
                "(Article 36)."
            ),
        ),
    )


def _sign_off(facts: Facts) -> Section:
    rows = (
        (
            "Measures approved by",
            gap("who approves the measures"),
            gap("date of the approval"),
            gap("who does what by when"),
        ),
        (
            "Remaining risks accepted by",
            gap("who accepts the remaining risks"),
            gap("date of the acceptance"),
            gap("which risks are accepted, and why"),
        ),
        (
            "Advice of the data protection officer",
            gap("name of the data protection officer"),
            gap("date of the advice"),
            gap("advice on the law, the measures and whether to go on"),
        ),
        (
            "Advice followed or overruled by",
            gap("who follows or overrules the advice"),
            gap("date of that decision"),
            gap("reasons if the advice is overruled"),
        ),
        (
            "Views of staff and unions considered by",
            gap("who considers the views of staff and unions"),
            gap("date on which views were considered"),
            gap("reasons if views are not followed"),
        ),
        (
            "This assessment is reviewed by",
            gap("who reviews this assessment"),
            gap("date of the review"),
            gap("what would bring the review forward"),
        ),
    )
    return Section(
        "8. Sign-off by the council",
        (
            Table("Sign-off", ("Item", "Name and role", "Date", "Notes"), rows, (24, 22, 18, 36)),
            Words(
                f"After sign-off, the council adds the measures to its plan and to its record of processing. "
                f"{facts.controller} remains responsible for this assessment."
            ),
        ),
    )


def _numbered(facts: Facts) -> list[tuple[int, Risk]]:
    return list(enumerate(risks(facts.with_fieldwork), start=1))


def _named(n: int, risk: Risk) -> str:
    return f"{n}. {risk.title}"


def _level(level: Level) -> str:
    return f"{level.overall.capitalize()}: {level.likelihood} and {level.severity}"


def _numbers(facts: Facts, risk: Risk) -> str:
    kept = _kept(facts)
    numbers = sorted((kept[one][0] for one in risk.promises), key=lambda number: int(number[1:]))
    return listed(numbers) if numbers else "None in the service"
