"""What was heard, seen and read in wave 1, all of it invented; written as in ``talks_wave_2``."""

TALKS = """
I01 interview interview leaders | | strategic | 2025-09 | 1
cap_weigh 3 Asks for the source of each figure before a paper goes to the board.
cap_voice 2 Quoted the yearly survey and could not say who had not answered it.
sys_plan 3 The strategy began with figures, a review of studies and two staff events.
sys_supervision 3 Is sure that every supervisor asks for evidence, since the new policy says so.
pra_voice 3 Remembered one decision that a young person had changed.
lea_model 3 Gives reasons for large decisions in a monthly message to staff.
lea_close 3 Goes out with teams six times a year and writes down what surprised.
lea_act 3 Gave two audit findings, what followed and who was told.
cul_safe 3 Told the managers’ meeting of a contract that should never have been signed.
cul_outward 3 Joined a regional group that reads each other’s cases.

I02 interview interview leaders | | strategic | 2025-09 | 2
cap_find 3 There is a page for evidence, and both had asked the analyst a question this term.
cap_own_data 2 Most answers come after the meeting that needed them.
cap_evaluate 2 One project in the last two years was compared with anything.
sys_audit 3 The spring round led to two changes, and one was checked.
sys_commission 2 Evidence is asked for in tenders and taken on trust.
pra_review 2 Knows how many reviews were on time, less about what they found.
lea_direction 3 Has written down what they want to learn about children in need.
lea_resource 2 The analyst’s post ends in March, and the decision is open.
cul_curious 3 Asks new staff at six weeks what they find strange here.
cul_try 2 Pilots are begun with an aim and seldom end with a decision.
ski_learn 2 The course list follows appraisals and what is on offer nearby.

I03 interview focus_group team_managers | | operational | 2025-10 | 5
cap_find 2 Three did not know of the page; two had looked and not gone back.
cap_voice 2 Compliments and complaints are answered one by one.
sys_supervision 3 They describe the new prompt and think that they use it most weeks.
sys_data 3 The one-page report has started, and three had talked about it with the team.
sys_plan 2 Plans are checked by whether the tasks are complete.
pra_assess 3 They return work in which the judgement has no grounds.
pra_rethink 2 Other views are asked for when a case has gone badly.
lea_close 2 Visits are pleasant and short, and not with families.
cul_safe 3 Gave examples of slips that staff had brought to them.
cul_share 2 Lessons come in a newsletter that few of them finish.
cul_try 3 Two had set a date to judge a new duty system.
ski_read 2 One manager explains the charts to the others.
ski_coach 3 Four ask what the worker thinks before they advise.

I04 interview interview team_managers | Early help | operational | 2025-09 | 1
cap_evaluate 2 The evaluation of the drop-in counts visits and smiles.
sys_supervision 2 Has the heading on the form, and fills it when there is time.
sys_audit 3 Audits are done side by side, and one changed the visit form.
pra_choice 3 Writes the reason for each offer in the plan.
pra_voice 2 Speaks up for families, and seldom hears what came of it.
lea_act 3 A worry about travel time was dealt with in a month.
lea_model 3 Was asked what a proposal for an evening group rested on.
cul_curious 2 Questions are put at the end of meetings.
cul_outward 3 Visited another council’s early help team and brought back a checklist.
ski_explain 2 Letters are long, and parents ring to ask what they mean.

I05 interview focus_group registered | Assessment and safeguarding | operational | 2025-10 | 6
cap_find 2 Each asks a trusted colleague; one had used the library login.
cap_find B2 Search engines at home, mostly.
cap_voice 2 They had heard of the parents’ survey and not of its results.
cap_voice B2 Families’ views stay in the file of the case.
sys_supervision 2 It depends on the supervisor; two are asked how they know.
sys_supervision B1 Five of the examples were of dates and tasks alone.
sys_supervision =2 Two of six are asked in earnest, so it is more than a form.
sys_audit 2 A grade arrives by email.
sys_audit B2 They could name a grade and no conversation.
sys_data 2 Figures are put up when a target is missed.
sys_data B2 The dashboard belongs to the managers, they say.
pra_assess 3 Told how a chronology and the child’s words carried a judgement.
pra_assess B3 Reasons were tied to what was seen, in most examples.
pra_voice 2 The box for wishes is filled in, and the plan reads the same without it.
pra_voice B2 One example of a change, from a worker who knew the child for years.
pra_review 2 Goals are in broad words, such as better routines.
pra_review B2 Drift is noticed when somebody leaves.
lea_act 2 Gave their views on the office move and heard nothing.
lea_act B2 Could trace one of four worries that they had raised.
cul_safe 2 Doubts are shared on the way to the car park.
cul_safe B1 All the stories of mistakes ended with who was to blame.
cul_safe =2 They do tell one another, though not in meetings.
cul_curious 1 Decisions are announced; one question last year was held against someone.
cul_curious B1 No example of a question that was answered with reasons.
ski_read 2 A few read research; the others ask them.
ski_read B2 Abstracts only, by their own account.

I06 interview focus_group other_practitioners | Early help | operational | 2025-09 | 7
cap_evaluate 1 A new group is said to go well because families come.
cap_voice 3 Parents are asked at the end, and the team talks about it.
sys_supervision 1 Cases, dates and tasks; nobody recalled another question.
sys_data 2 They have seen a screen with colours on it.
pra_choice 2 What has a place is offered first.
pra_voice 3 Parents’ words are in the plan, with what follows from them.
pra_review 3 Look together with the parent at what has changed.
lea_direction 2 They think that leaders want shorter lists.
lea_close 3 The director came to a group and helped with the chairs.
cul_share 2 Heard of other teams at the yearly event.
cul_try 1 New forms arrive, and old ones stay.
ski_listen 3 Use play, pictures and walks, and write down the words.

I07 interview interview registered | Children in care and care leavers | operational | 2025-10 | 2
cap_weigh 2 One had asked where a claim in a report came from.
sys_plan 2 The plan reached them as a list of dates.
sys_audit 2 Audited twice, and told the result once.
pra_voice 2 Young people are heard; what follows depends on the worker.
pra_rethink 3 A monthly slot for cases that do not fit.
lea_model 2 Learn of reasons from colleagues who were in the room.
lea_resource 2 Study time is agreed and then lost to cover.
cul_safe 2 Would tell their own manager and nobody above.
cul_outward 2 Partners are met about single cases.
ski_explain 3 Practise with each other how to tell a young person no.
"""

