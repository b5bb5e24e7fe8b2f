"""What was seen in six observations and read in fourteen documents of wave 2, all of it invented."""

VISITS = """
O01 observation group_supervision registered | Assessment and safeguarding | operational | 2026-09 | 6
sys_supervision 1 Forty minutes of dates and tasks; no one asked what a judgement rested on.
sys_supervision B1 From event to task each time, with the reasons left out.
pra_choice 2 A programme was named, and nobody asked for whom it works.
pra_rethink 2 One other explanation was offered and then dropped.
cul_safe 2 One worker spoke of a gap in what was known, rather quietly.
cul_safe B2 One doubt was voiced and met with a nod.

O02 observation group_supervision registered | Children in care and care leavers | operational | 2026-10 | 5
sys_supervision 2 The question “how do we know?” was asked once, and nobody waited for the answer.
pra_rethink 3 Ten minutes on another explanation, and one person agreed to find out.
cul_safe 2 The manager was open about a judgement; the group stayed cautious.

O03 observation group_supervision other_practitioners | Early help | operational | 2026-10 | 7
sys_supervision 2 The record has a heading for evidence; two lines were read out and left.
pra_choice 2 The talk went to which group has room, with one question about results.
cul_safe 3 Two people said “I am not sure” and others offered to help find out.

O04 observation case_discussion registered | Assessment and safeguarding | operational | 2026-09 | 5
sys_supervision 2 The supervisor asked for reasons in one of four cases.
pra_assess 3 Seen, reported and own view were kept apart by the worker.
pra_voice 3 The child’s own words came first, and one action was changed.
pra_review 2 Goals were mentioned; the talk then listed referrals.
pra_rethink 2 A doubt was voiced and the meeting moved on.

O05 observation team_meeting | Early help | operational | 2026-10 | 12
cap_find 2 A question was left open until one person offered to look.
cap_find B2 Nobody asked what is already known before the talk began.
cap_voice 3 The summary of parents’ views was on the table and led to two ideas.
cap_voice B3 The team asked which parents had not been heard.
sys_data 2 The team’s page was shown for three minutes, with reasons for a red figure.
sys_data B2 Figures were read out and hardly discussed.
pra_review 3 One worker reported a change for a child and what would stop now.
pra_review B3 The team asked what to stop as well as what to start.
cul_safe 2 One slip was told with a joke, and the room went on.
cul_safe B2 Nobody said that they did not know, though some looked it.
cul_share 2 A lesson from elsewhere was read from the bulletin.
cul_share B1 Nothing from another team that anyone took up.
cul_share =2 It was read out, so there is news, but no use was made of it.
cul_try 2 Someone asked if a form still helps; the answer was put off.
cul_try B2 A new idea without a word on how it would be judged.

O06 observation panel | | strategic | 2026-10 | 9
cap_weigh 2 Sources were listed, and the longest report carried the day.
sys_commission 2 Cost and places were talked about; results of the service once.
pra_choice 3 Two kinds of help were compared, and the parent’s wish was read out.
pra_voice 3 The chair asked what the young person wants, and waited.
cul_curious 2 One challenge was heard; junior members kept silent.
cul_outward 3 A school brought knowledge of its own, and it altered the offer.
"""

