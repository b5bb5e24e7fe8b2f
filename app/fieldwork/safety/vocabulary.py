"""The words by which names are known, and those that are none."""

import unicodedata
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_UNCOMPOSED = str.maketrans("łøđıþðæœß", "lodiþðaos")

TITLES = frozenset("mr mrs ms miss mx dr prof professor cllr councillor sir rev judge hhj pc dc sgt".split())
# Before these even a word without a capital letter is a name.
SURE_TITLES = frozenset("mr mrs ms mx dr cllr".split())

KIN = frozenset(
    "mum mums mummy mother mothers mam mom dad dads daddy father fathers child children boy boys girl girls baby son sons daughter daughters brother "
    "brothers sister sisters sibling siblings twin twins kid kids toddler teenager nan nana nanny gran granny grandma grandmother grandad "
    "granddad grandfather grandparent grandparents nain taid uncle uncles aunt aunts auntie aunty cousin cousins niece nephew stepdad stepmum "
    "stepfather stepmother stepson stepdaughter stepbrother stepsister husband wife partner boyfriend girlfriend fiance fiancee ex friend neighbour "
    "yp y.p mgm mgf pgm pgf lad lass parent parents grandson granddaughter".split()
)
ROLES = frozenset(
    "worker workers carer carers manager managers practitioner practitioners person people lead leads chair sw sws ssw tm psw iro pa supervisor "
    "supervisors supervisee auditor auditors officer officers coordinator co-ordinator adviser advisor director teacher headteacher nurse doctor gp "
    "midwife psychologist therapist solicitor guardian advocate mentor analyst colleague colleagues colleague's interviewee interviewees student "
    "educator trainer assessor consultant councillor client clients pupil witness user users clinician commissioner head senco foster carer's "
    "mentee leader leaders assistant woman man lady gentleman girl's predecessor successor".split()
)
# What is called something without being somebody.
THINGS = frozenset(
    "tool tools model models programme programmes framework frameworks approach team teams group groups project projects system systems meeting "
    "meetings form forms document documents policy policies course courses module modules service services unit units hub hubs report reports "
    "paper papers book books method methods scheme schemes strategy strategies session sessions bulletin newsletter blog board boards panel panels "
    "guide template templates event events workshop workshops training something what is so they it he she we it's now also often was room rooms "
    "building house office site app dashboard spreadsheet folder file files page study studies journal article pack section chapter survey exercise "
    "process campaign award network forum charity company school academy centre street road town training been are were be initiative "
    "pilot questionnaire resource resources theory concept website database centre phase pathway".split()
)
PLACES = frozenset(
    "street road lane avenue close drive crescent terrace way court house houses hall park place square centre center office offices building suite "
    "room wing floor ward team teams hub hospital clinic surgery school academy primary college nursery church library estate gardens grove hill farm "
    "bridge green city town county council borough project programme unit foundation trust institute university review report inquiry model method scale "
    "fund award lecture suite day cluster locality quadrant north south east west site children's service services partnership tool index "
    "rule framework network station block".split()
)
SPEECH = frozenset(
    "said says saying told tells asked asks explained explains felt feels thinks thought added adds replied mentioned admitted agreed wanted wants "
    "described disclosed laughed smiled cried loves likes lives believes knows shouted nodded wondered remembers remembered recalled hopes insisted "
    "suggested suggests argued commented complained whispered joked apologised reckons hates misses worries answered left arrived".split()
)
# Months are told from people by fewer verbs: "April felt quieter".
TOLD = frozenset("said says told asked asks explained replied thinks laughed wondered wants nodded".split())
MONTHS = frozenset("april may june august jan".split())
SEASONS_AND_PLACES = frozenset(
    "april may june august jan summer autumn kent chelsea paris florence victoria lincoln preston austin georgia india israel chester london jordan "
    "brooklyn leigh carlisle trent virginia christian brook river cliff heath hope marina sol sydney magnus will mark bill grant chance charity "
    "faith justice merit joy patience grace saint clay page mason hunter carter cooper taylor parker baker bailey star trinity phoenix storm".split()
)
BELONGINGS = frozenset(
    "wishes birthday placement social foster voice dob nhs phone mobile address behaviour case file plan chronology story views care childhood bedroom "
    "assessment lived school file's life worries family house teacher".split()
)
PARTICLES = frozenset(
    "ap ab ferch ó ní nic mac mc van von der den de del della da di dos bin ibn bint al el ul abu abd ben st ter la le ur ud uddin".split()
)
AFTER_CONTACT = frozenset("told tell asked ask asks asking rang phoned texted thanked interviewed emailed called welcomed introduced meet".split())
TALK = frozenset("spoke speak speaking talked talking talk listened chatted interview meeting supervision session conversation".split())
# Words by which a name without a capital would be taken for something else.
_WORDS_TOO = frozenset(
    "hazel jasmine robin flora harry archer roman rowan clement norman solomon stella florin luna angus colin's jersey rosemary rufus wanda "
    "dexter wayne howard alison's marin marine laurel juliet romeo penny pansy jonas josie lorry flora lance rusty holly bobby billy willy "
    "randy woody curtis casey merit musa junction royal basil ginger frank teddy mollie dolly polly kerry derry karma marcel nigel's".split()
)


def key(word: str) -> str:
    """Give a word as it is compared: lower case, without accents."""
    return _without_accents(word.lower().replace("’", "'"))


def _without_accents(word: str) -> str:
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFD", word.translate(_UNCOMPOSED))
    return "".join(character for character in plain if not unicodedata.combining(character))


@cache
def _given() -> tuple[frozenset[str], frozenset[str]]:
    text = (_HERE / "given_names.txt").read_text(encoding="utf-8")
    only, _, words_too = text.partition("# Also words")
    ambiguous = frozenset(_words(words_too.partition("\n")[2]))
    return frozenset(_words(only)) - ambiguous, ambiguous


@cache
def _not_names() -> frozenset[str]:
    return frozenset(_words((_HERE / "not_names.txt").read_text(encoding="utf-8"))) - _given()[0] - _given()[1]


def _words(text: str) -> list[str]:
    return [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]


def is_given_name(word: str) -> bool:
    """Whether people are often called that, and nothing else is."""
    return any(part in _given()[0] for part in (key(word), key(word).split("-")[0]))


def is_written_small(word: str) -> bool:
    """Whether a word without a capital letter can only be a name."""
    return len(word) >= 5 and key(word) in _given()[0] and key(word) not in _WORDS_TOO


def may_be_given_name(word: str) -> bool:
    """Whether people are called that, among others."""
    return is_given_name(word) or key(word) in _given()[1]


def is_ordinary(word: str) -> bool:
    """Whether a word is nobody's name, though it may begin with a capital letter."""
    return key(word) in _not_names()
