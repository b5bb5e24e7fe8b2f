"""Possible names: after words for people, before what only people do, and where many are called so.

A text is cut into words once, and each word looks at no more than a few beside it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.fieldwork.safety import vocabulary as words
from app.fieldwork.safety.reading import Found

_WORD = re.compile(r"[^\W\d_]+(?:'(?!s\b)[^\W\d_]+|-[^\W\d_]+)*")
_SURNAME = re.compile(r"(?:O'|Mc|Mac[A-Z]|Fitz[A-Z]|Oluwa).+|[A-Z].{2,}(?:sk[ia]|ck[ia]|wicz|czyk|czak|opoulos|escu|adze)")
_LINK = re.compile(r"[\s,:(;\"“'*_/-]{1,4}")
_PLAIN = re.compile(r" {1,3}|\n")
_SENTENCE = re.compile(r"[.!?:\n\"“”•*#|]|(?:^|\s)[-–]\s")
_AND = re.compile(r"(?:\s?\((?:aged? )?\d{1,2}\))?\s?[,&/+]\s?|(?:\s?\((?:aged? )?\d{1,2}\))?\s")
_AGED = re.compile(r"\s?[(,]\s?(?:aged?\s|age:?\s)?\d{1,2}(?:\s?(?:yrs?|years?|y/?o|months?|weeks?)\b[^,).;]{0,6})?\s?[),.;/]|\s?[(,]\s?aged?\s")
_ANONYMOUS = frozenset(
    "child family case person worker group team option appendix table room part year class band grade site school plan mum dad sibling "
    "parent practitioner manager carer young yp".split()
)
_ABBREVIATIONS = frozenset("uk us pm am eg ie nb cv qa pe re hr ba ma bsc phd tv ps sw yp dob ni id ok tbc fao cc rsvp".split())
_MOST_WORDS = 5


class Word(NamedTuple):
    """A word, and how it is compared."""

    start: int
    end: int
    text: str
    key: str


def names_in(text: str, known: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Give possible names; what was found with a cue is found in the rest of the text without."""
    spotter = _Spotter(text)
    told = {word.key for one in known for word in _cut(one) if _tells(word)}
    first = spotter.spotted(told)
    told |= {word.key for begin, end in first for word in spotter.words[begin : end + 1] if _tells(word)}
    for begin, end in spotter.spotted(told) if told else first:
        yield spotter.found(begin, end)


def _cut(text: str) -> list[Word]:
    return [Word(*match.span(), match.group(), words.key(match.group())) for match in _WORD.finditer(text)]


def _tells(word: Word) -> bool:
    """Whether a word that was seen as a name is one wherever it stands."""
    return len(word.text) > 2 and _is_capital(word) and word.key not in words.MONTHS and not words.is_ordinary(word.text) and (
        word.key not in words.SEASONS_AND_PLACES
    )


def _is_capital(word: Word) -> bool:
    """Whether a word begins with a capital letter, as al-Sayed does."""
    return word.text[0].isupper() or (word.key.split("-")[0] in words.PARTICLES and word.text.split("-")[-1][0].isupper())


