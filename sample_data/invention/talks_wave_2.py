"""What was heard in nine interviews and focus groups of wave 2, all of it invented.

A block begins with its record: id, source, kind and role group; area; level; month; people. Each rating is a
line: the characteristic, the stage ("-" is not seen) and the reason. "B" before a stage is the second rater,
"=" what both agreed on after they had differed.
"""

TALKS = """
I01 interview interview leaders | | strategic | 2026-09 | 1
cap_find 3 Named one page and one analyst to go to, and a question that was taken there in June.
cap_weigh 3 Described a paper that was sent back because a small local survey carried too much.
cap_voice 3 Quoted three themes from parents and could say how each had been gathered.
sys_plan 3 The early help plan began with figures, staff accounts and a review of studies.
sys_commission 3 The last mentoring contract asked for evidence and has a yearly look at results.
pra_voice 3 Gave two recent plans that were changed after a young person spoke at panel.
lea_model 4 Told of a closure that was reversed once families’ accounts were set beside the figures.
lea_direction 3 Three questions for the year are written down, and each has a reason beside it.
lea_close 3 Sits in on practice every month, to a plan, and keeps a note of what surprised.
lea_act 4 Traced one audit finding to a change, a second look and a message back to staff.
cul_safe 3 Told all managers of a wrong call last spring and of what was changed afterwards.
cul_curious 3 Gave the name of a panel rule that went because a new worker asked what it was for.
cul_outward 3 Two visits to other councils this year, each with a written note of what was adapted.
ski_listen 3 Had read visit notes closely and knew which teams use play and drawing.
ski_coach 2 Has seen some managers coach well, and thinks that most still give the answer.

I02 interview interview leaders | | strategic | 2026-09 | 2
cap_weigh 3 Both ask how a figure was made, and one decision waited for a better count.
cap_own_data 3 The analyst answered a question on repeat referrals in three weeks and said what was missing.
cap_evaluate 2 Reviews of new projects are thought of near the end, mostly for the funder.
sys_plan 3 The placement plan is looked at twice a year against the sources that it began with.
sys_audit 2 An audit led to new chronologies; nobody went back to see if they are better.
sys_commission 2 Bidders are asked for evidence, but nobody could say how it was scored last time.
pra_choice 3 At resource panel two kinds of help are usually set side by side.
pra_review 3 Reads a monthly page on progress of plans and asks about those that stand still.
lea_model 3 Every large proposal answers four questions, and the minutes give the reasons.
lea_resource 3 An analyst and a library login are paid for until 2028, whatever the grants do.
cul_curious 3 Asked for the other side at the last two away days and changed one proposal.
cul_try 3 The new duty rota was tried in one office first, with a date to decide.
cul_outward 3 A parents’ group and two partner agencies sit in the improvement board, with a task.
ski_read 2 Trusts two colleagues to read research for the rest, and says so.
ski_learn 2 Courses come from appraisals; what happened afterwards is known only for one of them.

I03 interview focus_group team_managers | | operational | 2026-09 | 6
cap_find 2 Four of six would ask a colleague first; two knew of the evidence page.
cap_own_data 2 Managers keep counts of their own, since requests to the data team take too long.
cap_voice 3 All had talked in a team meeting about the summer summary of parents’ views.
sys_plan 2 Team plans repeat the service plan; few could say why the actions should work.
sys_supervision 3 Five described asking “how do you know?” and gave the words that they use.
sys_data 3 A one-page report is discussed each month, with a case to explain a figure.
pra_assess 3 They send back assessments in which the main judgement has no source.
pra_review 2 Goals are often broad, and drift is noticed when a worker leaves.
pra_rethink 3 Gave two cases in which another explanation was named and then tested.
lea_model 3 Proposals to senior leaders now come back with questions about what they rest on.
lea_resource 2 The learning hour is in the rota and is the first thing to go in a busy week.
cul_safe 3 Most thank staff who own up, and gave examples of what was changed.
cul_safe B3 Examples of slips that were reported early, from four of the six.
cul_share 2 Lessons travel by email and between friends; nobody could name one from this year.
cul_share B3 A monthly slot exists in one service, and two managers use it.
cul_share =2 One service has a slot; for the others it is email, so developing.
ski_read 2 Rely on one manager to explain charts; the others read whether the line goes up.
ski_read B2 They say themselves that they skip the methods part of a study.
ski_explain 2 Reasons are given to families who ask, often in the words of the form.
ski_explain B2 Two showed letters; both used set phrases where a reason was needed.
ski_coach 3 Four ask first and advise later, and come back to it at the next session.
ski_coach B3 Clear accounts of questions that were left with a worker to pursue.

I04 interview interview team_managers | Assessment and safeguarding | operational | 2026-10 | 1
cap_weigh 2 Asks where a claim comes from, but gives every source the same weight.
sys_supervision 3 Has one question about evidence on the form and says that it is always asked.
sys_audit 3 Audits are done together with the worker, and last month’s led to a new visit form.
pra_assess 3 Showed how a judgement was tied to a chronology before it was signed.
pra_voice 3 Told of a plan that was rewritten after a child drew what bedtime is like.
pra_rethink 3 Sets ten minutes aside in harder cases to name another explanation.
lea_close 3 A head of service spent a day with the team in May and asked what is not working.
lea_act 3 Heard within a month what would be done about the backlog, and what would not.
cul_safe 3 Two workers came with slips of their own this year and were helped.
cul_try 2 A pilot of longer visits simply stopped; nobody was told what was learned.
ski_listen 3 Watches visits twice a year and talks over how a silent child was heard.
ski_explain 3 Rehearses hard explanations with workers before they meet a family.
ski_coach 3 Holds back advice and asks what the worker makes of it; gave a recent example.

I05 interview interview team_managers | Early help | operational | 2026-10 | 2
cap_find 2 One searches at home in the evening; the other asks a former colleague.
cap_evaluate 2 The parenting course is judged by attendance and a form on the last day.
sys_supervision 3 Both say that they ask each time what a judgement rests on, and write it down.
sys_data 3 The team looks at its own page each month and asks families what lies behind it.
sys_commission 3 Both were asked how families found a service before the contract was renewed.
pra_choice 3 Compare two offers with the parent and write the reason in the plan.
lea_direction 3 Both could give two of the three questions that leaders have published.
lea_act 3 A worry about waiting lists led to a change, and the team was told.
cul_curious 2 Questions are welcome at the end of meetings, when there is little time left.
cul_share 3 Teams swap one lesson a month on a shared page, and one visit came of it.
cul_try 3 Wrote down beforehand what would count as success for the new drop-in.
ski_read 2 Can say that a line goes up or down and would not go further.
ski_listen 2 Workers have worksheets; fathers and quiet teenagers are seldom heard.
ski_learn 2 Staff tell the team about a course, and then it is not mentioned again.

I06 interview focus_group registered | Assessment and safeguarding | operational | 2026-10 | 7
cap_find 2 Two of seven had used the evidence page; the rest ask whoever sits near.
cap_find B2 Searches are done alone and in a hurry, often late in the day.
cap_own_data 2 They doubt the figures, since the fields mean different things in each team.
cap_own_data B2 Nobody could recall a figure that had answered a question of theirs.
cap_voice 2 Know that a summary exists; one person had read it.
cap_voice B2 Families’ views beyond their own cases reach them by chance.
sys_supervision 2 Some are asked how they know; for others it is dates and tasks.
sys_supervision B2 Depends wholly on the supervisor, by all accounts.
sys_audit 2 Reports come by email, and the same points return in the next round.
sys_audit B2 Three were told a grade; none sat down with the auditor.
sys_data 2 A dashboard is shown when something turns red, and then put away.
sys_data B2 Seen as the manager’s figures and not as the team’s own.
pra_assess 3 Described tying the main judgement to visits, records and the child’s words.
pra_assess B3 Several said that managers return work in which the reason is missing.
pra_voice 3 Gave plans that changed after a child spoke, and how the child was told.
pra_voice B3 Good detail on going back to families, from five of the seven.
pra_review 2 Reviews count visits; what should be better by when is often not written.
pra_review B3 Two keep agreed signs with families between reviews.
pra_review =2 Two people do so by themselves; it is not how the teams work.
pra_rethink 2 Other explanations come up when a manager asks, and rarely lead to a check.
pra_rethink B2 Useful talk in meetings, but little sign that anybody went to find out.
lea_direction 2 Leaders speak up for evidence; nobody knew what they want to find out.
lea_direction B2 Evidence was linked to inspection more than to children’s lives.
lea_close 3 A senior leader came on a visit in July and asked what is hard.
lea_close B3 Two told of unwelcome news that was taken well.
lea_act 2 Gave their views on caseloads in spring and have heard little since.
lea_act B2 A newsletter mentioned one change; the others they could not trace.
cul_safe 2 Doubts are told to people whom they trust, after the meeting.
cul_safe B3 Several said openly in the group that they had not known something.
cul_safe =2 They were open with us; about meetings they were far more careful.
cul_curious 1 A question is heard as resistance, they say, and decisions are announced.
cul_curious B2 Invited to ask at the end, though the same two people do.
cul_curious =1 The invitation is there in form only, and the examples were all of silence.
cul_share 2 News comes in a bulletin; nobody could name a lesson from another team.
cul_share B2 Tips pass between friends from the same training year.

I07 interview focus_group registered | Children in care and care leavers | operational | 2026-10 | 6
cap_weigh 2 A strong story and a large study were given equal weight in their examples.
cap_evaluate 2 Told of one review of a new scheme, made because the grant asked for it.
sys_plan 2 The service plan reached them as a list of tasks with dates.
sys_supervision 2 Sessions are warm but short, and reasons are gone into once a month at most.
sys_audit 3 Auditors sit down with the worker here, and two changes were named.
pra_assess 2 Quality depends on who writes; two described copying forward old text.
pra_voice 4 Young people draft parts of their plans and can point to what they altered.
pra_rethink 3 A monthly slot looks at cases that do not fit, and someone reports back.
lea_model 2 Reasons for big decisions come with the third email, if at all.
lea_resource 2 Time for learning is promised and then lost to cover.
cul_safe 2 They admit doubts to each other and choose with care whom else they tell.
cul_safe B1 Fear of blame came up in every example of something that went wrong.
cul_safe =2 Blame is feared, but they do speak to one another, so developing.
cul_curious 2 Challenge is taken well by their own manager and stops there.
cul_curious B2 Questions upwards are put in writing and often not answered.
cul_try 2 Pilots begin with an aim and fade without anyone deciding.
cul_try B3 One trial had a date and a decision to drop it.
cul_try =2 One good example against three that faded away.
cul_outward 3 Care leavers and a health partner sit in a working group with a clear task.
cul_outward B3 The group’s notes show what care leavers added.

I08 interview focus_group other_practitioners | Early help | operational | 2026-09 | 8
cap_find 2 One keen worker searches for all; the others did not know of the page.
cap_evaluate 1 Asked how the new group is going, they told of one family that did well.
cap_voice 3 Parents are asked at set points, and the team talks about the themes.
sys_supervision 1 Sessions go through cases and dates; nobody recalled a question about reasons.
sys_data 2 Have seen figures on a screen; no one could say what they mean for families.
pra_choice 2 Families get what has a place; two knew which programmes have been tested.
pra_voice 3 Plans carry the parent’s own words, with the action that follows from them.
pra_review 3 Agree with the family what better would look like, and look at it together.
lea_direction 2 They guess that leaders want to know about demand.
lea_close 3 The director sat in a parents’ group in spring and stayed to listen.
cul_safe 2 Fine within the team; with other services they keep quiet.
cul_curious 2 Feel that a registered colleague’s view counts for more than what parents say.
cul_share 2 Hear of other teams’ work at the yearly event and hardly otherwise.
cul_try 2 Asked to try a new form, and never heard whether it was any better.

I09 interview interview other_practitioners | Children in care and care leavers | operational | 2026-10 | 2
cap_find 1 Both rely on memory and on each other; neither knew of a person to ask.
cap_weigh 2 One had doubted an account in a report and asked where it came from.
cap_voice 2 Know the views of their own young people and of no others.
sys_supervision 2 A heading for reflection is filled in now and then, in a line or two.
sys_commission 2 Suggested a service because it was nearby; nobody has asked how it went.
pra_choice 2 What is on offer is chosen by distance and waiting time.
pra_voice 3 Went back to a young person to explain why a wish could not be met.
lea_resource 3 Have four hours a month, kept free by their manager, and use them.
lea_act 3 A complaint about phones was answered in three weeks, with reasons.
cul_safe 1 Something that went wrong was kept between the two of them, for fear of blame.
cul_share 1 Could not name anything learned from another team.
cul_outward 2 Contact with partners is about single cases.
"""
