"""What staff are promised, and what nobody can promise them: each said once, with what keeps it.

The papers print these sentences, and so can every page on which staff answer. An id never changes, so that a
test can be tied to it. A sentence may hold ``{threshold}``, ``{closes}`` and ``{months}``.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence that must be true, and what in the service makes it so."""

    id: str
    sentence: str
    kept_by: str

    def said(self, values: Mapping[str, str]) -> str:
        """Give the sentence with a diagnostic's own values."""
        return self.sentence.format_map(values)


@dataclass(frozen=True, slots=True)
class Limit:
    """What remains possible, said as plainly as what is promised."""

    id: str
    sentence: str


TAKING_PART = (
    Promise(
        "no-list-of-who-answered",
        "The service keeps no list of who has answered, so it cannot give one to anybody.",
        "The list of addresses has no column for links, codes or answers.",
    ),
    Promise(
        "link-knows-no-name",
        "A personal link holds a long random code. The service keeps only a fingerprint of the code, and "
        "nothing that joins it to your name or address.",
        "Codes are random, made in one batch in random order, and kept only as a hash, in a table of "
        "their own. Code and address are together only in the memory of the machine while the mail goes out.",
    ),
    Promise(
        "reminders-to-all",
        "Reminders go to everyone on the list, because the service does not know who has answered. They hold "
        "no link.",
        "A reminder is made from the list of addresses alone.",
    ),
    Promise(
        "opening-spends-nothing",
        "To open the link changes nothing. Only a finished set of answers that you send uses it up.",
        "Looking at a page cannot write to the database.",
    ),
    Promise(
        "new-link-counted",
        "If you lose your link, you can ask for a new one. New links are counted, and the results say how "
        "many people may have answered twice.",
        "A new link is a new code; the service counts them and joins none to an older one.",
    ),
    Promise(
        "open-link-said",
        "If your council uses one open link for everyone, the page gives you a link of your own to come "
        "back with. It is shown when you start, and once more if you stop to come back later. The results "
        "then say that we cannot be sure of one answer from each person.",
        "A visitor who starts is given a code of their own, and the results carry the sentence.",
    ),
)

WHILE_ANSWERING = (
    Promise(
        "draft-locked",
        "What you have not sent yet is saved with every page. It is locked with your own link: without it, "
        "nobody can read what you saved. You can stop, and come back with the same link on any device.",
        "Drafts are encrypted under a key that is made from the link’s code, and padded to one length.",
    ),
    Promise(
        "draft-deleted",
        "What you saved is deleted when you send your answers, and at the latest when the survey closes.",
        "Sending and closing delete drafts, and the database overwrites what is deleted.",
    ),
    Promise(
        "cookies-needed-only",
        "The survey pages set only the cookies that they need to work. One holds your link’s code while you "
        "answer. None of them tracks you, and no analytics are used.",
        "The code moves from the address into a protected cookie, and no page loads anything from elsewhere.",
    ),
    Promise(
        "sent-means-stored",
        "You are told that your answers were sent only when they are safely stored.",
        "The page is sent after the database has written the answers to disk.",
    ),
)

WHAT_IS_KEPT = (
    Promise(
        "no-identity-kept",
        "With your answers the service stores no name, no email address, no network address, no kind of "
        "device and no time.",
        "The table has no columns for them.",
    ),
    Promise(
        "no-log-of-answering",
        "The service’s own logs of the survey pages name no person, address or code, and no time more exact "
        "than the day.",
        "No line is logged for a visit to a survey page.",
    ),
)

BEFORE_THE_CLOSE = (
    Promise(
        "nobody-reads-before-close",
        "Nobody can read any answers before the survey closes: not your manager, not your council, and not "
        "the people who run the diagnostic.",
        "Answers are sealed to a key as they are sent, and no page opens them before the close.",
    ),
    Promise(
        "key-kept-apart",
        "Answers are sealed as you send them. The key that opens them is kept outside the database and its "
        "backups.",
        "The private key is a file on the machine that closes the survey, and never a row in the database.",
    ),
    Promise(
        "two-custodians",
        "Two custodians, whom your council names, can restore the key if it is lost. Each needs a file and a "
        "passphrase, which is shown only once.",
        "The file is encrypted under the passphrase, which the service does not keep.",
    ),
    Promise(
        "rough-count-only",
        "Until the close your council sees only a rough count of all answers, new at most once a day. It "
        "sees no count for a team or a role.",
        "The dashboard has a band for the whole council, once a day, and no count by group exists.",
    ),
)

