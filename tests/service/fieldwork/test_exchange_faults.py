"""Mistakes in files of fieldwork, each with its place; and what no file may do."""

import io
import zipfile
from collections.abc import Callable, Sequence
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.database.session import Database
from app.fieldwork.models import RATED, RATING, FieldworkRecord, Rater, RecordRater, RecordRating
from tests.service.browser import Browser
from tests.service.fieldwork import made_files as made
from tests.service.fieldwork.test_exchange import NOTE, QUOTE, RECORD, dana, workbook
from tests.service.fieldwork.test_exchange import RATING as RATED_ROW
from tests.service.fieldwork.wexbourne import taken_in, upload
from tests.service.people import People

__all__ = ["dana"]


def changed(row: Sequence[object], place: int, value: object) -> tuple[object, ...]:
    return (*row[:place], value, *row[place + 1 :])


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (workbook([changed(RECORD, 1, "séance")]), ["records", "2", "source"], "is not a source"),
        (workbook([changed(RECORD, 2, "panel")]), ["records", "2", "kind"], "is not a kind of interview"),
        (workbook([changed(RECORD, 3, "chiefs")]), ["records", "2", "role_group"], "is not a role group"),
        (
            workbook([changed(RECORD, 4, "Early hlp")]),
            ["records", "2", "service_area"],
            "Did you mean “Early help”?",
        ),
        (workbook([changed(RECORD, 6, "May")]), ["records", "2", "month"], "Write year-month"),
        (workbook([changed(RECORD, 7, 0)]), ["records", "2", "people"], "is not a number of people"),
        (workbook([RECORD, RECORD]), ["records", "3", "record_id"], "is the id of row 2 already"),
        (workbook([changed(RECORD, 0, "I" * 41)]), ["records", "2", "record_id"], "longer than 40"),
        (
            workbook(ratings=[changed(RATED_ROW, 0, "I02")]),
            ["ratings", "2", "record_id"],
            "There is no record",
        ),
        (
            workbook(ratings=[changed(RATED_ROW, 1, "cap_fnd")]),
            ["ratings", "2", "characteristic"],
            "cap_find",
        ),
        (workbook(ratings=[changed(RATED_ROW, 3, 5)]), ["ratings", "2", "stage"], "is not a stage"),
        (workbook(ratings=[changed(RATED_ROW, 4, "")]), ["ratings", "2", "reason"], "has no reason"),
        (workbook(ratings=[changed(RATED_ROW, 2, "A" * 41)]), ["ratings", "2", "rater"], "longer than 40"),
        (workbook(ratings=[changed(RATED_ROW, 2, "reconciled")]), ["ratings", "2", "rater"], "at least two"),
        (workbook(quotes=[changed(QUOTE, 3, "maybe")]), ["quotes", "2", "released"], "is neither"),
        (workbook(quotes=[changed(QUOTE, 2, "")]), ["quotes", "2", "text"], "The quote is empty"),
        (workbook(notes=[changed(NOTE, 0, "I09")]), ["notes", "2", "record_id"], "There is no record “I09”"),
        (workbook([], [RATED_ROW]), ["records", "–", "–"], "There are no records"),
    ],
)
def test_a_mistake_is_said_with_sheet_row_and_column(
    dana: Browser, database: Database, here: UUID, content: bytes, place: list[str], message: str
) -> None:
    page = upload(dana, here, "a.xlsx", content)
    assert "has one mistake" in page.errors[0]
    assert page.title.startswith("Error: ")
    [_, row] = page.rows()
    assert row[:3] == place
    assert message in row[3]
    with database.transaction(writes=False) as session:
        assert session.scalar(select(func.count()).select_from(FieldworkRecord)) == 0


