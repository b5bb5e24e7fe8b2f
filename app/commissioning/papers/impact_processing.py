"""What happens to the data, for the impact assessment: step by step, and as a table."""

from app.commissioning.papers.facts import Facts
from app.commissioning.papers.paper import Points, Table, Words


def what_happens_to_the_data(facts: Facts) -> tuple[Words | Points, ...]:
    """Say it step by step."""
    fieldwork = (
        (
            "Those who gather the evidence hold interviews, observe meetings and read documents. They type "
            "notes and ratings into the service.",
        )
        if facts.with_fieldwork
        else ()
    )
    return (
        Words("The data take this way."),
        Points(
            (
                "The council describes its workforce in numbers, and gives the addresses for the invitation.",
                "The service makes random codes, mails each address a link, and keeps addresses and codes "
                "apart.",
                "Staff answer. What is not sent yet is kept as a draft that only the link opens.",
                "Each finished set of answers is sealed to the survey’s key, with no name, time or address.",
                *fieldwork,
                f"At the close, with {facts.threshold} answers or more, the answers are opened, shuffled, "
                "made coarser where groups are small, and stored anew. Sealed copies, drafts, codes and "
                "key are destroyed.",
                "The service works out the results, hides small groups, and attacks what it would publish.",
                "Two people sign the brief, and the council shares it.",
                f"Raw data are deleted {facts.kept_for} after the survey closes at the latest.",
            )
        ),
    )


def data_table(facts: Facts) -> Table:
    """Give the kinds of data with their source, place, readers and end."""
    end = f"{facts.kept_for} after the survey closes, at the latest"
    gather = "Those who gather the evidence, and those who lead the programme"
    rows = [
        (
            "Work email addresses",
            "Staff; from the council’s staff list",
            "Those who send invitations",
            "The close",
        ),
        ("Codes of links, as a hash only", "Made by the service", "Nobody", "The close"),
        ("Drafts, encrypted", "Staff", "The member of staff, with the link", "Sending, or the close"),
        ("Sealed answers and comments", "Staff", "Nobody", "The close"),
        ("Opened answers with role and area, where kept", "Staff", gather, end),
        ("Opened comments, apart from answers", "Staff", gather, end),
    ]
    if facts.with_fieldwork:
        rows += [
            ("Notes, ratings and quotes of interviews", "Staff who are interviewed", gather, end),
            ("Notes and ratings of observations", "Staff who are observed", gather, end),
            ("Notes and ratings of documents and figures", "The council’s papers", gather, end),
        ]
    rows += [
        (
            "Names, email addresses and log of those who sign in",
            "People whom the council names",
            "Those who manage people; the log is read by programme leads",
            "The account is closed; the log keeps a number in place of the name",
        ),
        (
            "Results and brief, without personal data",
            "Worked out",
            "Whoever the council shows them to",
            "No fixed end",
        ),
    ]
    return Table("Data", ("Data", "From whom", "Who can read it", "Ends with"), tuple(rows), (30, 22, 26, 22))
