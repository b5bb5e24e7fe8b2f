"""How many lines a text takes up in print, so that the presenters know what a page has room for.

The widths are those of Source Sans 3, without kerning. A test holds them against the fonts.
"""

import re
from dataclasses import dataclass

MM_PER_POINT = 25.4 / 72
# Thousandths of an em, from the space to the tilde.
_REGULAR = (
    200, 289, 426, 497, 497, 824, 609, 249, 303, 303, 418, 497, 249, 311, 249, 350, 497, 497, 497, 497,
    497, 497, 497, 497, 497, 497, 249, 249, 497, 497, 497, 425, 847, 543, 588, 571, 615, 527, 494, 617,
    652, 263, 479, 579, 486, 727, 647, 664, 566, 664, 569, 534, 536, 645, 515, 786, 513, 476, 539, 303,
    350, 303, 497, 500, 542, 504, 553, 456, 555, 496, 292, 504, 544, 246, 247, 495, 255, 829, 547, 542,
    555, 555, 347, 419, 338, 544, 467, 719, 446, 467, 425, 303, 241, 303, 497,
)  # fmt: skip
_BOLD = (
    200, 315, 482, 513, 513, 841, 639, 275, 324, 324, 438, 513, 275, 322, 275, 344, 513, 513, 513, 513,
    513, 513, 513, 513, 513, 513, 275, 275, 513, 513, 513, 444, 875, 558, 597, 576, 625, 538, 510, 628,
    663, 282, 494, 597, 502, 745, 657, 674, 582, 674, 592, 545, 546, 655, 536, 800, 541, 501, 540, 324,
    344, 324, 513, 500, 549, 516, 563, 462, 564, 507, 317, 520, 558, 262, 263, 522, 271, 843, 560, 549,
    564, 564, 373, 431, 361, 556, 495, 748, 481, 495, 443, 324, 255, 324, 513,
)  # fmt: skip
_OTHER = {"’": 260, "‘": 260, "“": 450, "”": 450, "–": 480, "\u00a0": 200}
_FOREIGN = 560
_PIECE = re.compile(r"[^ \-–]*[\-–]|[^ \-–]+| ")


_SHORT_WORD = 7
# A body of text has longer lines than a title, and a last word alone on one looks lost sooner.
IN_TEXT = 12


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one size and weight; an ``unbroken`` run stands on one line."""

    text: str
    size: float
    bold: bool = False
    unbroken: bool = False


def kept(text: str, shorter_than: int = _SHORT_WORD) -> str:
    """Keep a short last word with the one before it, so that it never stands alone on a line."""
    start, _, last = text.rpartition(" ")
    return f"{start}\u00a0{last}" if len(last) <= shorter_than and len(start) > len(last) else text


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Give the width of a text in mm, set on one line at a size in points."""
    table = _BOLD if bold else _REGULAR
    units = sum(
        table[ord(letter) - 32] if " " <= letter <= "~" else _OTHER.get(letter, _FOREIGN) for letter in text
    )
    return units / 1000 * size * MM_PER_POINT


def lines_of(width: float, *runs: Run) -> int:
    """Count the lines that runs take up one after the other in a column so many mm wide."""
    return _set(width, runs)[0]


def room_after(width: float, *runs: Run) -> float:
    """Give the mm that are left on the last line."""
    return width - _set(width, runs)[1]


def _set(width: float, runs: tuple[Run, ...]) -> tuple[int, float]:
    lines, used, space = 1, 0.0, 0.0
    for run in runs:
        pieces = [run.text] if run.unbroken else _PIECE.findall(run.text)
        for piece in filter(None, pieces):
            wide = width_of(piece, run.size, run.bold)
            if piece == " ":
                space = wide
                continue
            if used and used + space + wide > width:
                lines, used = lines + 1, 0.0
            used += (space if used else 0.0) + wide
            space = 0.0
        space = width_of(" ", run.size)
    return lines, used
