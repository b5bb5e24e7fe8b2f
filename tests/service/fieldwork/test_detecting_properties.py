"""What holds for any text: where sightings stand, what redaction leaves, how the work grows."""

import gc
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.fieldwork.safety.detecting import Kind, redacted, sightings_in, sightings_in_quote
from tests.service.fieldwork.labelled import all_notes

PIECES = sorted({word for note in all_notes() for word in note.text.split()})
FRAGMENTS = [
    note.text[label.start - 12 if label.start > 12 else 0 : label.end + 6]
    for note in all_notes()
    for label in note.labels
]
ANY_TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=8).map("".join),
    st.text(alphabet="0123456789 -./()+oOl\n@aABC'\u200b\u00ad\uff10dob", max_size=120),
)
WEIGHTS = range(10, 1, -1)


def check_digit(nine: str) -> int:
    """The digit that makes the weighted sum a multiple of 11, found by trying; 10 where none does."""
    total = sum(int(digit) * weight for digit, weight in zip(nine, WEIGHTS, strict=True))
    return next(last for last in range(11) if (total + last) % 11 == 0)


def kinds(text: str) -> set[Kind]:
    return {one.kind for one in sightings_in(text)}


@given(
    nine=st.text(alphabet="0123456789", min_size=8, max_size=8)
    .map("9".__add__)
    .filter(lambda nine: check_digit(nine) < 10),
    gaps=st.lists(
        st.sampled_from(["", "", " ", "-", "\u00a0", "\u2011", "\u200b", "\u00ad"]), min_size=9, max_size=9
    ),
)
def test_an_nhs_number_is_seen_however_it_is_parted(nine: str, gaps: list[str]) -> None:
    digits = f"{nine}{check_digit(nine)}"
    written = "".join(digit + gap for digit, gap in zip(digits, [*gaps, ""], strict=True))
    seen = sightings_in(f"Read out: {written}, by mistake")
    # A date with a full year, "03-03-2026 14", is believed to be one.
    plain = written.translate({0x2011: "-", 0x200B: None, 0xAD: None})
    dated = re.search(r"\d{1,2} ?- ?\d{1,2} ?- ?\d{4}|\d{4} ?- ?\d{1,2} ?- ?\d{1,2}", plain)
    if len(set(digits)) > 1 and not dated:
        assert [(one.kind, one.text) for one in seen] == [(Kind.NHS_NUMBER, written)]


@given(
    nine=st.text(alphabet="0123456789", min_size=8, max_size=8).map("9".__add__),
    wrong=st.integers(min_value=0, max_value=9),
)
def test_ten_digits_with_another_check_digit_are_no_nhs_number(nine: str, wrong: int) -> None:
    if wrong != check_digit(nine):
        assert sightings_in(f"Total {nine}{wrong} rows") == ()
        assert kinds(f"NHS number {nine}{wrong}") == {Kind.NHS_NUMBER}  # mistyped, and meant


@settings(max_examples=400)
@given(text=ANY_TEXT)
def test_sightings_stand_where_they_say_and_never_overlap(text: str) -> None:
    at = 0
    for sighting in sightings_in(text):
        assert at <= sighting.start < sighting.end <= len(text)
        assert text[sighting.start : sighting.end] == sighting.text
        at = sighting.end


@settings(max_examples=400)
@given(text=ANY_TEXT)
def test_nothing_is_seen_in_what_was_redacted(text: str) -> None:
    assert sightings_in(redacted(text, sightings_in(text))) == ()


@given(text=ANY_TEXT)
def test_redaction_leaves_everything_else_as_it_was(text: str) -> None:
    sightings = sightings_in(text)
    rest = text
    for sighting in reversed(sightings):
        rest = rest[: sighting.start] + "\ue000" + rest[sighting.end :]
    cleaned = redacted(text, reversed(sightings))
    for piece in rest.split("\ue000"):
        assert piece in cleaned
    assert redacted(text, ()) == text


@given(text=ANY_TEXT)
def test_a_quote_by_itself_is_read_like_a_note(text: str) -> None:
    assert sightings_in_quote(text) == sightings_in(text)


NASTY = (
    "a", "0", "o", "0 ", "0-", "9990308241 ", "1.", "(", "+44", "3/3/14 ", "3/3/", "dob ", "dob 3/3/14, ",
    "born on the ", "3 March 2026 ", "Jayden 3/3/14 ", "mum ", "Jayden ", "Jayden, ", "Kosi and ",
    "mum Kosi ", "called ", "Mr ", "J.", "J. ", "A ", "A A9 ", "W V 9 9 ", "@", "a@", "a.", "a at ",
    "a at b dot ", "a@b.", "a . ", "a'", "a-", "O'", "case no ", "case no 4", "LCS ", "LCS A ", "id a ",
    "ref: A/", "A/2024/", "QQ 1 ", "NI ", "NHS no ", "tel ", "budget ", " ", "\n", "\u0301", "e\u0301",
    "\u200b", "\ufb03", "\u00bd", "\uff10", "[name removed]", "[name ", "'s ", "the name is ",
    "07700 900461 ", "0 7 7 0 0 ", "aged 1 ", "ap ", "Ó ", "A", "Aa ",
)  # fmt: skip
SHORT, LONG = 1_250, 10_000
WHOLE = 100_000


@pytest.mark.parametrize("piece", NASTY)
def test_the_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    """Eight times the text is eight times the work where it is linear, and 64 times where it is quadratic."""
    assert work(repeated(piece, LONG)) < 30 * (work(repeated(piece, SHORT)) + 0.001)


def test_a_hundred_thousand_characters_of_everything_nasty_are_read() -> None:
    """Every piece beside every other, in an order of no meaning."""
    mixed = "".join(NASTY[(at * at + at // 7) % len(NASTY)] for at in range(WHOLE // 4))
    assert len(mixed) > WHOLE
    assert work(mixed[:WHOLE]) < 30 * (work(mixed[: WHOLE // 8]) + 0.001)


def repeated(piece: str, length: int) -> str:
    return "x " + (piece * (length // len(piece) + 1))[:length] + "x"


def work(text: str) -> float:
    """The processor's time, which other programs do not lengthen much: the less of two."""
    gc.collect()
    gc.disable()
    try:
        return min(timed(text) for _ in range(2))
    finally:
        gc.enable()


def timed(text: str) -> float:
    before = time.process_time()
    sightings_in(text)
    return time.process_time() - before