PAPERS = """
D01 document strategy | | strategic | 2026-09 |
cap_weigh 3 States for most choices how strong the evidence is, with a box on where sources differ.
sys_plan 3 Cites figures, studies, staff and families, each with a date.
pra_choice 3 Says for whom each main service is meant and what its results are here.
lea_direction 3 Lists three questions to answer, with dates and a person.

D02 document improvement_plan | | strategic | 2026-09 |
cap_evaluate 3 Each new way of working has a starting figure and a review date.
sys_plan 4 Two actions were dropped at midyear because the evidence had turned; reasons are given.
sys_plan B4 Changes at the last review are listed, each with what was learned.
lea_model 3 Marks which choices are well founded and which are a best guess.
lea_model B3 Reasons for changes of course are written down.
lea_direction 3 Most priorities say what leaders still need to find out.
lea_resource 3 Names the analyst’s hours and the money for feedback work.
lea_act 3 Each action names its finding; some finished ones say what they changed.

D03 document supervision_policy | | operational | 2026-08 |
sys_supervision 4 Gives example questions for all four kinds of evidence and sets thinking time aside.
sys_supervision B4 The clearest of the papers: questions, time, and supervisors watching each other.
cul_curious 3 Says how to challenge a decision and asks managers to record it.
cul_curious B3 Differences of view and how they were settled are to be written down.

D04 document supervision_records | | operational | 2026-09 |
sys_supervision 3 Twelve records read: nine have typed reasons for one main decision.
pra_voice 3 Most entries say what the child said and what was done about it.
pra_review 3 Entries say whether help is working, though how that is known is thin.
pra_rethink 2 One record in four notes another explanation.

D05 document supervision_records | Children in care and care leavers | operational | 2026-10 |
sys_supervision 2 The prompt is filled in on ten of twelve records, mostly with the same words.
pra_voice 3 Young people’s words stand beside the action, and who tells them is noted.

D06 document audit_report | | both | 2026-08 |
cap_voice 3 Sets what eleven parents said beside the auditors’ own view.
sys_audit 3 Limits itself to four changes, each with an owner and a date.
pra_assess 3 Says how often the reasoning could be followed, and gives an example.
pra_rethink 3 Looks at whether early views were tested as news came in.
lea_close 3 Two senior leaders read cases, and the report says what they saw.

D07 document audit_report | Children in care and care leavers | operational | 2026-10 |
cap_voice 4 Young people helped to choose the questions, and the report says who is missing.
sys_audit 3 Asks why, and reports on the effect of two earlier actions.

D08 document court_report | Assessment and safeguarding | operational | 2026-09 |
pra_assess 3 In six of eight reports the main judgement names its facts.
pra_assess B3 Opinion and observation can be told apart in most of them.
pra_choice 2 The service is named; why this one is seldom said.
pra_choice B2 A reason for the choice in two of eight.
pra_voice 3 The child’s words stand next to the action that follows.
pra_voice B3 Wishes that are not met are explained in most reports.
pra_review 3 Goals say what would be different for the child, and by when.
pra_review B3 Progress is shown with facts, and the parent’s view is there.

D09 document court_report | Children in care and care leavers | operational | 2026-10 |
pra_assess 2 Research is quoted in general and the gaps are not stated.
pra_choice 2 One option only in five of seven plans.
pra_voice 3 Young people’s words, with the reason where a wish is refused.
pra_review 2 Progress is a list of meetings held.
pra_rethink 3 Facts that point the other way are set out and answered.

D10 document performance_report | | both | 2026-10 |
cap_own_data 3 Answers two questions that managers had asked and says how complete the records are.
sys_data 3 One page a team, with the trend and a comment from practitioners.
pra_review 2 Counts visits and deadlines; one measure of what children gain.
lea_model 2 Leaders’ questions are noted, the answers are not.
lea_act 3 Earlier actions come back with a line on what they did.

D11 document commissioning_specification | | strategic | 2026-09 |
sys_commission 3 A short account of need from figures, studies and parents opens the text.

D12 document training_plan | | strategic | 2026-08 |
cap_find 3 Induction has a real question to answer from two kinds of evidence.
lea_resource 2 Learning is encouraged; hours are given for new staff only.

D13 document data_review | | both | 2026-10 |
cap_own_data 2 Twenty-six working days from a question to an answer, over fourteen questions.
cap_evaluate 3 Seven of twelve new services had a first measure and a review date.
sys_audit 2 A third of audit actions were checked for effect.
pra_review 3 Six in ten reviews record progress on every goal.
lea_close 2 Two in five senior leaders have a note of a visit this quarter.
lea_act 3 Thirty-eight days from a finding to a message to staff.

D14 document commissioning_specification | Early help | strategic | 2026-10 |
sys_commission 3 Names the changes expected for children and a date to look for them.
"""

QUOTES = """
I01 lea_act yes | We told staff what we would not do as well. That was the part they thanked us for.
I03 sys_supervision yes | I know the question by heart. Whether I ask it on a Friday is another matter.
I04 pra_voice no | The drawing said more than our three pages, so we wrote the plan again.
I06 cul_curious yes | You can ask. You just learn which meetings not to ask in.
I06 cap_find no | I type it into my phone in the car. Nobody ever showed me another way.
I07 pra_voice yes | They read their plan back to us now, and they do correct it.
I08 sys_supervision yes | We go through the list. Nobody has ever asked me how I know.
I08 cap_voice no | Parents tell us what they think, and it finally goes somewhere.
I09 cul_safe no | We sorted it out between us. It seemed safer than saying.
"""

REVIEWS = """
systems observation-document confirmed | Policy and records ask how we know; in four sessions few did.
systems written_not_done confirmed | Two of us compared the policy with our notes of the sessions and agree.
systems said_not_seen confirmed | Managers know the question by heart; the sessions went on without it.
culture leaders_above_practitioners confirmed | Survey and talks show the same distance.
capability interview-document overruled | Papers cover large plans and talks daily work; both can be true.
"""
