"""A small unitary near the Welsh border: 58 staff, where nearly every group is too small to be shown.

All of it is invented. The blocks of fieldwork are written as in ``talks_wave_2``.
"""

from sample_data.invention.story import Story
from sample_data.invention.workforce import Workforce

AREAS = (
    "Help and protection",
    "Children in our care",
    "Siân’s Corner family hub",
    "Tŷ Onnen short breaks",
    "Łącznik, link team for newcomers",
    "Business and quality",
)
WORKFORCE = Workforce(
    areas=AREAS,
    headcount=(
        (2, 1, 0, 0, 0, 1),
        (2, 1, 1, 1, 0, 1),
        (15, 7, 0, 2, 0, 0),
        (3, 3, 6, 3, 2, 0),
        (2, 1, 1, 0, 0, 3),
    ),
    answered=(3, 4, 14, 9, 4),
    readiness=(0.95, 1.0, 1.1, 1.0, 1.0, 1.05),
    role_not_said=(0, 0, 1, 0, 0),
    area_not_said=2,
)
LEVELS = {
    "capability": (66.0, 60.0, 52.0, 55.0, 56.0),
    "systems": (58.0, 52.0, 41.0, 44.0, 50.0),
    "practice": (74.0, 72.0, 66.0, 68.0, 62.0),
    "leadership": (72.0, 68.0, 61.0, 62.0, 60.0),
    "culture": (76.0, 74.0, 69.0, 71.0, 66.0),
    "skills": (58.0, 54.0, 46.0, 47.0, 50.0),
}
# Nobody here looks back at what was bought; leaders are often seen; news goes round by itself.
EASIER = {"SYS6": -16.0, "SYS8": -30.0, "LEA3": -6.0, "LEA4": 12.0, "CUL4": 8.0}
HELPS_MOST = """
We are few, so I can ask the person who knows.
The link team, who tell me what a family really meant.
Lunch on Wednesdays, when we read one study aloud.
My manager knows every family and still asks how I know.
What parents at the family hub write on the board.
Short breaks workers, who see the child for a whole day.
""".strip().splitlines()
ONE_CHANGE = """
One person who can make sense of our figures, even for a day a week.
Write down what we agree. We talk well and forget well.
Share an analyst with a neighbour.
Look back at what we bought two years ago.
A form in Polish that says the same as the English one.
Less waiting for figures that we then cannot read.
""".strip().splitlines()


def story() -> Story:
    """Give the story of the survey."""
    apart = dict(zip(AREAS, (-3.0, 2.0, 5.0, 4.0, 3.0, 0.0), strict=True))
    return Story(
        frame=WORKFORCE.frame(),
        culture=apart,
        otherwise=apart,
        levels=LEVELS,
        lower={},
        lower_items={},
        helps_most=HELPS_MOST,
        one_change=ONE_CHANGE,
        stop_early=1,
        easier=EASIER,
    )


TALKS = """
I01 interview interview leaders | | strategic | 2026-05 | 1
cap_weigh 3 Asked how a waiting-time figure was made before taking it to members.
cap_own_data 2 A simple count took two months, because one person does all the reports.
sys_plan 2 The plan was written in a week from what managers knew by heart.
sys_commission 1 Places are bought where there are any; nobody has looked at their results.
pra_voice 3 Named two plans that changed after parents at the family hub had spoken.
lea_model 3 Told a meeting in March that a favourite idea had not worked.
lea_direction 2 Could say what to find out this year, but it is written nowhere.
lea_close 4 Spends a day a month with each team and writes down what surprised.
lea_act 3 A worry about handovers was raised in April and settled in May.
cul_safe 3 Began the last staff day with a mistake of the leaders’ own.
cul_curious 3 Asks the newest person in the room first.
ski_coach 3 Described leaving a manager with a question instead of an answer.

I02 interview focus_group team_managers | | operational | 2026-05 | 4
cap_find 2 Ask each other first; two have a library login that they seldom use.
cap_voice 3 All could say what families had asked for at the hub in spring.
sys_supervision 2 Reasons are talked about, and the notes hold only the tasks.
sys_audit 2 Audits are fair and kind, and nobody goes back to see what came of them.
sys_data 1 The monthly sheet arrives late, and no one in the group could read all of it.
pra_assess 3 They send back reports that do not say where a claim comes from.
pra_review 3 Gave three cases in which help was stopped because it did not help.
lea_resource 1 There is no analyst, and learning time depends on a quiet week.
lea_act 3 Two changes this year came from what teams had said.
cul_safe 4 Owning up is ordinary here; each had a recent example of their own.
cul_safe B3 Clear examples from three of the four.
cul_safe =4 The fourth told a story later in the talk that we had both noted.
cul_share 3 Everyone hears everything, over lunch and by name.
cul_share B3 Lessons cross from team to team within days.
ski_read 1 None would trust themselves to explain a chart to a parent.
ski_read B1 They ask the finance officer, and laugh about it.
ski_coach 2 They mean to ask, and give advice when time is short.
ski_coach B2 Examples were of good advice more than of questions.

I03 interview focus_group registered | Help and protection | operational | 2026-05 | 5
cap_find 2 Ask a colleague, or look things up at home in the evening.
cap_weigh 2 Give weight to whoever has known the family longest.
sys_supervision 2 Asked why, yes; asked what it rests on, now and then.
sys_plan 2 Know the plan of the team by its three main tasks.
sys_data 1 Have not seen a figure about their own work this year.
pra_assess 3 Could point to the lines that carry the judgement in two reports.
pra_choice 2 There are four services in reach, so there is little to choose.
pra_voice 4 The link team goes back to parents with the plan in their own language.
pra_rethink 3 A second explanation is asked for at the weekly talk.
lea_close 3 Leaders have been out with all of them, and they say it is welcome.
cul_safe 3 Two told of an error in front of the others without being asked.
cul_curious 3 Questions to managers are normal, and so are questions back.
ski_listen 3 Use drawings and a walk, and write down the exact words.
ski_explain 2 Reasons in letters come from a list of sentences.

I04 interview interview other_practitioners | Siân’s Corner family hub | operational | 2026-06 | 2
cap_voice 4 The board in the hub is read each Friday, and answers are pinned beside it.
cap_evaluate 1 A new parents’ group began in spring with no thought of how to judge it.
pra_voice 4 Two sessions were moved to the evening because fathers had asked for it.
pra_review 3 Ask families each month what is different and stop what is not.
lea_act 3 A complaint about the entrance was answered in a week, with reasons.
cul_try 2 Try many things, and end few of them.
cul_outward 3 Visited a hub over the border and took two ideas home.
ski_listen 3 Keep what was said apart from what they made of it.
ski_learn 2 One course this year, and nobody asked afterwards.

I05 interview interview other_practitioners | Łącznik, link team for newcomers | operational | 2026-06 | 1
cap_voice 3 Sums up what newcomers say, though for single teams and by word of mouth.
pra_voice 3 Reads plans aloud to parents and brings their corrections back.
lea_resource 2 Has time to listen and none to write up what was heard.
cul_curious 3 Told a panel that a word had been misread, and was thanked.
ski_explain 3 Could say how an assessment is put in plain Polish and plain English.
"""

