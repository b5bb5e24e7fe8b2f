"""survey.csv and frame.csv: answers, columns, groups and comments."""

from pathlib import Path

import numpy as np
import pytest

from app.interchange.evidence_folder import read_folder
from app.interchange.survey_file import shuffled
from diagnostics.evidence import Answers
from tests.app.small_folder import (
    FRAME,
    SURVEY_HEADER,
    csv_text,
    files,
    folder_faults,
    only_fault,
    places,
    survey_rows,
    with_cell,
    write_folder,
)

BLANK = [""] * len(SURVEY_HEADER)


def survey(*people: dict[str, str], header: tuple[str, ...] = SURVEY_HEADER) -> str:
    """Give a survey in which each person answered only what is named."""
    return csv_text(header, [[person.get(column, "") for column in header] for person in people])


def answers_of(path: Path, text: str) -> Answers:
    answers = read_folder(write_folder(path, {"survey.csv": text})).evidence.answers
    assert answers is not None
    return answers


def column(answers: Answers, code: str) -> list[float]:
    return [float(value) for value in answers.values[:, answers.codes.index(code)]]


@pytest.mark.parametrize(
    ("code", "cell", "value"),
    [
        ("HEAR1", "4", 4), ("HEAR1", "4.0", 4), ("HEAR1", " 2 ", 2), ("HEAR1", "Always", 4),
        ("HEAR1", "ALWAYS", 4),
        ("HEAR2", "-3", -3), ("HEAR2", "−3", -3), ("HEAR2", "0", 0), ("HEAR2", "-0", 0),
        ("HEAR2", "strongly  disagree", -3), ("HEAR3", "yes", 1), ("HEAR3", "No", 0), ("OUT1", "3.00", 3),
    ],
)  # fmt: skip
def test_a_value_or_its_label_is_an_answer(tmp_path: Path, code: str, cell: str, value: float) -> None:
    answers = answers_of(tmp_path, survey({code: cell}))
    assert column(answers, code) == [value]
    assert not np.signbit(answers.values[answers.values == 0]).any()
    assert not answers.dont_know.any()


@pytest.mark.parametrize("cell", ["DK", "dk", "Don’t know", "don't know", "cannot say"])
def test_dont_know_is_missing_and_kept_apart(tmp_path: Path, cell: str) -> None:
    answers = answers_of(tmp_path, survey({"HEAR1": cell}))
    assert np.isnan(answers.values).all()
    assert answers.dont_know.sum() == 1
    assert answers.n == 1


@pytest.mark.parametrize(
    "cell", ["5", "0", "1.5", "2,0", "often!", "1e0", "٣", "nan", "inf", "--1", "4.0.0", "NA"]
)
def test_anything_else_is_a_fault_that_names_what_is_allowed(tmp_path: Path, cell: str) -> None:
    path = write_folder(tmp_path, {"survey.csv": survey({"HEAR1": cell}, {"HEAR1": "1"})})
    message = only_fault(path, "survey.csv", 2, "HEAR1")
    assert message.endswith("is not an answer to HEAR1. Write 1, 2, 3 or 4, DK for “Cannot say”, or nothing.")


@pytest.mark.parametrize("cell", ["", "prefer_not_to_say", "Prefer not to say", "I would rather not say"])
def test_a_group_that_was_not_said_is_none(tmp_path: Path, cell: str) -> None:
    answers = answers_of(tmp_path, survey({"role_group": cell, "service_area": cell, "HEAR1": "1"}))
    assert (answers.role_group, answers.service_area) == ((None,), (None,))


def test_a_group_is_known_by_id_or_name_and_an_area_as_the_frame_spells_it(tmp_path: Path) -> None:
    people = [
        {"role_group": "Trades staff", "service_area": "north", "HEAR1": "1"},
        {"role_group": " TRADES ", "service_area": " NORTH", "HEAR1": "1"},
    ]
    answers = answers_of(tmp_path, survey(*people))
    assert answers.role_group == ("trades", "trades")
    assert answers.service_area == ("North", "North")


def test_unknown_groups_and_areas_are_faults(tmp_path: Path) -> None:
    text = survey({"role_group": "trade", "service_area": "Noth", "HEAR1": "1"})
    faults = folder_faults(write_folder(tmp_path, {"survey.csv": text}))
    assert places(faults) == [("survey.csv", 2, "role_group"), ("survey.csv", 2, "service_area")]
    assert "Did you mean “trades”?" in faults[0].message
    assert "Did you mean “North”?" in faults[1].message


def test_a_role_group_that_the_frame_does_not_have_is_a_fault(tmp_path: Path) -> None:
    frame = "".join(line + "\n" for line in FRAME.splitlines() if not line.startswith("planners"))
    path = write_folder(
        tmp_path, {"frame.csv": frame, "survey.csv": survey({"role_group": "planners", "HEAR1": "1"})}
    )
    assert "frame.csv has nobody in “planners”" in only_fault(path, "survey.csv", 2, "role_group")


