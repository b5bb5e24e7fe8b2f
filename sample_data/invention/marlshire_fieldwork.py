"""What was heard, seen and read in the large county in wave 2, all of it invented.

Blocks are written as in ``talks_wave_2``.
"""

TALKS = """
I01 interview interview leaders | | strategic | 2026-03 | 1
cap_weigh 4 Showed two papers in which the strength of each source is graded and argued.
cap_evaluate 3 No new service starts without a first measure and a date to decide.
sys_plan 4 The plan was changed in autumn because a study and our own figures disagreed.
sys_commission 3 Three contracts were ended on their results last year.
lea_model 3 Sends proposals back when the source is missing, and could name the last one.
lea_direction 3 Four questions for the year, each with an owner.
lea_resource 4 Nine analysts and a library, with money that does not hang on grants.
lea_close 2 Reads a great deal about practice and sees little of it.
cul_outward 3 Two universities and three neighbours work with the county to a plan.
ski_read 3 Explained an interval to members without being asked.

I02 interview interview leaders | | strategic | 2026-03 | 2
cap_own_data 4 Any manager can ask the insight team, and most answers come in a week.
cap_voice 2 Surveys of families are many, and nobody puts them together.
sys_data 3 Every team has a page, and someone to ask what it means.
pra_review 2 The county counts plans that were reviewed and not what came of them.
lea_close 2 Visits are arranged a month ahead, and people prepare for them.
lea_act 2 Findings become actions; who told the staff, nobody was sure.
cul_safe 2 Believes that people speak up, from what managers report.
cul_share 2 Good work is written up on a site that few open.
cul_try 3 Two pilots were stopped last year, and the report says why.

I03 interview focus_group team_managers | | operational | 2026-03 | 8
cap_find 3 Six of eight had used the library service and told what they did with it.
cap_own_data 3 The insight team answers fast and says what is missing.
sys_supervision 3 All use the county’s four questions and had the card with them.
sys_audit 3 Audit findings come with an owner, and half had been looked at again.
sys_audit B3 Could name what had been changed after the winter audits.
sys_data 4 The page is on the wall, with the team’s own comment under it.
sys_data B3 Used each month; whether it changes anything is less clear.
sys_data =3 One example of a change was given, so established and not yet more.
pra_rethink 2 Second thoughts come up when a case goes wrong.
lea_close 1 Three had never met a senior leader in their own office.
lea_close B1 Leaders are known from films on the staff site.
lea_act 2 They send worries up and seldom hear what became of them.
lea_act B2 One answer in the past year, and it came by newsletter.
cul_safe 2 Owning up is safe with one’s own manager and no further.
cul_share 1 Nobody could say what the neighbouring locality does about the same thing.
ski_coach 3 Told how they were trained to ask first, and gave examples.

I04 interview focus_group registered | Child protection and court, east | operational | 2026-03 | 6
cap_find 3 Four had a summary from the library on their desks.
cap_weigh 3 Could say why one study did not fit a family here.
sys_supervision 2 The card is read out and the answers are short.
pra_assess 3 Reports name the facts; the judges have said so.
pra_choice 2 What is offered depends on which locality the child lives in.
pra_voice 2 The child’s words are written down and seldom move the plan.
pra_rethink 2 Time for another explanation is the first thing to go.
lea_model 2 They know what leaders ask for from forms.
lea_close 1 Met a senior leader at an award evening.
cul_safe 2 Careful with doubts when other teams are there.
cul_curious 2 Challenge goes down the line more easily than up.
ski_listen 3 Each could name three ways to hear a child who says little.

I05 interview interview other_practitioners | Family hubs, Northwold and the coast | operational | 2026-04 | 2
cap_find 1 Did not know that the library is for them too.
cap_voice 3 Keep a book of what parents say and read it together each month.
sys_data 2 The page counts visits, and they wonder what it is for.
pra_voice 3 A group was moved and shortened because mothers had asked.
pra_review 3 Go back after three months and ask what lasted.
lea_resource 1 No login, no learning time, and an hour’s drive to the training.
lea_direction 2 Think that the questions of the county are about other services.
lea_act 1 Wrote to county hall twice and had no answer.
cul_share 1 Have never seen another hub at work.
cul_try 3 Tried two new evenings, judged them after six weeks and kept one.
ski_learn 2 Courses are on a screen, and nobody asks what came of them.

I06 interview focus_group support | Business support, all localities | operational | 2026-04 | 7
cap_own_data 3 Are asked what a figure leaves out, and their notes are used.
cap_voice 2 Hear a good deal at the front desk that nobody collects.
sys_data 3 Make the pages and could explain each line.
sys_commission 2 Type the reports on contracts and do not hear what was decided.
lea_act 2 One idea of theirs was taken up, after a year.
cul_safe 2 Mistakes are put right quietly.
cul_share 2 Share with each other by message and with no one else.
ski_read 3 Two teach new managers to read the page.
"""