AT_THE_CLOSE = (
    Promise(
        "one-more-hour",
        "The survey closes at the end of {closes}. If you have started by then, you have one more hour to "
        "send your answers.",
        "After the announced end no code can start; a code that has started can send for one hour.",
    ),
    Promise(
        "least-answers-to-open",
        "The answers are opened only if at least {threshold} people have answered. If fewer have, the survey "
        "runs longer, or the answers are destroyed unopened.",
        "Closing counts the sealed answers first and stops below the threshold.",
    ),
    Promise(
        "order-shuffled",
        "At the close the answers are shuffled and stored in a new table, so that their order says nothing "
        "about when they came.",
        "A cryptographic generator shuffles them before they are written.",
    ),
    Promise(
        "small-groups-coarsened",
        "Where fewer than {threshold} people of one role answered in one area, the area is not kept with "
        "their answers. A role in which fewer than {threshold} answered is joined with a similar one.",
        "Both happen at the close, before the answers are stored.",
    ),
    Promise(
        "comments-apart",
        "Comments are stored apart from all other answers. The comments on each question are shuffled by "
        "themselves, so that no two can be put together.",
        "Comments stand in a table of their own, without a key to anything else.",
    ),
    Promise(
        "sealed-copies-deleted",
        "After that, the sealed answers, the drafts, all codes and the list of addresses are deleted, and "
        "the key is destroyed.",
        "Closing deletes them, clears the database’s own files of them, and then deletes the key.",
    ),
    Promise(
        "old-backups-said",
        "Software cannot destroy the custodians’ copies of the key. Both must confirm that they have "
        "destroyed theirs before the close counts as complete. Until then, old backups could still be "
        "opened.",
        "The close stays incomplete, and the dashboard says so, until both have confirmed.",
    ),
)

AFTER_SENDING = (
    Promise(
        "no-way-back",
        "Once you have sent your answers, nobody can find yours among them. So we cannot show them to you, "
        "change them or take them out, even if you ask.",
        "No row holds anything that points at a person or a link.",
    ),
)

WHAT_RESULTS_SHOW = (
    Promise(
        "small-groups-hidden",
        "No result is shown for a group in which fewer than {threshold} people answered, or in which fewer "
        "than {threshold} work.",
        "One module cuts every number that leaves the method, and the threshold is part of it.",
    ),
    Promise(
        "neighbours-hidden",
        "A larger group is hidden too where its result would give a small one away.",
        "Groups are hidden until nothing that is printed places a hidden one.",
    ),
    Promise(
        "results-attacked-first",
        "Before results are published, a second program tries to work out what somebody answered. If it can, "
        "nothing is published.",
        "The auditor shares no code with the program that hides, and publishing stops where it succeeds.",
    ),
    Promise(
        "comments-released",
        "Comments are never split by team or role. One is printed only when a person has read it and "
        "released it.",
        "Comments carry no group, and an unreleased comment is in no published file.",
    ),
    Promise(
        "threshold-never-lowered",
        "Once the survey is launched, nobody can lower the number {threshold}, and no setting turns any of "
        "this off.",
        "The database refuses a threshold below ten, and the service has no setting for anonymity.",
    ),
    Promise(
        "raw-data-deleted",
        "The answers and the comments are deleted {months} months after the survey closes at the latest.",
        "Deleting is due by date and needs nobody to remember it.",
    ),
)

FIELDWORK = (
    Promise(
        "quotes-name-no-one",
        "If we quote you, we say at most which group of roles you belong to, and only if it has {threshold} "
        "people or more. We never say your area, the month or the meeting, unless {threshold} people or more "
        "attended it.",
        "The list of evidence is made from role groups of the threshold or more, and holds nothing else.",
    ),
    Promise(
        "notes-not-shown",
        "Only the people who gather the evidence for this diagnostic, and those who lead the programme, can "
        "read the notes.",
        "The pages with notes open only to those who gather evidence.",
    ),
    Promise(
        "notes-deleted",
        "The notes are deleted {months} months after the survey closes at the latest.",
        "Deleting is due by date and needs nobody to remember it.",
    ),
)

SURVEY = (
    *TAKING_PART,
    *WHILE_ANSWERING,
    *WHAT_IS_KEPT,
    *BEFORE_THE_CLOSE,
    *AT_THE_CLOSE,
    *AFTER_SENDING,
    *WHAT_RESULTS_SHOW,
)
PROMISES: Mapping[str, Promise] = {promise.id: promise for promise in (*SURVEY, *FIELDWORK)}

LIMITS = (
    Limit(
        "operator-before-close",
        "Before the close, somebody who runs the service could change it on purpose so that it reads answers "
        "as they are sent. That would be a serious breach of data protection law.",
    ),
    Limit(
        "network-sees-visit",
        "The council’s network can see that a computer visited the survey. You can use a device of your own.",
    ),
    Limit(
        "mailbox-open-to-others",
        "Somebody who can read your email could use your link before you do, or read what you saved and "
        "have not sent.",
    ),
    Limit(
        "style-gives-away",
        "The way you write in a comment can give you away. Leave out names, and stories that only you could "
        "tell.",
    ),
    Limit(
        "invited-alone",
        "If you were invited later than the others, or asked for a new link, somebody who keeps copies of "
        "the database from before and after could see that a link of that day was used. They could not see "
        "what was answered with it.",
    ),
    Limit("over-the-shoulder", "Somebody could look over your shoulder while you answer."),
)