def test_missing_and_unknown_columns_are_faults(tmp_path: Path) -> None:
    header = tuple("HEAR9" if name == "HEAR1" else name for name in SURVEY_HEADER if name != "service_area")
    faults = folder_faults(write_folder(tmp_path, {"survey.csv": survey({"HEAR2": "1"}, header=header)}))
    assert set(places(faults)) == {
        ("survey.csv", 1, "HEAR9"),
        ("survey.csv", 1, "HEAR1"),
        ("survey.csv", 1, "service_area"),
    }
    assert "Did you mean “HEAR" in faults[0].message


def test_outcome_needs_and_comment_columns_may_be_absent(tmp_path: Path) -> None:
    header = SURVEY_HEADER[:-4]
    folder = read_folder(write_folder(tmp_path, {"survey.csv": survey({"HEAR1": "1"}, header=header)}))
    assert places(folder.warnings) == [("survey.csv", None, "OUT1")]
    assert folder.evidence.answers is not None
    assert np.isnan(column(folder.evidence.answers, "OUT1")).all()
    assert folder.evidence.answers.needs == (None,)
    assert folder.evidence.answers.comments == {"SAY1": (), "SAY2": ()}


def test_needs_are_one_column_or_one_for_each_choice(tmp_path: Path) -> None:
    ticks = ("NEED_replies", "NEED_figures", "NEED_visits")
    header = (*SURVEY_HEADER[:-3], *ticks)
    one = survey(
        {"HEAR1": "1", "NEED": "replies|Visits to other services"}, {"HEAR1": "1"}, {"NEED": "figures"}
    )
    several = survey(
        {"HEAR1": "1", "NEED_replies": "1", "NEED_visits": "1.0", "NEED_figures": "0"},
        {"HEAR1": "1", "NEED_replies": "0"},
        {"NEED_figures": "yes"},
        header=header,
    )
    expected = (frozenset({"replies", "visits"}), None, frozenset({"figures"}))
    assert answers_of(tmp_path / "one", one).needs == expected
    assert answers_of(tmp_path / "several", several).needs == expected


def test_wrong_needs_are_faults(tmp_path: Path) -> None:
    path = write_folder(tmp_path / "one", {"survey.csv": survey({"NEED": "replies|figure"})})
    assert "Did you mean “figures”?" in only_fault(path, "survey.csv", 2, "NEED")
    header = (*SURVEY_HEADER[:-3], "NEED_replies", "NEED_figures", "NEED_visits")
    path = write_folder(tmp_path / "tick", {"survey.csv": survey({"NEED_visits": "2"}, header=header)})
    assert "neither 1 (ticked) nor 0" in only_fault(path, "survey.csv", 2, "NEED_visits")
    path = write_folder(tmp_path / "few", {"survey.csv": survey({"HEAR1": "1"}, header=header[:-1])})
    assert "Give every choice of NEED its column" in only_fault(path, "survey.csv", 1, "NEED_visits")
    path = write_folder(tmp_path / "both", {"survey.csv": survey({"HEAR1": "1"}, header=(*header, "NEED"))})
    assert "Keep one column, or one for each choice" in only_fault(path, "survey.csv", 1, "NEED")


def test_rows_without_an_answer_are_left_out_with_a_warning(tmp_path: Path) -> None:
    people = [
        {"HEAR1": "1"},
        {"role_group": "trades", "service_area": "North"},
        {"SAY1": "Hello"},
        {},
        {"OUT1": "DK"},
    ]
    folder = read_folder(write_folder(tmp_path, {"survey.csv": survey(*people)}))
    assert folder.evidence.answers is not None
    assert folder.evidence.answers.n == 3
    assert folder.warnings[0].message == (
        "Nothing is answered in rows 3 and 5. They are left out and not counted as answers."
    )


def test_a_survey_that_nobody_answered_is_as_none(tmp_path: Path) -> None:
    folder = read_folder(write_folder(tmp_path / "rated", {"survey.csv": survey()}))
    assert folder.evidence.answers is None
    assert "No row holds an answer" in folder.warnings[0].message
    alone = {"survey.csv": survey(), "records.csv": None, "ratings.csv": None, "quotes.csv": None}
    only_fault(write_folder(tmp_path / "alone", alone), "survey.csv", None, None)


def test_answers_to_an_item_that_is_not_shown_are_counted_and_left_out(tmp_path: Path) -> None:
    people = [
        {"role_group": "trades", "HEAR1": "1", "CHOOSE1": "3"},
        {"role_group": "trades", "HEAR1": "1", "CHOOSE1": "DK"},
        {"role_group": "planners", "HEAR1": "1", "CHOOSE1": "3"},
        {"role_group": "", "HEAR1": "1", "CHOOSE1": "2"},
    ]
    folder = read_folder(write_folder(tmp_path, {"survey.csv": survey(*people)}))
    assert places(folder.warnings) == [("survey.csv", None, "CHOOSE1")]
    assert folder.warnings[0].message.startswith(
        "2 answers left out: the framework does not show this question"
    )
    answers = folder.evidence.answers
    assert answers is not None
    np.testing.assert_array_equal(column(answers, "CHOOSE1"), [np.nan, np.nan, 3, np.nan])
    assert not answers.dont_know.any()


