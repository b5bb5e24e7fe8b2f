"""records.csv, ratings.csv, quotes.csv and reviews.csv: every fault at its row and column."""

from pathlib import Path

import pytest

from app.interchange.evidence_folder import read_folder
from tests.app.small_folder import (
    QUOTES,
    RATINGS,
    RECORDS,
    REVIEWS,
    folder_faults,
    only_fault,
    places,
    with_cell,
    write_folder,
)


@pytest.mark.parametrize(
    ("row", "column", "cell", "words"),
    [
        (3, "source", "interviews", "Did you mean “interview”?"),
        (3, "source", "", "The cell is empty. Write one of: interview, observation or document."),
        (2, "kind", "van_visit", "not a kind of interview in the framework. Write talk."),
        (4, "kind", "van_visits", "Did you mean “van_visit”?"),
        (6, "kind", "talk", "not a type of document"),
        (2, "role_group", "supervisor", "Did you mean “supervisors”?"),
        (2, "service_area", "East", "is not a service area of frame.csv"),
        (2, "level", "high", "Write one of: strategic, operational or both. Or leave the cell empty."),
        (2, "month", "", "The month is empty"),
        (2, "month", "10/2026", "such as 2026-11"),
        (2, "month", "2026-13", "is not a month"),
        (2, "month", "2026-12", "is after 2026-11-15"),
        (2, "people", "0", "Write a whole number from 1, or nothing."),
        (2, "people", "two", "is not a number of people"),
    ],
)
def test_faults_of_records(tmp_path: Path, row: int, column: str, cell: str, words: str) -> None:
    changed = with_cell(RECORDS, row, column, cell)
    assert words in only_fault(write_folder(tmp_path, {"records.csv": changed}), "records.csv", row, column)


def test_two_records_with_one_id_are_a_fault(tmp_path: Path) -> None:
    changed = RECORDS + "I01,interview,talk,planners,North,both,2026-10,1\n"
    message = only_fault(write_folder(tmp_path, {"records.csv": changed}), "records.csv", 9, "record_id")
    assert message == "“I01” is the id of row 2 already. Give each record an id of its own."


def test_a_record_without_an_id_is_a_fault(tmp_path: Path) -> None:
    changed = RECORDS + ",interview,talk,planners,North,both,2026-10,1\n"
    message = only_fault(write_folder(tmp_path, {"records.csv": changed}), "records.csv", 9, "record_id")
    assert message.startswith("The record has no id.")


def test_names_stand_for_ids_and_the_month_of_as_of_is_allowed(tmp_path: Path) -> None:
    changed = RECORDS.replace("van_visit,trades", "A day in the van,Trades staff").replace(
        "data_review", "Data review"
    )
    records = read_folder(write_folder(tmp_path, {"records.csv": changed})).evidence.records
    assert (records[2].kind, records[2].role_group) == ("van_visit", "trades")
    assert records[6].kind == "data_review"


def test_a_faulty_record_does_not_make_its_ratings_faulty(tmp_path: Path) -> None:
    changed = RECORDS.replace("I01,interview,talk,supervisors", "I01,interview,supervisors")
    only_fault(write_folder(tmp_path, {"records.csv": changed}), "records.csv", 2, None)


def test_a_record_without_a_rating_is_a_warning(tmp_path: Path) -> None:
    changed = RECORDS + "D04,document,job_sheet,,,both,2026-09,\n"
    warnings = read_folder(write_folder(tmp_path, {"records.csv": changed})).warnings
    assert places(warnings) == [("records.csv", 9, "record_id")]
    assert "“D04” has no rating" in warnings[0].message


@pytest.mark.parametrize(
    ("row", "column", "cell", "words"),
    [
        (5, "record_id", "I09", "There is no record “I09” in records.csv. Did you mean “I0"),
        (5, "record_id", "", "The record’s id is empty"),
        (5, "characteristic", "read_figures", "Did you mean “reads_figures”?"),
        (5, "characteristic", "", "The characteristic is empty. Write one of: asks_after_job,"),
        (5, "rater", "", "The rater is empty"),
        (5, "stage", "5", "“5” is not a stage. Write 1, 2, 3, 4 or not_seen."),
        (5, "stage", "0", "is not a stage"),
        (5, "stage", "2.5", "is not a stage"),
        (5, "stage", "", "The stage is empty"),
        (5, "reason", "", "Stage 3 has no reason"),
        (3, "rater", "ab", "“AB” rated asks_after_job in I01 in row 2 already."),
        (
            5,
            "rater",
            "Reconciled",
            "needs at least two raters’ own ratings of reads_figures in I01; there are none.",
        ),
    ],
)
def test_faults_of_ratings(tmp_path: Path, row: int, column: str, cell: str, words: str) -> None:
    ratings = RATINGS
    if (row, cell) == (3, "ab"):
        # Without the second rater there is nothing to reconcile either.
        ratings = ratings.replace("I01,asks_after_job,reconciled,3,Agreed after a second reading.\n", "")
    changed = with_cell(ratings, row, column, cell)
    assert words in only_fault(write_folder(tmp_path, {"ratings.csv": changed}), "ratings.csv", row, column)