VISITS = """
O01 observation group_supervision registered | Assessment and safeguarding | operational | 2025-09 | 6
sys_supervision 2 One question about reasons in an hour, left half answered.
pra_rethink 2 A second explanation was named and dropped.
cul_safe 2 Two doubts were voiced in a low voice.
ski_coach 2 The manager gave three answers and asked one question.

O02 observation group_supervision other_practitioners | Early help | operational | 2025-10 | 6
sys_supervision 1 The list of families was gone through by date.
pra_choice 2 Talk of which course has room.
cul_safe 3 One person said that they did not know, and was helped.
ski_listen 3 The worker kept what the child said apart from any reading of it.

O03 observation team_meeting | Children in care and care leavers | operational | 2025-10 | 11
cap_find 2 A question was left open at the end.
cap_find B2 Someone offered to ask around.
cap_voice 2 One compliment was read out.
cap_voice B2 A complaint was answered and not talked about.
sys_data 2 The figures were shown and passed over.
sys_data B2 A red number was explained away.
pra_review 2 Work done was reported, not what it changed.
pra_review B2 One change for a young person was mentioned.
cul_share 2 A line from the newsletter was read.
cul_share B2 No lesson from elsewhere was taken up.
lea_act - Nothing that leaders had done came up in this meeting.

O04 observation leadership_meeting | | strategic | 2025-10 | 8
cap_own_data 2 A question was put to the analyst, for the month after next.
sys_plan 3 The review began with what had changed for children.
lea_model 3 A leader asked what the main claim rested on.
lea_close 2 One visit was mentioned, in passing.
lea_act 3 Three actions with owners, and who will tell staff.
cul_curious 2 The chair asked for other views with two minutes left.
cul_try 2 A disappointing result was noted without a decision.

O05 observation case_discussion registered | Children in care and care leavers | operational | 2025-09 | 4
sys_supervision 2 Reasons were asked for once, about contact.
pra_assess 3 What was reported and what was seen were kept apart.
pra_voice 2 The wish was read out, and the plan stayed as it was.
pra_review 3 Goals were read and compared with life now.
"""