class _Spotter:
    """The words of a text, and what speaks for a name in each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = _cut(text)

    def spotted(self, told: set[str]) -> list[tuple[int, int]]:
        """Give the first and the last word of each name."""
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(self.words):
            last = self._name_at(at, told, found[-1][1] if found else -2)
            if last is None:
                at += 1
            else:
                found.append((at, last))
                at = last + 1
        return found

    def found(self, begin: int, end: int) -> Found:
        """Give where a name stands, with the stop after its initials."""
        stop = self.words[end].end
        if len(self.words[end].text) == 1 and self.text[stop : stop + 1] == ".":
            stop += 1
        return Found(self.words[begin].start, stop)

    # ------------------------------------------------------------------------------------------ what stands beside

    def _key(self, at: int) -> str:
        return self.words[at].key if 0 <= at < len(self.words) else ""

    def _gap(self, at: int) -> str:
        """Give what stands before a word, since the one before it."""
        if not 0 < at < len(self.words):
            return "\n\n" if at == 0 else ""
        before = self.words[at - 1].end
        return self.text[before : min(self.words[at].start, before + 40)]

    def _may_name(self, at: int) -> bool:
        """Whether a word has a capital letter and is no ordinary word."""
        if not at < len(self.words):
            return False
        word = self.words[at]
        if not _is_capital(word) or len(word.text) < 2 or words.is_ordinary(word.text) or word.key in words.TITLES:
            return False
        return not (word.text.isupper() and len(word.text) > 2) or words.may_be_given_name(word.text)

    def _initial(self, at: int) -> bool:
        return 0 <= at < len(self.words) and len(self.words[at].text) == 1 and self.words[at].text.isupper()

    def _begins_sentence(self, at: int) -> bool:
        return at == 0 or bool(_SENTENCE.search(self._gap(at)))

    # ---------------------------------------------------------------------------------------------- where a name ends

    def _end(self, at: int) -> int:
        """Give the last word of the name that begins with a word: surnames, "ap", initials."""
        last = at
        while last + 1 < len(self.words) and last - at < _MOST_WORDS:
            gap, after = self._gap(last + 1), last + 1
            if self._initial(after) and re.fullmatch(r"\.? |\.", gap) and self._key(after) not in ("a", "i"):
                last = after
            elif re.fullmatch(r" {1,2}|\n" + (r"|\.\s?" if self._initial(last) else ""), gap) and self._goes_on(after):
                last = after
            else:
                break
        while last > at and self.words[last].key in words.PARTICLES and self.words[last].text.islower():
            last -= 1
        return last

    def _goes_on(self, at: int) -> bool:
        if self._key(at) in words.PARTICLES:
            return bool(_PLAIN.fullmatch(self._gap(at + 1))) and self._may_name(at + 1)
        return self._may_name(at) and self._key(at) not in words.MONTHS

    # ---------------------------------------------------------------------------------------------- what speaks for it

    def _name_at(self, at: int, told: set[str], last_name: int) -> int | None:
        """Give the last word of the name that begins here, or None."""
        word = self.words[at]
        if self._initial(at):
            return self._initials(at)
        if not _is_capital(word):
            return self._small(at)
        if word.text.isupper() and len(word.text) in (2, 3) and not words.is_ordinary(word.text):
            if self._after_person(at) and not words.may_be_given_name(word.text):
                return at
        if not self._may_name(at):
            return None
        end = self._end(at)
        if self._has_cue(at, last_name) or self._acts(at, end) or self._is_placed_beside(at, end):
            return end
        return end if self._is_known(at, end, told) and not self._names_a_place(at, end) else None

    def _initials(self, at: int) -> int | None:
        """J.K., or K. Mbeki-Jones, or J Smith; not child A, not e.g."""
        if self._initial(at - 1) and self._gap(at).startswith("."):
            return None
        end = at
        while self._initial(end + 1) and re.fullmatch(r"\.\s?", self._gap(end + 1)):
            end += 1
        letters = "".join(self._key(one) for one in range(at, end + 1))
        if end > at:
            return None if letters in _ABBREVIATIONS else self._end(end)
        dotted = self._gap(at + 1) in (". ", ".")
        if not (dotted or self._gap(at + 1) == " ") or not self._may_name(at + 1):
            return None
        if (not dotted and self._key(at - 1) in _ANONYMOUS) or self._key(at) in ("a", "i") or self._key(at + 1) in words.MONTHS:
            return None
        return self._end(at + 1)

    def _small(self, at: int) -> int | None:
        """A name without a capital letter."""
        word, gap, before = self.words[at], self._gap(at), self._key(at - 1)
        if before in words.SURE_TITLES and re.fullmatch(r"\.?\s", gap):
            if word.key in words.PARTICLES and self._gap(at + 1) == " ":
                return at + 1
            return None if words.is_ordinary(word.text) or len(word.text) < 2 or word.key == "and" else at
        given = len(word.text) > 2 and words.is_given_name(word.text)
        called = before in ("called", "named") and bool(_PLAIN.fullmatch(gap))
        if called and len(word.text) > 2 and not words.is_ordinary(word.text) and self._is_person(at - 2):
            return self._small_end(at)
        if given and (words.is_written_small(word.text) or called or self._after_name(at) or self._after_kin(at)):
            return self._small_end(at)
        return None

    def _small_end(self, at: int) -> int:
        while self._gap(at + 1) == " " and words.is_written_small(self._key(at + 1)):
            at += 1
        return at

    def _is_person(self, at: int) -> bool:
        """Whether a word, or the one before "is" or "was", is a word for a person."""
        if self._key(at) in ("is", "was", "s"):
            at -= 1
        return self._key(at) in words.KIN or self._key(at) in words.ROLES

    def _after_kin(self, at: int) -> bool:
        return self._key(at - 1) in words.KIN and bool(re.fullmatch(r" |, | \(|: ", self._gap(at)))

    def _after_person(self, at: int) -> bool:
        """After "mum", "social worker:", "the child is", "the siblings are"."""
        before, gap = self._key(at - 1), self._gap(at)
        if not _LINK.fullmatch(gap):
            return False
        if before in ("is", "was", "are", "were", "s", "being", "like"):
            return self._is_person(at - 2) if before not in ("are", "were") else self._key(at - 2) in words.KIN | words.ROLES
        return before in words.KIN or before in words.ROLES

    def _after_name(self, at: int) -> bool:
        """After "the name is", "name:", "known as"."""
        before, gap = self._key(at - 1), self._gap(at)
        if before in ("is", "was", "s", "are", "were") and self._key(at - 2) in ("name", "names", "surname", "forename"):
            return self._key(at - 3) not in words.THINGS
        if before in ("name", "names", "surname", "forename") and re.fullmatch(r"\s?[:=(-]\s?", gap):
            return self._key(at - 2) not in words.THINGS
        return (self._key(at - 2), before) in (("known", "as"), ("goes", "by"), ("signed", "by"), ("written", "by"), ("name", "of"))

    def _has_cue(self, at: int, last_name: int) -> bool:
        before, gap = self._key(at - 1), self._gap(at)
        if before in words.TITLES and re.fullmatch(r"\.?\s?", gap) and self._key(at - 1) != "s":
            return True
        if before in ("called", "named", "nicknamed", "aka") and re.fullmatch(r"[\s\"'“:]{1,3}", gap):
            return self._key(at - 2) not in words.THINGS or words.may_be_given_name(self.words[at].text)
        if self._after_name(at) or self._after_person(at):
            return True
        if before in words.AFTER_CONTACT and _PLAIN.fullmatch(gap) or (before in ("to", "with") and self._key(at - 2) in words.TALK):
            return self._key(at) not in words.MONTHS and not self._names_a_place(at, self._end(at))
        if before == "of" and self._key(at - 2) in words.KIN | {"case"}:
            return self._key(at - 2) == "case" or words.may_be_given_name(self.words[at].text) or self._key(at - 2) in ("mother", "father", "mum", "dad")
        if last_name == at - 1 and _AND.fullmatch(gap) and gap.strip():
            return True
        return before == "and" and last_name == at - 2 and bool(_AND.fullmatch(self._gap(at - 1)))

    def _acts(self, at: int, end: int) -> bool:
        """Before "said": only people do. Of months fewer verbs are believed."""
        verb = self._key(end + 1)
        if not _PLAIN.fullmatch(self._gap(end + 1)) or self.text[self.words[end].end] == "'":
            return False
        if self._key(at) in words.MONTHS:
            return verb in words.TOLD and end == at
        return verb in words.SPEECH and not self._plural(at, end)

    def _plural(self, at: int, end: int) -> bool:
        """Managers, Services: names that end with an s are mostly among those that are listed."""
        return at == end and self._begins_sentence(at) and self._key(at).endswith("s") and not words.may_be_given_name(self.words[at].text)

    def _is_placed_beside(self, at: int, end: int) -> bool:
        """Beside what follows only names: an age, "(mum)", "’s mother", "family"."""
        after = self._gap(end + 1)
        tail = self.text[self.words[end].end : self.words[end].end + 24]
        if self._key(at - 1) in ("in", "at", "from", "version", "of") and not words.may_be_given_name(self.words[at].text):
            return False
        if self._key(at) not in words.MONTHS and _AGED.match(tail):
            return True
        person = self._key(end + 1) in words.KIN | words.ROLES
        if re.fullmatch(r"\s?\((?:the )?", after) and (person or self._key(end + 2) in words.KIN | words.ROLES):
            return True
        if re.fullmatch(r", ?", after) and self._key(end + 1) in ("the", "his", "her", "their", "my", "our", "a", "an"):
            return self._key(at) not in words.MONTHS and any(
                self._key(one) in words.KIN | words.ROLES and _PLAIN.fullmatch(self._gap(one)) for one in range(end + 2, end + 5)
            )
        if after == "'" and self._key(end + 1) == "s":
            return self._owns(at, self._key(end + 2))
        if _PLAIN.fullmatch(after) and self._key(end + 1) in ("family", "household", "siblings", "twins", "brothers", "sisters", "children", "boys", "girls"):
            return self._key(at - 1) == "the" or (self._key(end + 1) == "family" and not self._begins_sentence(at))
        return False

    def _owns(self, at: int, thing: str) -> bool:
        """Whether what somebody has speaks for a person: a mother, wishes; a council has children too."""
        if words.may_be_given_name(self.words[at].text):
            return thing in words.KIN or thing in words.BELONGINGS
        return thing in words.KIN - {"children", "parents", "partner", "child", "kids", "boys", "girls"} or thing in ("wishes", "birthday", "dob")

    def _is_known(self, at: int, end: int, told: set[str]) -> bool:
        """Whether a word is a name by itself: listed, told elsewhere in the text, or of a surname's form."""
        word = self.words[at]
        if word.key in told or words.is_given_name(word.text) or _SURNAME.fullmatch(word.text):
            return True
        if any(words.is_given_name(one.text) or one.key in told for one in self.words[at + 1 : end + 1]):
            return True
        if not words.may_be_given_name(word.text):
            return False
        if end > at and word.key not in words.MONTHS:
            return True
        return word.key not in words.SEASONS_AND_PLACES and not self._begins_sentence(at)

    def _names_a_place(self, at: int, end: int) -> bool:
        """Whether a street, a team or a report is called so."""
        if self._key(at - 1) in ("st", "saint"):
            return True
        return self._key(end + 1) in words.PLACES and bool(_PLAIN.fullmatch(self._gap(end + 1)))
