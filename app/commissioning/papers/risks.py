"""The risks of a diagnostic to the people in it, before and after what is done about them."""

from dataclasses import dataclass
from typing import Literal

Likelihood = Literal["remote", "possible", "probable"]
Severity = Literal["minimal", "significant", "severe"]
LIKELIHOODS: tuple[Likelihood, ...] = ("remote", "possible", "probable")
SEVERITIES: tuple[Severity, ...] = ("minimal", "significant", "severe")
# By the product of the places on the two scales.
_HIGH_FROM, _MEDIUM_FROM = 6, 3


@dataclass(frozen=True, slots=True)
class Level:
    """How likely a harm is, and how bad it would be."""

    likelihood: Likelihood
    severity: Severity

    @property
    def weight(self) -> int:
        """The two scales multiplied, 1 to 9."""
        return (LIKELIHOODS.index(self.likelihood) + 1) * (SEVERITIES.index(self.severity) + 1)

    @property
    def overall(self) -> str:
        """Low, medium or high."""
        return "high" if self.weight >= _HIGH_FROM else "medium" if self.weight >= _MEDIUM_FROM else "low"


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk: what could happen to whom, the promises that lower it, and what people do besides."""

    title: str
    harm: str
    before: Level
    promises: tuple[str, ...]
    people: str
    after: Level
    of_fieldwork: bool = False


RISKS = (
    Risk(
        "Somebody works out from the results what a colleague answered",
        "Staff who spoke frankly could be treated worse, and would not speak frankly again.",
        Level("possible", "severe"),
        (
            "small-groups-hidden",
            "neighbours-hidden",
            "results-attacked-first",
            "small-groups-coarsened",
            "threshold-never-lowered",
        ),
        "The council does not try to single anyone out.",
        Level("remote", "severe"),
    ),
    Risk(
        "Somebody links stored answers with the person who sent them",
        "The order, the time or the link could give a person away to whoever runs the database.",
        Level("probable", "severe"),
        (
            "no-identity-kept",
            "link-knows-no-name",
            "no-list-of-who-answered",
            "order-shuffled",
            "sealed-copies-deleted",
            "no-log-of-answering",
        ),
        "Few people have access to the machine, and the processor keeps a record of them.",
        Level("remote", "severe"),
    ),
    Risk(
        "Somebody reads answers before the survey closes",
        "A person who runs the service could change it on purpose, or misuse a copy of the key.",
        Level("possible", "severe"),
        (
            "nobody-reads-before-close",
            "key-kept-apart",
            "two-custodians",
            "rough-count-only",
            "old-backups-said",
        ),
        "The contract forbids it. The custodians are not in one line of command. Notices say that it remains "
        "possible for whoever runs the service.",
        Level("remote", "severe"),
    ),
    Risk(
        "A comment gives away its writer, or holds sensitive data about somebody",
        "Staff, children or families could be recognised. Health or other special category data could be "
        "kept.",
        Level("probable", "significant"),
        ("comments-apart", "comments-released", "raw-data-deleted"),
        "The question asks people to leave out names. Whoever reads a comment before its release takes out "
        "what could identify somebody.",
        Level("possible", "significant"),
    ),
    Risk(
        "A quote or a note of an interview or observation points to a person",
        "Colleagues know who was asked, and could recognise a view.",
        Level("probable", "significant"),
        ("quotes-name-no-one", "notes-not-shown", "notes-deleted"),
        "Interviewers note no names. Two people sign the brief, and the council can answer before it is out.",
        Level("possible", "significant"),
        of_fieldwork=True,
    ),
    Risk(
        "Staff feel that they have to take part",
        "A choice that is not free puts pressure on staff and spoils the answers.",
        Level("possible", "significant"),
        ("no-list-of-who-answered", "reminders-to-all", "rough-count-only"),
        "Managers do not ask who has answered. Trade unions are consulted first.",
        Level("remote", "significant"),
    ),
    Risk(
        "A link or a saved draft gets into other hands",
        "Somebody else could answer, or read what was saved and not sent.",
        Level("possible", "significant"),
        ("draft-locked", "draft-deleted", "opening-spends-nothing", "new-link-counted", "open-link-said"),
        "Invitations go to each person’s own mailbox. The notice says that whoever reads it can use the "
        "link.",
        Level("remote", "significant"),
    ),
    Risk(
        "The results are used for something else",
        "Results could be used for appraisal, discipline or a ranking of teams.",
        Level("possible", "significant"),
        ("small-groups-hidden", "comments-released"),
        "The controller limits the purpose in this assessment. The brief says what not to conclude.",
        Level("remote", "significant"),
    ),
    Risk(
        "Data are kept for longer than they are needed",
        "What is still there can still be lost or misused.",
        Level("possible", "significant"),
        ("draft-deleted", "sealed-copies-deleted", "raw-data-deleted", "old-backups-said"),
        "The council puts the day of deletion into its record of processing, and checks backups.",
        Level("remote", "significant"),
    ),
    Risk(
        "Somebody gets into the service with another person’s account",
        "Notes, addresses and results that are not out yet could be read.",
        Level("possible", "significant"),
        ("nobody-reads-before-close", "no-identity-kept"),
        "People sign in with a second factor or through the council’s own sign-in, see only their own "
        "council, and are signed out when idle. What they change is logged.",
        Level("remote", "significant"),
    ),
    Risk(
        "A concern about a child is written into the survey and nobody sees it in time",
        "A child could stay at risk.",
        Level("possible", "severe"),
        (),
        "Staff are told not to report concerns there, and where to go. Interviewers pass on what they must.",
        Level("remote", "severe"),
    ),
    Risk(
        "The council’s network or a colleague sees that somebody visited the survey",
        "It could be known that a person looked at the survey, though not that they answered.",
        Level("possible", "minimal"),
        ("cookies-needed-only", "no-log-of-answering"),
        "Staff can use a device of their own. The notice says what a network can see.",
        Level("possible", "minimal"),
    ),
)


def risks(with_fieldwork: bool) -> tuple[Risk, ...]:
    """Give the risks that a diagnostic has."""
    return tuple(risk for risk in RISKS if with_fieldwork or not risk.of_fieldwork)
