"""The promises: each stands in the papers as it is written, and is tied to the test that proves it."""

import re
import string
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from app.commissioning.papers.catalogue import KINDS, PaperId
from app.commissioning.papers.paper import Table
from app.commissioning.papers.promises import FIELDWORK, LIMITS, PROMISES, SURVEY
from app.commissioning.papers.risks import LIKELIHOODS, RISKS, SEVERITIES, Level, risks
from app.database.session import Database
from tests.service.papers.diagnostic_facts import change, invented_facts
from tests.service.people import People

# The test that fails when a promise is not kept. Whoever adds a page or a command through which staff answer,
# or on which notes are kept, moves its promises here.
PROVEN = {
    "opening-spends-nothing": "service/test_boundary.py::test_looking_at_a_page_cannot_change_anything",
    "sent-means-stored": "service/test_boundary.py::test_a_commit_that_fails_never_shows_success",
    "small-groups-hidden": (
        "diagnostics/test_suppression.py::test_people_in_the_frame_one_below_at_and_one_above_the_threshold"
    ),
    "neighbours-hidden": "diagnostics/test_joint_suppression.py::test_all_but_one_are_never_shown",
    "results-attacked-first": "app/test_analyse_refuses.py::test_what_fails_is_not_written",
    "threshold-never-lowered": "service/papers/test_promises.py::test_the_database_refuses_fewer_than_ten",
    "notes-not-shown": (
        "service/fieldwork/test_retention.py::test_notes_are_shown_to_nobody_but_those_who_gather"
    ),
    "notes-deleted": (
        "service/fieldwork/test_retention.py::test_notes_are_deleted_in_time_and_their_bytes_are_gone"
    ),
    "quotes-name-no-one": "diagnostics/test_evidence_list.py::test_meeting_is_named_only_where_enough_attend",
}
AWAITING = {
    "comments-apart",
    "comments-released",
    "cookies-needed-only",
    "draft-deleted",
    "draft-locked",
    "key-kept-apart",
    "least-answers-to-open",
    "link-knows-no-name",
    "new-link-counted",
    "no-identity-kept",
    "no-list-of-who-answered",
    "no-log-of-answering",
    "no-way-back",
    "nobody-reads-before-close",
    "old-backups-said",
    "one-more-hour",
    "open-link-said",
    "order-shuffled",
    "raw-data-deleted",
    "reminders-to-all",
    "rough-count-only",
    "sealed-copies-deleted",
    "small-groups-coarsened",
    "two-custodians",
}


def test_every_promise_is_proven_or_known_to_await_its_proof() -> None:
    assert PROVEN.keys() | AWAITING == PROMISES.keys()
    assert not PROVEN.keys() & AWAITING


@pytest.mark.parametrize("promise", PROVEN)
def test_the_test_that_a_promise_names_exists(promise: str, project_root: Path) -> None:
    path, test = PROVEN[promise].split("::")
    assert f"def {test}(" in (project_root / "tests" / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("threshold", [0, 9])
def test_the_database_refuses_fewer_than_ten(database: Database, people: People, threshold: int) -> None:
    with pytest.raises(IntegrityError):
        change(database, people, threshold=threshold)


def test_ids_are_unique_and_fit_an_address() -> None:
    ids = [one.id for one in (*SURVEY, *FIELDWORK, *LIMITS)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", one) for one in ids)


def test_a_sentence_holds_only_values_that_every_diagnostic_has() -> None:
    used = {
        name
        for promise in PROMISES.values()
        for _, name, _, _ in string.Formatter().parse(promise.sentence)
        if name is not None
    }
    assert used == {"threshold", "closes", "months"} == invented_facts().values.keys()


def test_the_notice_to_staff_makes_every_promise_of_the_survey_once_and_no_other() -> None:
    facts = invented_facts()
    said = list(KINDS[PaperId.STAFF_NOTICE].make(facts).texts())
    assert [said.count(promise.said(facts.values)) for promise in SURVEY] == [1] * len(SURVEY)
    assert [said.count(limit.sentence) for limit in LIMITS] == [1] * len(LIMITS)
    assert not [promise.id for promise in FIELDWORK if promise.said(facts.values) in said]


def test_the_information_sheet_makes_those_of_interviews() -> None:
    facts = invented_facts()
    said = list(KINDS[PaperId.INFORMATION_SHEET].make(facts).texts())
    assert all(said.count(promise.said(facts.values)) == 1 for promise in FIELDWORK)


def test_the_privacy_notice_says_what_is_kept_until_when_and_what_nobody_can_promise() -> None:
    facts = invented_facts()
    said = " ".join(KINDS[PaperId.PRIVACY_NOTICE].make(facts).texts())
    for one in ("no-identity-kept", "nobody-reads-before-close", "old-backups-said", "no-way-back"):
        assert PROMISES[one].said(facts.values) in said
    assert all(limit.sentence in said for limit in LIMITS)


def test_the_assessment_names_what_enforces_each_measure() -> None:
    facts = invented_facts()
    tables = {
        block.caption: block.rows
        for section in KINDS[PaperId.IMPACT_ASSESSMENT].make(facts).sections
        for block in section.blocks
        if isinstance(block, Table)
    }
    measures = tables["Measures in the service"]
    assert [row[1:] for row in measures] == [
        (promise.said(facts.values), promise.kept_by) for promise in PROMISES.values()
    ]
    numbers = {row[0] for row in measures}
    for row in tables["Risks after measures"]:
        cited = set(re.findall(r"M\d+", row[1]))
        assert cited <= numbers
        assert cited or row[1] == "None in the service"


def test_every_risk_is_lowered_or_left_and_never_raised() -> None:
    for risk in RISKS:
        assert set(risk.promises) <= PROMISES.keys()
        assert risk.people
        assert risk.after.weight <= risk.before.weight
    assert not [risk for risk in RISKS if risk.after.overall == "high"]


def test_risks_and_promises_of_fieldwork_go_where_there_is_none() -> None:
    facts = invented_facts(with_fieldwork=False)
    assert len(risks(False)) == len(RISKS) - 1
    text = " ".join(KINDS[PaperId.IMPACT_ASSESSMENT].make(facts).texts())
    assert "interview or observation points to a person" not in text
    assert not [promise.id for promise in FIELDWORK if promise.said(facts.values) in text]


def test_levels_follow_both_scales() -> None:
    overall = {
        (likelihood, severity): Level(likelihood, severity).overall
        for likelihood in LIKELIHOODS
        for severity in SEVERITIES
    }
    assert overall[("remote", "minimal")] == overall[("possible", "minimal")] == "low"
    assert overall[("possible", "significant")] == overall[("remote", "severe")] == "medium"
    assert overall[("probable", "significant")] == overall[("possible", "severe")] == "high"
