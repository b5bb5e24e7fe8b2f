"""The workforce and the opinions of a large county: 2,000 staff, 40 service areas, two waves. Invented."""

from sample_data.invention import opinions
from sample_data.invention.draws import Draws, shared_out
from sample_data.invention.story import Story
from sample_data.invention.workforce import Workforce

# Each area, its size beside the others, and its kind of work.
_AREAS = (
    ("Integrated front door, multi-agency safeguarding hub and emergency duty", 96, "social work"),
    ("Assessment and intervention, Upper Marl valley", 72, "social work"),
    ("Assessment and intervention, Lower Marl valley and the estuary towns", 78, "social work"),
    ("Assessment and intervention, Hartsmere", 66, "social work"),
    ("Assessment and intervention, Northwold and the coast", 60, "social work"),
    ("Child protection and court, east", 64, "social work"),
    ("Child protection and court, west", 58, "social work"),
    ("Child protection and court, Hartsmere", 47, "social work"),
    ("Pre-birth and under-fives assessment", 34, "social work"),
    ("Children in care, east", 62, "social work"),
    ("Children in care, west", 56, "social work"),
    (
        "Children in care placed outside the county, including secure and specialist settings",
        24,
        "social work",
    ),
    ("Leaving care and preparation for adulthood", 52, "other"),
    ("Unaccompanied children and young people seeking asylum", 26, "social work"),
    ("Fostering recruitment and assessment", 38, "social work"),
    ("Supervision and support of foster carers", 58, "social work"),
    ("Kinship care and special guardianship support", 30, "social work"),
    ("Adoption and permanence", 28, "social work"),
    ("Children’s homes, Hartsmere", 68, "other"),
    ("Children’s homes, coast and short breaks", 74, "other"),
    ("Disabled children and young people, county-wide social work", 54, "social work"),
    ("Occupational therapy and equipment for disabled children", 18, "other"),
    ("Preparing for adulthood", 16, "other"),
    ("Family hubs, Upper Marl valley", 60, "other"),
    ("Family hubs, Lower Marl valley", 64, "other"),
    ("Family hubs, Hartsmere", 56, "other"),
    ("Family hubs, Northwold and the coast", 52, "other"),
    ("Intensive family support and edge of care", 58, "other"),
    ("Youth justice", 46, "other"),
    ("Youth work and detached youth work in market towns and villages", 48, "other"),
    ("Adolescents at risk of exploitation and missing from home", 36, "social work"),
    ("Domestic abuse, substance use and parental mental health specialists", 32, "other"),
    ("Family group conferences and family time", 30, "other"),
    ("Virtual school", 34, "other"),
    ("Participation and children’s rights", 14, "other"),
    ("Independent reviewing officers and child protection chairs", 40, "social work"),
    ("Practice academy and principal social worker", 27, "social work"),
    ("Quality assurance, performance and insight", 44, "office"),
    ("Commissioning, placements and contracts", 42, "office"),
    ("Business support, all localities", 139, "office"),
)
AREAS = tuple(name for name, _, _ in _AREAS)
_KINDS = {
    "social work": (1.0, 1.1, 1.6, 0.45, 0.4),
    "other": (0.9, 1.0, 0.22, 1.9, 0.5),
    "office": (1.3, 0.7, 0.06, 0.12, 3.2),
}
_STAFF = {1: (112, 198, 760, 600, 280), 2: (110, 200, 790, 612, 288)}
_ANSWERED = {1: (74, 118, 330, 246, 108), 2: (80, 131, 398, 291, 125)}
# How much readier the people of a kind of work are to answer.
_READINESS = {"social work": 0.94, "other": 1.04, "office": 1.08}

# Strong in papers and figures, less so far away from county hall.
LEVELS = {
    "capability": (78.0, 70.0, 59.0, 57.0, 63.0),
    "systems": (80.0, 72.0, 58.0, 56.0, 64.0),
    "practice": (70.0, 65.0, 57.0, 58.0, 56.0),
    "leadership": (81.0, 66.0, 47.0, 48.0, 57.0),
    "culture": (76.0, 64.0, 50.0, 53.0, 56.0),
    "skills": (68.0, 63.0, 56.0, 53.0, 54.0),
}
LOWER_BEFORE = {
    "capability": 2.0,
    "systems": 6.5,
    "practice": 0.5,
    "leadership": -1.5,
    "culture": 0.8,
    "skills": 3.4,
}
# Figures are good here; leaders are far away, answers do not come back, and lessons do not travel.
EASIER = {"SYS6": 6.0, "PRA5": -8.0, "LEA4": -12.0, "LEA7": -8.0, "CUL4": -10.0}


def workforce(wave: int) -> Workforce:
    """Give the workforce of a wave."""
    rows = []
    for place, staff in enumerate(_STAFF[wave]):
        shares = [size * _KINDS[kind][place] for _, size, kind in _AREAS]
        rows.append(shared_out(staff, shares, [staff] * len(AREAS)))
    ready = Draws(4041).standard_normals(len(AREAS))
    return Workforce(
        areas=AREAS,
        headcount=rows,
        answered=_ANSWERED[wave],
        readiness=[
            _READINESS[kind] * (1 + 0.12 * value) for (_, _, kind), value in zip(_AREAS, ready, strict=True)
        ],
        role_not_said=(0, 2, 14, 11, 4),
        area_not_said=46,
    )


def story(wave: int, frame: list[tuple[str, str, int]]) -> Story:
    """Give the story of a wave's survey; areas stand apart as they do by chance, the same in both waves."""
    draws = Draws(4040)
    culture = [round(7.5 * value, 1) for value in draws.standard_normals(len(AREAS))]
    otherwise = [round(3.2 * value, 1) for value in draws.standard_normals(len(AREAS))]
    items = {code for code, item in opinions.ITEMS.items() if item.lower_before is not None}
    first = wave == 1
    return Story(
        frame=frame,
        culture=dict(zip(AREAS, culture, strict=True)),
        otherwise=dict(zip(AREAS, otherwise, strict=True)),
        levels=LEVELS,
        lower=LOWER_BEFORE if first else {},
        lower_items={code: 1.0 for code in items} if first else {},
        comments_share=0.09,
        stop_early=9,
        easier=EASIER,
    )