def zipped(**files: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv"), content)
    return memory.getvalue()


RECORDS_CSV = (
    b"record_id,source,kind,role_group,service_area,level,month,people\nI01,interview,interview,,,,2026-09,\n"
)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.xlsx", lambda: b"", "The file is empty"),
        ("a.pdf", lambda: made.PDF, "must be an Excel workbook (.xlsx) or a zip file"),
        ("a.xlsx", lambda: made.EXE, "is not an Excel workbook"),
        ("a.xlsx", lambda: made.ENCRYPTED, "protected by a password"),
        ("a.xlsx", made.word, "is not an Excel workbook"),
        ("a.zip", lambda: made.EXE, "is damaged"),
        ("a.zip", lambda: zipped(survey_csv=b"x"), "neither records.csv nor ratings.csv"),
        (
            "a.zip",
            lambda: zipped(a__records_csv=RECORDS_CSV, b__records_csv=RECORDS_CSV),
            "records.csv twice",
        ),
        ("a.zip", lambda: zipped(records_csv=bytes(21 * 1024 * 1024)), "more than 20 MB once unpacked"),
        ("a.zip", lambda: zipped(**{f"f{n}": b"" for n in range(501)}), "more than 500 files"),
        ("a.xlsx", lambda: bytes(5 * 1024 * 1024 + 1), "must be smaller than 5 MB"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_in_words(
    dana: Browser, database: Database, here: UUID, name: str, content: Callable[[], bytes], error: str
) -> None:
    page = upload(dana, here, name, content())
    said = " ".join([*page.errors, *(row[-1] for row in page.rows())])
    assert error in said
    assert page.errors


def test_a_zip_file_writes_nowhere_and_takes_no_answers_of_the_survey(
    dana: Browser, database: Database, here: UUID
) -> None:
    content = zipped(records_csv=RECORDS_CSV, survey_csv=b"role_group\n", **{"______evil_csv": b"x"})
    page = upload(dana, here, "folder.zip", content)
    assert "survey.csv: The file was not read. Answers of a survey never come in here." in page.text
    assert "1 new record: I01" in page.text


def test_a_record_cannot_become_another_source(dana: Browser, here: UUID) -> None:
    taken_in(dana, here, "a.xlsx", workbook())
    other = changed(changed(RECORD, 1, "observation"), 2, "team_meeting")
    page = upload(dana, here, "b.xlsx", workbook([other]))
    assert page.rows()[1][:3] == ["records", "2", "source"]
    assert "I01 is an interview here" in page.rows()[1][3]


class Raters:
    """Two people who rate record I01 here, one of them done."""

    def __init__(self, database: Database, here: UUID, people: People) -> None:
        self.database = database
        with database.transaction() as session:
            record = session.scalars(select(FieldworkRecord)).one()
            self.record_id = record.id
            for account, label, state in ((people.petra, "PP", RATED), (people.dana, "DD", RATING)):
                rater = Rater(diagnostic_id=here, account_id=account, label=label)
                session.add(rater)
                session.flush()
                session.add(RecordRater(record_id=record.id, rater_id=rater.id, state=state))
                session.add(
                    RecordRating(
                        record_id=record.id,
                        characteristic="cap_find",
                        rater_id=rater.id,
                        stage=2,
                        reason=f"Seen by {label}.",
                    )
                )

    def set_state(self, label: str, state: str) -> None:
        with self.database.transaction() as session:
            rater = session.scalars(select(Rater).where(Rater.label == label)).one()
            session.get_one(RecordRater, (self.record_id, rater.id)).state = state

    def stages(self) -> dict[str, int | None]:
        with self.database.transaction(writes=False) as session:
            rows = session.execute(
                select(Rater.label, RecordRating.stage).join(Rater, Rater.id == RecordRating.rater_id)
            )
            return {label: stage for label, stage in rows}


@pytest.fixture
def raters(dana: Browser, database: Database, people: People, here: UUID) -> Raters:
    taken_in(dana, here, "a.xlsx", workbook())
    return Raters(database, here, people)


def rated(label: str, stage: int = 2, reason: str = "") -> bytes:
    return workbook(ratings=[("I01", "cap_find", label, stage, reason or f"Seen by {label}.")])


@pytest.mark.parametrize("stage", [2, 4])
def test_whoever_rates_blind_learns_nothing_of_the_other_by_guessing(
    dana: Browser, raters: Raters, here: UUID, stage: int
) -> None:
    page = upload(dana, here, "b.xlsx", rated("PP", stage))
    assert page.rows()[1][:3] == ["ratings", "2", "rater"]
    assert "You are rating I01 yourself" in page.rows()[1][3]


def test_no_file_overwrites_the_rating_of_somebody_elses_account(
    dana: Browser, raters: Raters, here: UUID
) -> None:
    raters.set_state("DD", RATED)
    page = upload(dana, here, "b.xlsx", rated("PP", 4))
    assert page.rows()[1][:3] == ["ratings", "2", "rater"]
    assert "“PP” is a person who rates here" in page.rows()[1][3]
    assert upload(dana, here, "b.xlsx", rated("pp", 3)).errors
    assert raters.stages() == {"PP": 2, "DD": 2}
    # What is the same, and may be seen, is no change.
    assert "nothing would change" in upload(dana, here, "b.xlsx", rated("PP")).text


def test_ones_own_ratings_come_in_under_ones_own_label_and_count_as_done(
    dana: Browser, raters: Raters, here: UUID
) -> None:
    page = upload(dana, here, "b.xlsx", rated("dd", 4, "Seen again."))
    assert "With I01 you then count as done" in page.text
    dana.submit(page)
    assert raters.stages() == {"PP": 2, "DD": 4}
    # The other has been done before, so both are compared now, and stay as they are.
    page = upload(dana, here, "b.xlsx", rated("DD", 1, "Seen otherwise."))
    assert "You were done with I01" in page.rows()[1][3]


def test_whoever_has_looked_cannot_bring_in_ratings_of_their_own(
    dana: Browser, raters: Raters, here: UUID
) -> None:
    raters.set_state("DD", "looked")
    page = upload(dana, here, "b.xlsx", rated("DD", 4))
    assert "You have looked at what others rated in I01" in page.rows()[1][3]


@pytest.mark.parametrize(("state", "labels"), [(RATING, []), (RATED, ["DD", "PP"])])
def test_what_comes_out_holds_no_rating_that_one_may_not_see(
    dana: Browser, raters: Raters, here: UUID, state: str, labels: list[str]
) -> None:
    raters.set_state("DD", state)
    answer = dana.client.get(f"/diagnostics/{here}/fieldwork/exchange/fieldwork.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        rows = archive.read("ratings.csv").decode("utf-8-sig").splitlines()[1:]
    assert [row.split(",")[2] for row in rows] == labels
    page = dana.get(f"/diagnostics/{here}/fieldwork/exchange")
    assert ("leave out ratings that you may not see yet" in page.text) is (state == RATING)
