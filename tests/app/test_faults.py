"""The list of faults: its order, and how a long one is shortened."""

from app.interchange.faults import KEPT_PER_FILE, EvidenceFolderError, Fault, Report, printable


def faults(file: str, column: str, count: int) -> list[Fault]:
    return [Fault(file, row, column, "wrong") for row in range(2, count + 2)]


def test_faults_stand_in_the_order_of_files_and_rows() -> None:
    mixed = [*faults("a.csv", "x", 3), *faults("b.csv", "x", 1), *faults("a.csv", "y", 2)]
    error = EvidenceFolderError(mixed)
    assert [(f.file, f.row, f.column) for f in error.faults] == [
        ("a.csv", 2, "x"), ("a.csv", 2, "y"), ("a.csv", 3, "x"),
        ("a.csv", 3, "y"), ("a.csv", 4, "x"), ("b.csv", 2, "x"),
    ]  # fmt: skip


def test_two_hundred_faults_are_printed_in_full() -> None:
    full = tuple(faults("a.csv", "x", 200))
    assert printable(full) == full


def test_more_are_counted_by_file_and_column_but_all_are_held() -> None:
    error = EvidenceFolderError(
        [*faults("a.csv", "x", 400), *faults("a.csv", "y", 3), *faults("b.csv", "x", 1)]
    )
    assert len(error.faults) == 404
    lines = str(error).split("\n")
    assert len(lines) == 66 + 3 + 1 + 1
    assert lines[-2] == "a.csv, column x: and 334 more of the same kind."
    assert lines[-1] == "b.csv, row 2, column x: wrong"


def test_a_thousand_kinds_of_faults_are_shortened_too() -> None:
    many = tuple(Fault("a.csv", 1, f"column {i}", "wrong") for i in range(1000))
    shown = printable(many)
    assert len(shown) == 201
    assert shown[-1].message == "and 800 more in other columns."


def test_a_file_that_is_wrong_throughout_does_not_fill_the_memory() -> None:
    report = Report()
    for _ in range(KEPT_PER_FILE + 5):
        report.fault("a.csv", 2, "x", "wrong")
    everything = report.all_faults()
    assert len(everything) == KEPT_PER_FILE + 1
    assert everything[-1].message == "There are 5 more faults in this file."
