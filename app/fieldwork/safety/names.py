"""Possible names: after words for people, before what only people do, and where many are called so.

A text is cut into words once, and each word looks at no more than a few beside it.
"""

import re
from collections.abc import Iterator

from app.fieldwork.safety import vocabulary as words
from app.fieldwork.safety.reading import Found
from app.fieldwork.safety.wording import PLAIN, Word, Wording, cut, is_capital

_SURNAME = re.compile(
    r"(?:O'|Mc|Mac[A-Z]|Fitz[A-Z]|Oluwa).+|[A-Z].{2,}(?:sk[ia]|ck[ia]|wicz|czyk|czak|opoulos|escu|adze)"
)
_LINK = re.compile(r"[\s,:(;\"“'*_/-]{1,4}")
_AND = re.compile(r"(?:\s?\((?:aged? )?\d{1,2}\))?\s?[,&/+]\s?|(?:\s?\((?:aged? )?\d{1,2}\))?\s")
_AGED = re.compile(
    r"\s?[(,]\s?(?:aged?\s|age:?\s)?\d{1,2}(?:\s?(?:yrs?|years?|y/?o|months?|weeks?)\b[^,).;]{0,6})?\s?[),.;/]"
    r"|\s?[(,]\s?aged?\s"
)
_NO_SURNAME = re.compile(r".*(?:s|ing|ed|tion|ment|ness|ity|ive|able|al|ful|upon)")


def names_in(
    text: str, known: frozenset[str] = frozenset(), places: frozenset[str] = frozenset()
) -> Iterator[Found]:
    """Give possible names; what was found with a cue is found in the rest of the text without.

    ``known`` are names from elsewhere, and ``places`` what is called so without being anybody.
    """
    spotter = _Spotter(text, frozenset(word.key for place in places for word in cut(place)))
    told = {word.key for one in known for word in cut(one) if _tells(word)}
    first = spotter.spotted(told)
    told |= {word.key for begin, end in first for word in spotter.words[begin : end + 1] if _tells(word)}
    for begin, end in spotter.spotted(told) if told else first:
        yield spotter.found(begin, end)


def _tells(word: Word) -> bool:
    """Whether a word that was seen as a name is one wherever it stands."""
    return (
        len(word.text) > 2
        and is_capital(word)
        and word.key not in words.MONTHS
        and not words.is_ordinary(word.text)
        and (word.key not in words.SEASONS_AND_PLACES)
    )