VISITS = """
O01 observation leadership_meeting | | strategic | 2026-03 | 11
cap_weigh 3 Someone asked how two figures had been made, and one was withdrawn.
cap_own_data 3 The analyst said plainly what the records cannot show.
sys_plan 3 The review began with what had changed for children.
lea_model 3 The chair asked what a claim rested on before the vote.
lea_close 1 Nobody spoke of anything seen or heard in practice that month.
lea_act 2 Owners and dates were set; telling staff was not mentioned.
cul_curious 3 Another view was asked for and had its time.
cul_curious B3 One member changed position and said why.
cul_outward 3 A care leaver spoke for ten minutes and was asked three good questions.

O02 observation team_meeting | Children in care, west | operational | 2026-03 | 10
cap_find 3 Two people offered to look a question up, and said by when.
cap_voice 1 What young people have said did not come up.
sys_data 3 The page was on the table, and a red figure was explained with a case.
lea_act 1 Asked what had come of an earlier point, the manager did not know.
cul_safe 2 A doubt was voiced, and the talk went on.
cul_safe B2 One slip was told as a joke.
cul_share 1 Nothing from any other team.
ski_read 3 Somebody asked whom the figure leaves out.

O03 observation group_supervision registered | Assessment and intervention, Hartsmere | operational | 2026-03 | 6
sys_supervision 2 The four questions were read out, and the first one was answered.
sys_supervision B2 The card was used as a list.
pra_choice 2 A programme was chosen because it had room.
pra_rethink 2 A second explanation had two minutes.
cul_safe 2 The worker said at the end what had not been asked.
ski_listen 3 What was said was kept apart from what was made of it.
ski_coach 3 The manager asked twice before giving a view.

O04 observation audit_moderation | Independent reviewing officers and child protection chairs | both | 2026-04 | 8
sys_audit 3 Reasons came before grades, and each finding left with an owner.
pra_assess 3 Auditors pointed to the lines that carry the judgement.
lea_close 1 No senior leader was there, though two were expected.
cul_share 2 One finding was marked for other teams, in general words.
ski_coach 3 A new auditor was helped to find the grounds for a grade.

O05 observation panel | Commissioning, placements and contracts | strategic | 2026-04 | 9
cap_weigh 3 Members kept apart what is known and what is assumed.
sys_commission 3 Results for similar children were on the second page and were used.
pra_choice 3 Three placements were compared, with reasons.
pra_voice 1 Nobody in the room could say what the child wants.
ski_explain 2 The reasons were sound and would need putting into plain words.

O06 observation case_discussion registered | Children in care, east | operational | 2026-04 | 4
sys_supervision 2 Tasks first; the question came when time had run out.
pra_assess 3 Seen and reported were kept apart.
pra_voice 2 The child’s words were quoted and left.
pra_review 2 The goals were read out, and the talk turned to referrals.
"""  # noqa: E501 (the names of areas are as long as they are)