def test_one_rater_is_not_enough_to_reconcile(tmp_path: Path) -> None:
    changed = RATINGS + "I02,gives_time,reconciled,2,Agreed.\n"
    message = only_fault(write_folder(tmp_path, {"ratings.csv": changed}), "ratings.csv", 16, "rater")
    assert "there is 1. Add them" in message


@pytest.mark.parametrize(("cell", "stage"), [("4.0", 4), ("Not seen", None), ("NOT_SEEN", None), ("1", 1)])
def test_a_stage_may_be_written_in_these_ways(tmp_path: Path, cell: str, stage: int | None) -> None:
    path = write_folder(tmp_path, {"ratings.csv": with_cell(RATINGS, 5, "stage", cell)})
    assert read_folder(path).evidence.ratings[3].stage == stage


def test_ratings_or_quotes_without_records_are_one_fault_each(tmp_path: Path) -> None:
    faults = folder_faults(write_folder(tmp_path, {"records.csv": None}))
    assert places(faults) == [("ratings.csv", None, "record_id"), ("quotes.csv", None, "record_id")]
    assert "no records.csv" in faults[0].message


def test_records_that_cannot_be_read_are_one_fault(tmp_path: Path) -> None:
    only_fault(write_folder(tmp_path, {"records.csv": RECORDS.encode("utf-16")}), "records.csv", 1, None)


@pytest.mark.parametrize(
    ("row", "column", "cell", "words"),
    [
        (3, "record_id", "X1", "There is no record “X1”"),
        (3, "characteristic", "give_time", "Did you mean “gives_time”?"),
        (3, "text", " ", "The quote is empty"),
        (3, "released", "", "The cell is empty. Write yes where"),
        (3, "released", "maybe", "“maybe” is neither"),
    ],
)
def test_faults_of_quotes(tmp_path: Path, row: int, column: str, cell: str, words: str) -> None:
    changed = with_cell(QUOTES, row, column, cell)
    assert words in only_fault(write_folder(tmp_path, {"quotes.csv": changed}), "quotes.csv", row, column)


@pytest.mark.parametrize(
    ("cell", "released"), [("TRUE", True), ("1", True), ("No", False), ("0", False), ("false", False)]
)
def test_a_release_may_be_written_in_these_ways(tmp_path: Path, cell: str, released: bool) -> None:
    path = write_folder(tmp_path, {"quotes.csv": with_cell(QUOTES, 3, "released", cell)})
    assert read_folder(path).evidence.quotes[1].released is released


@pytest.mark.parametrize(
    ("row", "column", "cell", "words"),
    [
        (2, "heading", "hearings", "Did you mean “hearing”?"),
        (2, "heading", "", "The cell is empty. Write one of: hearing, choosing or backing."),
        (2, "subject", "survey-survey", "is not two sources or a pattern"),
        (3, "subject", "said_not_done", "Did you mean “said_not_seen”?"),
        (2, "decision", "yes", "Write confirmed or overruled."),
        (2, "decision", "", "The decision is empty"),
        (2, "reason", "", "The decision has no reason"),
    ],
)
def test_faults_of_reviews(tmp_path: Path, row: int, column: str, cell: str, words: str) -> None:
    changed = with_cell(REVIEWS, row, column, cell)
    assert words in only_fault(write_folder(tmp_path, {"reviews.csv": changed}), "reviews.csv", row, column)


def test_one_thing_decided_twice_is_a_fault(tmp_path: Path) -> None:
    changed = REVIEWS + "hearing,survey-document,overruled,No.\n"
    message = only_fault(write_folder(tmp_path, {"reviews.csv": changed}), "reviews.csv", 4, "subject")
    assert "“survey-document” under “hearing” was decided in row 2 already." in message