def test_more_answers_than_people_is_a_warning_and_never_a_fault(tmp_path: Path) -> None:
    frame = "role_group,service_area,headcount\nsupervisors,North,1\ntrades,North,9\n"
    people = [{"role_group": "supervisors", "service_area": "North", "HEAR1": "1"}] * 11
    folder = read_folder(write_folder(tmp_path, {
        "frame.csv": frame, "survey.csv": survey(*people),
        "records.csv": None, "ratings.csv": None, "quotes.csv": None,
    }))  # fmt: skip
    assert [warning.column for warning in folder.warnings] == [None, "role_group", "service_area"]
    assert "11 people answered, but the frame counts 10." in folder.warnings[0].message
    assert "11 people of “supervisors” answered, but the frame counts 1." in folder.warnings[1].message


def test_comments_lose_their_order_and_are_the_same_each_time(tmp_path: Path) -> None:
    texts = [f"Comment number {i}" for i in range(40)]
    people = [{"SAY1": text, "SAY2": text} for text in texts]
    first = answers_of(tmp_path / "first", survey(*people)).comments
    turned = answers_of(tmp_path / "turned", survey(*people[::-1])).comments
    assert first == turned
    assert sorted(first["SAY1"]) == sorted(texts)
    assert list(first["SAY1"]) not in (texts, sorted(texts))
    assert first["SAY1"] != first["SAY2"]


def test_shuffling_forgets_the_order_of_people() -> None:
    assert shuffled("Q", ["b", "a", "", "c"]) == shuffled("Q", ["c", "", "b", "a"])
    assert shuffled("Q", []) == ()


def test_control_characters_do_not_reach_a_comment(tmp_path: Path) -> None:
    comments = answers_of(tmp_path, survey({"SAY1": "one\x1b[31m\x07\ttwo"})).comments
    assert comments["SAY1"] == ("one[31m\ttwo",)


@pytest.mark.parametrize(
    ("row", "name", "cell", "words"),
    [
        (2, "role_group", "boss", "not a role group of the framework"),
        (2, "role_group", "", "The role group is empty"),
        (3, "service_area", "", "The service area is empty"),
        (3, "service_area", "Prefer not to say", "where they work"),
        (3, "service_area", " north", "stands in row 2 already"),
        (4, "headcount", "-1", "not a headcount"),
        (4, "headcount", "3.5", "not a headcount"),
        (4, "headcount", "1 200", "not a headcount"),
        (4, "headcount", '"1,20"', "such as 12"),
        (4, "headcount", "", "The headcount is empty"),
    ],
)
def test_faults_of_the_frame(tmp_path: Path, row: int, name: str, cell: str, words: str) -> None:
    path = write_folder(tmp_path, {"frame.csv": with_cell(FRAME, row, name, cell)})
    assert words in only_fault(path, "frame.csv", row, name)


def test_an_empty_or_missing_frame_is_a_fault(tmp_path: Path) -> None:
    header = FRAME.split("\n", maxsplit=1)[0]
    assert "The frame is empty" in only_fault(
        write_folder(tmp_path / "a", {"frame.csv": header}), "frame.csv", 1, None
    )
    assert "is missing" in only_fault(
        write_folder(tmp_path / "b", {"frame.csv": None}), "frame.csv", None, None
    )
    nobody = "\n".join(line.rsplit(",", 1)[0] + ",0" for line in FRAME.splitlines()[1:])
    path = write_folder(tmp_path / "c", {"frame.csv": f"{header}\n{nobody}\n"})
    assert "counts nobody" in only_fault(path, "frame.csv", None, "headcount")


def test_a_headcount_may_have_commas_at_its_thousands(tmp_path: Path) -> None:
    path = write_folder(tmp_path, {"frame.csv": with_cell(files()["frame.csv"], 3, "headcount", '"1,200"')})
    assert read_folder(path).frame.cells[1].headcount == 1200


def test_a_cell_of_the_frame_may_be_empty_of_people(tmp_path: Path) -> None:
    path = write_folder(tmp_path, {"frame.csv": with_cell(files()["frame.csv"], 3, "headcount", "0.0")})
    assert read_folder(path).frame.cells[1].headcount == 0


def test_people_keep_no_key(tmp_path: Path) -> None:
    answers = answers_of(tmp_path, csv_text(SURVEY_HEADER, survey_rows()))
    assert {name for name in Answers.__slots__} == {
        "codes", "values", "dont_know", "role_group", "service_area", "needs", "comments",
        "replacement_links", "open_link", "areas_coarsened",
    }  # fmt: skip
    assert answers.n == 60