PAPERS = """
D01 document strategy | | strategic | 2026-02 |
cap_weigh 4 Grades each source, and says where two of them differ.
sys_plan 4 Sets figures, studies, staff and families side by side.
pra_choice 3 Says for whom each service is meant.
lea_direction 4 Four questions, each with the reason for asking it.
cul_try 3 Says what would make the county stop each new project.
cul_outward 3 Names partners and what was taken over from them.

D02 document improvement_plan | | strategic | 2026-02 |
cap_evaluate 4 Every action has a first measure, a date and a rule for stopping.
sys_plan 3 Two actions changed at half-year, with reasons.
lea_model 3 Marks what is a best guess.
lea_resource 3 Names hours and money for each action.
lea_act 3 Each action names its finding.
cul_try 3 One pilot is reported as ended.

D03 document supervision_policy | | operational | 2026-01 |
sys_supervision 4 Four questions, an example for each, and time set aside.
sys_supervision B4 The clearest policy that either of us has read this year.
cul_curious 3 Says how to disagree, and that it is to be noted.

D04 document supervision_records | Child protection and court, east | operational | 2026-03 |
sys_supervision 2 The four headings are filled in, mostly with a line each.
pra_voice 2 The child is quoted; the action beside it is the standard one.
pra_review 2 Progress is a list of visits.
pra_rethink 1 One of fourteen notes another explanation.

D05 document audit_report | | both | 2026-03 |
cap_voice 2 Six parents were asked, and one line sums them up.
sys_audit 3 Five changes, each with an owner and a date for looking again.
pra_assess 3 Says how often the reasons could be followed.
cul_share 2 Is sent to all, with no word on who should do what.

D06 document court_report | Child protection and court, west | operational | 2026-03 |
pra_assess 3 Seven of nine name the facts behind the judgement.
pra_choice 2 The reason for the service is given in three of nine.
pra_voice 2 Words of the child stand apart from the plan.
ski_explain 2 Correct, and hard going for a parent.

D07 document performance_report | | both | 2026-03 |
cap_own_data 4 Answers five questions of managers, with notes on what is missing.
sys_data 4 A page for each team, with trend, interval and comment.
pra_review 2 Forty counts of work done, and three of change for children.
ski_read 3 Explains once what an interval is, and well.

D08 document commissioning_specification | | strategic | 2026-02 |
sys_commission 4 States need from three kinds of source and the results that are expected.

D09 document training_plan | | strategic | 2026-01 |
cap_find 3 A morning in the library is part of every induction.
lea_resource 3 Hours are given by role; family hubs are not among them.
ski_learn 3 Each course has a follow-up after eight weeks.
cul_share 2 Lists events, none of them in the localities.

D10 document data_review | | both | 2026-04 |
cap_own_data 4 Six working days from a question to an answer.
cap_evaluate 3 Eleven of fourteen new services had a first measure.
sys_audit 3 Three in four audit actions were checked for effect.
pra_review 2 A third of reviews record progress on every goal.
lea_close 1 One senior leader in nine has a note of a visit this quarter.
lea_act 1 Ninety-one days from a finding to a message to staff.
"""

QUOTES = """
I01 cap_weigh yes | We grade the source first. It takes the heat out of the room.
I02 lea_close no | I read about practice every day. I know that it is not the same.
I03 lea_act yes | We send it up, and it goes very quiet.
I04 sys_supervision yes | The card is good. The hour is too short for the card.
I05 lea_act yes | County hall is forty miles away. Some days it feels further.
I05 pra_review no | After three months you find out what you really did.
I06 ski_read yes | I make the page. I was pleased when somebody asked me what it means.
"""

REVIEWS = """
capability observation-document overruled | Papers speak for the county, visits for teams; both can be true.
leadership observation-document confirmed | The plan says how staff are told; in five sittings nobody was.
leadership written_not_done confirmed | Two of us compared the plan with our notes of the meetings and agree.
leadership said_not_seen confirmed | Leaders describe visits and answers that no team could remember.
"""
