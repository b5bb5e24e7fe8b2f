"""What the invented staff think: the level of each heading by role group, and how items differ. In points."""

from typing import NamedTuple

# The level of each heading in wave 2: leaders, team managers, registered and other practitioners, support.
LEVELS = {
    "capability": (73.0, 69.0, 54.0, 55.0, 58.0),
    "systems": (74.0, 67.0, 49.5, 51.5, 56.0),
    "practice": (71.0, 68.0, 63.0, 64.0, 59.0),
    "leadership": (79.0, 71.0, 51.0, 53.0, 57.0),
    "culture": (86.0, 78.0, 44.9, 47.9, 53.5),
    "skills": (58.0, 54.0, 44.0, 45.0, 48.0),
}
# How much lower each heading stood in wave 1, where no item says otherwise.
LOWER_BEFORE = {
    "capability": 0.8,
    "systems": -0.9,
    "practice": 4.2,
    "leadership": 0.4,
    "culture": 2.55,
    "skills": 0.3,
}
# Answers to the items of a heading go together as far as this (the correlation of what lies behind them).
TOGETHER = {
    "capability": 0.46,
    "systems": 0.46,
    "practice": 0.58,
    "leadership": 0.41,
    "culture": 0.40,
    "skills": 0.48,
}
# The spread of opinions within a role group, in steps of the answer scale.
SPREAD = {
    "capability": 0.84,
    "systems": 0.86,
    "practice": 0.80,
    "leadership": 0.88,
    "culture": 1.24,
    "skills": 0.84,
}
# Half of what people think under one heading they think under every other.
IN_GENERAL = 0.5

# Culture is not one thing here: some areas stand well above others. Elsewhere areas differ little.
AREA_CULTURE = {
    "Assessment and safeguarding": -11.0,
    "Children in care and care leavers": -4.0,
    "Early help": 15.5,
    "Disabled children": -4.0,
    "Fostering and adoption": 13.0,
    "Youth justice": 4.0,
    "Quality and commissioning": 6.0,
}
AREA_OTHERWISE = {
    "Assessment and safeguarding": -3.0,
    "Children in care and care leavers": 2.5,
    "Early help": 0.0,
    "Disabled children": 4.0,
    "Fostering and adoption": 4.5,
    "Youth justice": -2.0,
    "Quality and commissioning": 3.0,
}


class Item(NamedTuple):
    """How far an item lies above its heading, and above that again in wave 1 (None: as the heading)."""

    easier: float
    lower_before: float | None = None


ITEMS = {
    "CAP1": Item(-11), "CAP2": Item(-9), "CAP3": Item(1), "CAP4": Item(0), "CAP5": Item(5),
    "CAP6": Item(8), "CAP7": Item(8),
    "SYS1": Item(6), "SYS2": Item(-16), "SYS3": Item(-14), "SYS4": Item(2), "SYS5": Item(6),
    "SYS6": Item(9), "SYS7": Item(4), "SYS8": Item(6),
    "PRA1": Item(-2), "PRA2": Item(-8, 4), "PRA3": Item(-7), "PRA4": Item(7, 11), "PRA5": Item(4, 13),
    "PRA6": Item(3, 5), "PRA7": Item(2, 5), "PRA8": Item(2, 3),
    "LEA1": Item(-2), "LEA2": Item(3), "LEA3": Item(-9), "LEA4": Item(-1), "LEA5": Item(1),
    "LEA6": Item(4), "LEA7": Item(4),
    "CUL1": Item(5), "CUL2": Item(-4), "CUL3": Item(-1), "CUL4": Item(-7), "CUL5": Item(1),
    "CUL6": Item(0), "CUL7": Item(6),
    "SKI1": Item(-1), "SKI2": Item(-3), "SKI3": Item(4), "SKI4": Item(6), "SKI5": Item(4),
    "SKI6": Item(0), "SKI7": Item(-7),
}  # fmt: skip

# The outcome items: their level, and how far they go with each heading.
OUTCOMES = {
    "OUT1": (52.0, {"leadership": 0.30, "culture": 0.30, "practice": 0.15, "skills": 0.10}),
    "OUT2": (60.0, {"leadership": 0.35, "culture": 0.40, "practice": 0.10, "systems": 0.05}),
    "OUT3": (56.0, {"leadership": 0.35, "culture": 0.35, "practice": 0.20, "capability": 0.05}),
}

# "Don't know or not my role": for items far from somebody's work; 1 % of the time for all others.
DONT_KNOW_OTHERWISE = 0.01
PRACTITIONERS = ("registered", "other_practitioners")
DONT_KNOW: dict[str, dict[str, float]] = {
    "CAP4": {"support": 0.12},
    "CAP5": {"registered": 0.08, "other_practitioners": 0.09, "support": 0.15},
    "CAP7": {"support": 0.10},
    "SYS1": {"registered": 0.08, "other_practitioners": 0.10, "support": 0.10},
    "SYS4": {"other_practitioners": 0.06, "support": 0.20},
    "SYS6": {"support": 0.08},
    "SYS7": {"support": 0.12},
    "SYS8": {"team_managers": 0.16, "support": 0.14},
    "PRA3": {"support": 0.24},
    "PRA4": {"support": 0.18},
    "PRA6": {"support": 0.22},
    "LEA1": {"registered": 0.03, "other_practitioners": 0.04},
    "LEA5": {"registered": 0.12, "other_practitioners": 0.13, "support": 0.14},
    "LEA6": {"registered": 0.06, "other_practitioners": 0.07, "support": 0.08},
    "CUL5": {"registered": 0.10, "other_practitioners": 0.11, "support": 0.14},
    "CUL7": {"registered": 0.04, "other_practitioners": 0.04, "support": 0.08},
    "SKI2": {"support": 0.25},
    "SKI5": {"support": 0.10},
    "OUT3": {"support": 0.05},
}

# Which evidence they need: how often each choice is among the three.
NEEDS = {
    "works": 5.0, "risk": 2.6, "area": 1.8, "voice": 3.0, "figures": 2.0,
    "lessons": 2.4, "testing": 1.6, "costs": 0.7, "staff": 1.5,
}  # fmt: skip
NEEDS_OF_LEADERS = NEEDS | {"testing": 4.0, "costs": 2.0, "risk": 1.2}