VISITS = """
O01 observation team_meeting | Help and protection | operational | 2026-05 | 9
cap_find 2 A question was left with the whole room, and so with nobody.
cap_voice 3 What parents had said at the hub came first and altered one item.
sys_data 1 The sheet of figures was passed round and put away.
pra_review 3 One worker told what had changed for a child and what would stop.
lea_act 3 The manager said what leaders had done about two earlier points.
cul_safe 4 Three people said “I don’t know”, and each was helped at once.
cul_safe B4 A slip was told before anyone had noticed it.
cul_share 3 A lesson from short breaks was taken up on the spot.
ski_read 1 A rise from two to four was called a doubling, and nobody smiled.

O02 observation group_supervision registered | Children in our care | operational | 2026-06 | 5
sys_supervision 3 “How do we know?” was asked twice, and both times somebody waited.
sys_supervision B2 Asked once in earnest; the second time the talk moved on.
sys_supervision =3 On reading the notes again we agreed that both led to an answer.
pra_choice 2 Two kinds of help were named, and the nearer one was taken.
pra_rethink 3 Another explanation had ten minutes and a person to follow it up.
cul_safe 3 The worker said first what had not been asked of the family.
ski_coach 2 The manager began with a question and ended with an instruction.

O03 observation panel | | strategic | 2026-06 | 7
cap_weigh 2 The longest report won, although the shortest had been first-hand.
sys_commission 1 Cost and distance were weighed; results were not mentioned.
pra_voice 3 A parent’s own words were read out in Polish and in English.
lea_model 3 The chair spoke last and gave reasons.
cul_curious 3 The youngest member disagreed and was heard to the end.
"""

PAPERS = """
D01 document strategy | | strategic | 2026-04 |
cap_weigh 2 Gives figures without saying how they were made.
sys_plan 2 Two pages of aims, with one source named.
pra_choice 2 Lists services and not whom they help.
lea_direction 2 Evidence is praised in general; no question is asked.

D02 document supervision_records | Help and protection | operational | 2026-05 |
sys_supervision 1 Ten records hold dates and tasks; one gives a reason.
pra_voice 3 The child’s words are there in eight of ten.
pra_review 2 Progress is noted as “ongoing” in most.
cul_safe 2 Doubts that we heard spoken are not on paper.

D03 document court_report | | operational | 2026-05 |
pra_assess 3 Five of six name the facts behind the main judgement.
pra_choice 2 One option is set out in four of six.
pra_voice 4 Wishes stand in the child’s words, each with what was done.
pra_rethink 3 Facts that point the other way are set out and answered.
ski_listen 3 Says in each case how the view was heard, and in which language.
ski_explain 2 Long sentences; a parent would need help with most of them.

D04 document audit_report | | both | 2026-04 |
cap_voice 3 Eight parents were asked, and what they said is set beside the grades.
sys_audit 2 Nine actions, three owners and no second look.
lea_close 3 A senior leader read cases and says what was learned.

D05 document data_review | | both | 2026-06 |
cap_own_data 1 Forty-four working days from a question to an answer.
sys_audit 1 One audit action in eight was checked for effect.
lea_close 4 All leaders have notes of visits in every month.
lea_act 3 Twenty-two days from a finding to a message to staff.
"""

QUOTES = """
I01 lea_close yes | It is a small place. If I stay in my office, everybody knows.
I02 sys_data yes | The figures come when we have already forgotten the month.
I03 sys_supervision no | We say it all, and then we write “visit in two weeks”.
I04 pra_voice yes | One mother wrote on our board “w końcu ktoś słucha”. It means: at last someone listens.
I05 ski_explain no | There is no Polish word for our threshold, and perhaps no English one.
"""

REVIEWS = """
skills survey-observation confirmed | Staff speak for themselves; in the meeting no figure was read with care.
"""