PAPERS = """
D01 document strategy | | strategic | 2025-08 |
cap_weigh 2 Sources are listed at the end, all as if they weighed the same.
sys_plan 3 Figures, studies and two staff events stand behind the aims.
lea_direction 3 Two questions to be answered, with dates.

D02 document improvement_plan | | strategic | 2025-09 |
cap_evaluate 3 Most new actions have a starting figure.
sys_plan 3 Each action names the finding that it answers.
lea_resource 2 Money is named for one of five actions.
lea_act 3 Finished actions carry a line on what they changed.
cul_try 2 Dates of checks are there for half of the actions.

D03 document supervision_policy | | operational | 2025-09 |
sys_supervision 4 New this year: asks what judgements rest on, with example questions.
sys_supervision B4 Time for thinking is set apart from time for tasks.
cul_curious 3 Says how a member of staff may challenge a decision.

D04 document supervision_records | | operational | 2025-10 |
sys_supervision 3 Seven of ten records give the reasons for a main decision.
pra_voice 2 Wishes and feelings are short and alike.
pra_review 3 Most say whether help is working.
ski_coach 2 Advice is written down, the worker’s own thinking seldom.

D05 document audit_report | | both | 2025-08 |
cap_voice 3 What six parents said stands beside the auditors’ view.
sys_audit 3 Five changes, each with an owner.
pra_assess 3 Asks whether judgements rest on named evidence.
cul_share 2 Lessons are listed, without the teams that need them.

D06 document court_report | Assessment and safeguarding | operational | 2025-09 |
pra_assess 3 Most judgements name their facts.
pra_assess B3 Opinion is marked as such.
pra_choice 2 Why this help and not another is seldom said.
pra_voice 2 The child’s words are quoted, away from the actions.
ski_listen 3 Words of the child with date and place.
ski_explain 2 Recommendations lean on set phrases.

D07 document performance_report | | both | 2025-10 |
cap_own_data 3 Answers one question that managers had asked.
sys_data 3 A page for each team, new since summer.
lea_model 2 No trace of what leaders asked.
ski_read 2 Charts without a word on what they cannot show.

D08 document training_plan | | strategic | 2025-08 |
cap_find 3 Names the page and the person, and puts both into induction.
lea_resource 2 Encourages learning and gives no hours.
ski_learn 3 Each course names the audit finding that led to it.

D09 document commissioning_specification | | strategic | 2025-09 |
sys_commission 3 Names the changes expected for children and a review date.

D10 document data_review | | both | 2025-10 |
cap_own_data 2 Thirty-one working days from a question to an answer.
sys_audit 2 A quarter of audit actions were checked for effect.
pra_review 3 Six in ten reviews record progress on every goal.
lea_act 2 Fifty-two days from a finding to a message to staff.
"""

QUOTES = """
I01 lea_act no | We act on most of it. I am less sure that we tell people.
I03 sys_supervision yes | The policy is a good one. Now we have to become the people in it.
I05 cul_curious yes | I asked why once. I have not asked again.
I06 pra_review no | We sit down with mum and look at what we wrote in spring. It is quite simple.
I07 pra_voice yes | We ask them what they want, and then the plan is the plan.
"""

REVIEWS = """
systems observation-document confirmed | The policy is new, and the sessions that we watched lag behind.
systems written_not_done confirmed | Agreed by both of us after reading the policy beside our notes.
systems leaders_above_practitioners confirmed | Managers and staff described the same supervision differently.
culture leaders_above_practitioners confirmed | Heard in the talks as well as in the survey.
"""