class _Spotter(Wording):
    """The words of a text, and what speaks for a name in each."""

    def __init__(self, text: str, places: frozenset[str]) -> None:
        super().__init__(text)
        self._places = places

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

    def _name_at(self, at: int, told: set[str], last_name: int) -> int | None:
        """Give the last word of the name that begins here, or None."""
        word = self.words[at]
        if self.initial(at):
            return self._initials(at)
        if not is_capital(word):
            return self._small(at)
        if word.text.isupper() and self._shouted(at):
            return at
        if self.is_particle(at) and self.goes_on(at):
            return self.end(at) if self._has_cue(at, last_name) or word.text in ("Ó", "Ní", "Nic") else None
        if not self.may_name(at):
            return None
        end = self.end(at)
        if self._has_cue(at, last_name) or self._acts(at, end) or self._is_placed_beside(at, end):
            return end
        if self._pairs(at, end):
            return end
        if self._is_strange(at, end):
            return end
        return end if self._is_known(at, end, told) and not self.names_a_place(at, end) else None

    def _initials(self, at: int) -> int | None:
        """J.K., or K. Mbeki-Jones, or J Smith; not child A, not e.g."""
        if self.initial(at - 1) and self.gap(at).startswith("."):
            return None
        end = at
        while self.initial(end + 1) and re.fullmatch(r"\.\s?", self.gap(end + 1)):
            end += 1
        letters = "".join(self.key(one) for one in range(at, end + 1))
        if end > at:
            initials = letters in words.MAY_BE_INITIALS and self._after_person(at)
            return self.end(end) if initials or letters not in words.ABBREVIATIONS else None
        dotted = self.gap(at + 1) in (". ", ".")
        if not (dotted or self.gap(at + 1) == " ") or not self.may_name(at + 1):
            return None
        if (
            (not dotted and self.key(at - 1) in words.ANONYMOUS)
            or self.key(at) in ("a", "i")
            or self.key(at + 1) in words.MONTHS
        ):
            return None
        return self.end(at + 1)

    def _shouted(self, at: int) -> bool:
        """Capitals alone: "YP TK", "CHILD: MACSEN"; not an abbreviation."""
        word = self.words[at].text
        if words.is_ordinary(word) or words.may_be_given_name(word):
            return False
        return self._after_person(at) if len(word) <= 3 else self._after_kin(at)

    def _small(self, at: int) -> int | None:
        """A name without a capital letter."""
        word, gap, before = self.words[at], self.gap(at), self.key(at - 1)
        if before in words.SURE_TITLES and re.fullmatch(r"\.?\s", gap) and self.words[at - 1].text != "Dr":
            if word.key in words.PARTICLES and self.gap(at + 1) == " ":
                return at + 1
            return None if words.is_ordinary(word.text) or len(word.text) < 2 or word.key == "and" else at
        given = len(word.text) > 2 and words.is_given_name(word.text)
        called = before in ("called", "named") and bool(PLAIN.fullmatch(gap))
        if called and len(word.text) > 2 and not words.is_ordinary(word.text) and self._is_person(at - 2):
            return self._small_end(at)
        if self._after_name(at) and len(word.text) > 2 and not words.is_ordinary(word.text):
            own = at - 3 if before in ("is", "was", "s") else at - 2
            if self._owner(own) in words.KIN | words.ROLES:
                return at
        if given and (
            words.is_written_small(word.text) or called or self._after_name(at) or self._after_kin(at)
        ):
            return self._small_end(at)
        return None

    def _small_end(self, at: int) -> int:
        while self.gap(at + 1) == " " and words.is_written_small(self.key(at + 1)):
            at += 1
        return at

    def _is_person(self, at: int) -> bool:
        """Whether a word, or the one before "is" or "was", is a word for a person."""
        if self.key(at) in ("is", "was", "s"):
            at -= 1
        return self.key(at) in words.KIN or self.key(at) in words.ROLES

    def _after_kin(self, at: int) -> bool:
        return self.key(at - 1) in words.KIN and bool(re.fullmatch(r" |, | \(|: ?|-| - ", self.gap(at)))

    def _after_person(self, at: int) -> bool:
        """After "mum", "social worker:", "the child is", "the siblings are"."""
        before, gap = self.key(at - 1), self.gap(at)
        if not _LINK.fullmatch(gap):
            return False
        if before in ("is", "was", "are", "were", "s", "being", "like"):
            return (
                self._is_person(at - 2)
                if before not in ("are", "were")
                else self.key(at - 2) in words.KIN | words.ROLES
            )
        return before in words.KIN or before in words.ROLES

    def _after_name(self, at: int) -> bool:
        """After "the name is", "name:", "known as"."""
        before, gap = self.key(at - 1), self.gap(at)
        if before in ("is", "was", "s", "are", "were") and self.key(at - 2) in (
            "name",
            "names",
            "surname",
            "forename",
        ):
            return self._owner(at - 3) not in words.THINGS
        if before in ("name", "names", "surname", "forename") and re.fullmatch(r"\s?[:=(-]\s?", gap):
            return self._owner(at - 2) not in words.THINGS
        if (self.key(at - 2), before) == ("known", "as") and self.key(at - 3) in words.THINGS:
            return words.may_be_given_name(self.words[at].text)
        return (self.key(at - 2), before) in (
            ("known", "as"),
            ("goes", "by"),
            ("signed", "by"),
            ("written", "by"),
            ("name", "of"),
        )

    def _owner(self, at: int) -> str:
        """Give what a name is of: "the team’s name is"."""
        return self.key(at - 1) if self.key(at) == "s" else self.key(at)

    def _has_cue(self, at: int, last_name: int) -> bool:
        before, gap = self.key(at - 1), self.gap(at)
        if before in words.TITLES and re.fullmatch(r"\.?\s?", gap) and self.key(at - 1) != "s":
            return True
        if before in ("called", "named", "nicknamed", "aka") and re.fullmatch(r"[\s\"'“:]{1,3}", gap):
            return self.key(at - 2) not in words.THINGS or words.may_be_given_name(self.words[at].text)
        if self._after_name(at):
            return True
        if self._after_person(at):
            listed = before in words.ROLES and gap.startswith(",")  # "support workers, Targeted Early Help"
            return not listed or words.may_be_given_name(self.words[at].text) or not self.is_english(at)
        if (before in words.AFTER_CONTACT and PLAIN.fullmatch(gap)) or (
            before in ("to", "with") and self.key(at - 2) in words.TALK
        ):
            return self.key(at) not in words.MONTHS and not self.names_a_place(at, self.end(at))
        if before == "of" and self.key(at - 2) in words.KIN | {"case"}:
            return (
                self.key(at - 2) == "case"
                or words.may_be_given_name(self.words[at].text)
                or self.key(at - 2) in ("mother", "father", "mum", "dad")
            )
        if last_name == at - 1 and _AND.fullmatch(gap) and gap.strip():
            return True
        return before == "and" and last_name == at - 2 and bool(_AND.fullmatch(self.gap(at - 1)))

    def _acts(self, at: int, end: int) -> bool:
        """Before "said": only people do. Of months fewer verbs are believed."""
        verb = self.key(end + 1)
        if not PLAIN.fullmatch(self.gap(end + 1)) or self.text[self.words[end].end] == "'":
            return False
        if self.key(at) in words.MONTHS:
            return verb in words.TOLD and end == at
        if verb in words.ADVERBS and PLAIN.fullmatch(self.gap(end + 2)):
            verb = self.key(end + 2)
        elif verb in ("is", "was", "has", "had", "were", "turned") and PLAIN.fullmatch(self.gap(end + 2)):
            return self.key(end + 2) in words.FELT_BY_PEOPLE and not self._plural(at, end)
        return verb in words.SPEECH and not self._plural(at, end)

    def _plural(self, at: int, end: int) -> bool:
        """Managers, Services: names that end with an s are mostly among those that are listed."""
        return (
            at == end
            and self.begins_sentence(at)
            and self.key(at).endswith("s")
            and not words.may_be_given_name(self.words[at].text)
        )

    def _is_placed_beside(self, at: int, end: int) -> bool:
        """Beside what follows only names: an age, "(mum)", "’s mother", "family"."""
        after = self.gap(end + 1)
        tail = self.text[self.words[end].end : self.words[end].end + 24]
        if self.key(at - 1) in ("in", "at", "from", "version", "of") and not words.may_be_given_name(
            self.words[at].text
        ):
            return False
        if self.key(at) not in words.MONTHS and _AGED.match(tail):
            return True
        person = self.key(end + 1) in words.KIN | words.ROLES
        if re.fullmatch(r"\s?\((?:the )?", after) and (
            person or self.key(end + 2) in words.KIN | words.ROLES
        ):
            return True
        if re.fullmatch(r", ?", after) and self.key(end + 1) in (
            "the",
            "his",
            "her",
            "their",
            "my",
            "our",
            "a",
            "an",
        ):
            return self.key(at) not in words.MONTHS and any(
                self.key(one) in words.KIN | words.ROLES and PLAIN.fullmatch(self.gap(one))
                for one in range(end + 2, end + 5)
            )
        if after == "'" and self.key(end + 1) == "s":
            return self._owns(at, self.key(end + 2))
        if PLAIN.fullmatch(after) and self.key(end + 1) in (
            "family",
            "household",
            "siblings",
            "twins",
            "brothers",
            "sisters",
            "children",
            "boys",
            "girls",
        ):
            return self.key(at - 1) == "the" or (
                self.key(end + 1) == "family" and not self.begins_sentence(at)
            )
        return False

    def _owns(self, at: int, thing: str) -> bool:
        """Whether what somebody has speaks for a person: a mother, wishes; a council has children too."""
        if words.may_be_given_name(self.words[at].text):
            return thing in words.KIN or thing in words.BELONGINGS
        return thing in words.KIN - {
            "children",
            "parents",
            "partner",
            "child",
            "kids",
            "boys",
            "girls",
        } or thing in ("wishes", "birthday", "dob")

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
        return word.key not in words.SEASONS_AND_PLACES and not self.begins_sentence(at)

    def _is_strange(self, at: int, end: int) -> bool:
        """Whether a word is none that is known, and stands where people do rather than places and products.

        Where a sentence begins with it, it must go on as with a person: "Gwenno sat", "Bartek and his mum".
        """
        if self.key(at) in self._places or self.names_a_place(at, end):
            return False
        if self.key(at - 1) in words.NOT_BEFORE_STRANGERS or not words.is_strange(self.words[at].text):
            return False
        after, gap = self.key(end + 1), self.gap(end + 1)
        if end > at or not self.begins_sentence(at):
            return True
        if gap == "'":
            return after == "s"
        if after == "and":
            return self.key(end + 2) in ("his", "her", "their", "i") or self._is_listed(end + 2)
        verb = after in words.AFTER_STRANGERS or (len(after) > 3 and after.endswith(("ed", "s")))
        return bool(PLAIN.fullmatch(gap)) and verb and not self.words[end + 1].text[0].isupper()

    def _is_listed(self, at: int) -> bool:
        return at < len(self.words) and words.is_given_name(self.words[at].text)

    def _pairs(self, at: int, end: int) -> bool:
        """Two words that are nobody's but a person's, within a sentence: a given name and a surname."""
        if (
            end == at
            or self.begins_sentence(at)
            or self.names_a_place(at, end)
            or self.key(at) in self._places
            or self.key(at - 1) in ("called", "named", "as")
        ):
            return False
        return not any(_NO_SURNAME.fullmatch(word.key) for word in self.words[at : end + 1])
