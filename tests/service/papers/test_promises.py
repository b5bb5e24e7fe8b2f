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

# The tests that fail when a promise is not kept. Whoever adds a page or a command of which a promise speaks
# moves it here.
PROVEN: dict[str, tuple[str, ...]] = {
    "comments-released": ("service/briefs/test_promises.py::test_no_comment_is_in_a_published_file",),
    "new-link-counted": (
        "diagnostics/test_headlines.py::test_second_answers_are_counted_where_links_were_replaced",
        "service/briefs/test_promises.py::test_second_answers_and_an_open_link_are_said_in_the_brief",
    ),
    "open-link-said": (
        "service/briefs/test_promises.py::test_second_answers_and_an_open_link_are_said_in_the_brief",
    ),
    "comments-apart": (
        "service/survey/test_linkage.py"
        "::test_a_comment_cannot_be_put_together_with_the_other_answers_of_its_writer",
    ),
    "cookies-needed-only": (
        "service/survey/test_what_staff_are_promised.py"
        "::test_the_survey_sets_two_cookies_that_end_with_the_browser_and_fetches_nothing_from_elsewhere",
    ),
    "draft-deleted": (
        "service/survey/test_respondent.py::test_the_whole_way_from_the_link_to_the_receipt",
        "service/survey/test_closing.py"
        "::test_after_the_close_nothing_is_left_that_ties_a_person_to_an_answer",
    ),
    "draft-locked": (
        "service/survey/test_what_staff_are_promised.py"
        "::test_only_the_link_opens_what_was_saved_and_its_size_tells_nothing",
        "service/survey/test_respondent.py::test_another_device_goes_on_where_the_first_stopped",
        "service/survey/test_respondent.py::test_stopping_in_the_middle_of_a_page_keeps_what_was_answered",
    ),
    "key-kept-apart": (
        "service/test_backup.py::test_no_backup_holds_the_key_of_a_survey",
        "service/survey/test_linkage.py::test_before_the_close_no_box_opens_without_the_key",
    ),
    "least-answers-to-open": (
        "service/survey/test_closing.py::test_nine_answers_are_not_opened_and_ten_are",
        "service/survey/test_conduct.py"
        "::test_a_survey_that_too_few_answered_can_run_longer_or_be_given_up_unread",
    ),
    "link-knows-no-name": (
        "service/survey/test_invitations.py::test_an_address_and_a_ballot_have_no_column_in_common",
        "service/survey/test_canary.py::test_nothing_that_could_name_a_visitor_is_kept_anywhere",
    ),
    "neighbours-hidden": ("diagnostics/test_joint_suppression.py::test_all_but_one_are_never_shown",),
    "notes-deleted": (
        "service/fieldwork/test_retention.py::test_notes_are_deleted_in_time_and_their_bytes_are_gone",
    ),
    "notes-not-shown": (
        "service/fieldwork/test_retention.py::test_notes_are_shown_to_nobody_but_those_who_gather",
    ),
    "no-identity-kept": (
        "service/survey/test_what_staff_are_promised.py"
        "::test_answers_stand_beside_no_name_no_address_no_device_and_no_time",
        "service/survey/test_canary.py::test_nothing_that_could_name_a_visitor_is_kept_anywhere",
    ),
    "no-list-of-who-answered": (
        "service/survey/test_what_staff_are_promised.py"
        "::test_an_answer_changes_nothing_in_the_list_of_addresses",
        "service/survey/test_invitations.py::test_an_address_and_a_ballot_have_no_column_in_common",
    ),
    "no-log-of-answering": (
        "service/survey/test_canary.py::test_nothing_that_could_name_a_visitor_is_kept_anywhere",
        "service/running/test_logs.py::test_an_error_on_a_silent_route_leaves_its_place_and_the_day_only",
    ),
    "no-way-back": (
        "service/survey/test_linkage.py"
        "::test_no_order_of_the_stored_answers_is_that_in_which_people_answered",
        "service/survey/test_linkage.py::test_the_stored_answers_have_nothing_to_join_on",
        "service/survey/test_linkage.py"
        "::test_two_copies_from_around_one_submission_say_nothing_after_the_close",
    ),
    "nobody-reads-before-close": (
        "service/survey/test_linkage.py::test_before_the_close_no_box_opens_without_the_key",
        "service/survey/test_closing.py::test_nothing_is_opened_before_the_hour_after_the_last_day",
        "service/survey/test_profile.py::test_before_the_close_there_is_nothing_to_gather",
    ),
    "old-backups-said": (
        "service/survey/test_conduct.py"
        "::test_the_close_is_complete_when_both_custodians_have_destroyed_their_copies",
    ),
    "one-more-hour": (
        "service/survey/test_respondent.py::test_whoever_has_begun_may_send_in_the_hour_after_the_end",
        "service/survey/test_respondent.py::test_after_that_hour_nothing_is_taken",
        "service/survey/test_respondent.py::test_outside_its_days_a_survey_cannot_be_started",
    ),
    "opening-spends-nothing": (
        "service/test_boundary.py::test_looking_at_a_page_cannot_change_anything",
        "service/survey/test_mail_scanner.py::test_a_personal_link_is_not_spent",
    ),
    "order-shuffled": (
        "service/survey/test_linkage.py"
        "::test_no_order_of_the_stored_answers_is_that_in_which_people_answered",
    ),
    "quotes-name-no-one": (
        "diagnostics/test_evidence_list.py::test_meeting_is_named_only_where_enough_attend",
    ),
    "raw-data-deleted": (
        "service/survey/test_closing.py"
        "::test_the_stored_answers_are_deleted_on_the_promised_day_and_not_before",
    ),
    "reminders-to-all": (
        "service/survey/test_invitations.py::test_a_reminder_goes_to_the_whole_list_once_and_holds_no_link",
    ),
    "results-attacked-first": ("app/test_analyse_refuses.py::test_what_fails_is_not_written",),
    "rough-count-only": (
        "service/survey/test_conduct.py::test_before_the_close_a_count_comes_once_a_day_and_in_steps",
        "service/survey/test_what_staff_are_promised.py"
        "::test_before_the_close_no_page_changes_with_the_group_of_those_who_answer",
        "service/survey/test_what_staff_are_promised.py"
        "::test_before_the_close_no_page_tells_when_enough_have_answered",
    ),
    "sealed-copies-deleted": (
        "service/survey/test_closing.py"
        "::test_after_the_close_nothing_is_left_that_ties_a_person_to_an_answer",
        "service/survey/test_linkage.py::test_the_files_hold_nothing_of_what_was_deleted",
        "service/survey/test_linkage.py::test_postgresql_writes_its_tables_anew",
    ),
    "sent-means-stored": (
        "service/test_boundary.py::test_a_commit_that_fails_never_shows_success",
        "service/survey/test_storage_fails.py::test_what_could_not_be_stored_is_not_thanked_for",
        "service/survey/test_many_at_once.py::test_every_submission_waits_for_the_disk",
    ),
    "small-groups-coarsened": (
        "diagnostics/test_coarsening.py"
        "::test_whoever_knows_all_roles_and_areas_finds_nobody_among_fewer_than_the_threshold",
        "service/survey/test_closing.py"
        "::test_role_groups_that_are_joined_lose_the_answers_that_would_tell_them_apart",
        "service/survey/test_linkage.py"
        "::test_whoever_knows_all_roles_and_areas_finds_the_only_leader_among_ten_or_more",
    ),
    "small-groups-hidden": (
        "diagnostics/test_suppression.py::test_people_in_the_frame_one_below_at_and_one_above_the_threshold",
    ),
    "threshold-never-lowered": (
        "service/papers/test_promises.py::test_the_database_refuses_fewer_than_ten",
        "service/survey/test_conduct.py::test_what_was_frozen_stays_when_the_diagnostic_changes",
    ),
    "two-custodians": (
        "service/survey/test_conduct.py"
        "::test_a_custodian_fetches_a_copy_whose_passphrase_is_shown_once_and_that_brings_the_key_back",
    ),
}


def test_every_promise_is_proven() -> None:
    assert PROVEN.keys() == PROMISES.keys()


@pytest.mark.parametrize("promise", PROVEN)
def test_the_tests_that_a_promise_names_exist(promise: str, project_root: Path) -> None:
    for named in PROVEN[promise]:
        path, test = named.split("::")
        assert f"def {test}(" in (project_root / "tests" / path).read_text(encoding="utf-8"), named


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
