"""What staff might write in the two open questions. Invented; written for this sample."""

HELPS_MOST = """
A manager who asks me what I think and why.
Having the analyst sit in our office one day a week.
Short summaries that I can read between two visits.
Talking a case through with someone who has no stake in it.
Hearing back from parents after we have closed.
My old lecture notes and one colleague who reads everything.
The monthly page, now that it is in plain words.
Time. When I have an hour I do look things up.
Good chronologies. Everything else rests on them.
The library login, once somebody showed me how it works.
Our team clerk, who always knows where the last report is.
Reading a closed case together and asking what we missed.
Being able to say that I am not sure.
Group supervision on the days when we really think.
Young people who correct what I have written about them.
A supervisor who remembers what we said last time.
The practice educator, who brings one study to each session.
Knowing whom to ring about figures.
Feedback cards from families, read out in the team meeting.
Seeing what happened to families after we stopped helping.
The evidence page, though it could do with a better search.
Joint visits with health, because they notice other things.
Examples of good assessments with the names taken out.
Having it in the same place as the case record.
Colleagues from other services who explain how they see it.
The audit conversations. I learn more there than on courses.
When a leader comes out and asks what is hard.
Research that says plainly for whom it does not work.
The young inspectors’ report. It was honest and short.
A quiet room and permission to use it.
Our team’s own notes on what has helped before.
Learning from complaints before they become serious.
Having a student in the team who asks why.
Knowing the area and the schools for twenty years.
Being sent the question and not only the deadline.
Practice week, because everybody looks at the same thing.
Clear questions from my manager before I write anything.
The family’s own account, written down on the day.
Nothing much at the moment, if I am honest.
Figures that I can break down for my own patch.
A reading group at lunch that three of us started.
Being trusted to try a different approach and report back.
Panel, when it asks what we know and what we guess.
Supervision notes that carry the reasons and not only the tasks.
Training that came with a follow-up visit.
Hearing how another team solved the same problem.
Case summaries that separate what was seen from what was said.
One-page guides on the most common worries.
When the data team explain what a number leaves out.
Looking at the plan with the child and asking what is different.
Seeing my feedback turn up in a changed form.
Good partners in schools who tell us early.
""".strip().splitlines()

ONE_CHANGE = """
Keep the learning hour free, also in busy weeks.
Ask the question in supervision instead of only printing it on the form.
Tell us what was decided and on what grounds.
Give every team a named person to ask.
Fewer reports, and more talk about the ones that matter.
Let us stop things that nobody believes in any more.
Let practitioners choose one of the figures that we look at.
Bring families into the room when we look at results.
A search that works on the evidence page.
Share audit lessons by conversation and not by email.
Say thank you when somebody reports a mistake.
Make it normal for managers to say that they do not know.
Protect time after training to try it out.
Send the summary of parents’ views to everyone, not only to managers.
Look back at cases a year later.
Explain the dashboard in words.
Leaders should sit in on a whole session, not the first ten minutes.
One form less for every new form.
Put support staff on the list too; we hear a lot at the front desk.
Lower caseloads, so that there is room to think.
Let teams visit each other for half a day.
Ask for evidence that we might be wrong.
Answer questions with reasons and not with seniority.
Write plans together with young people from the start.
A short case study each month from a team that got better.
Let us know when a pilot has ended and what it showed.
Give other practitioners the same access as social workers.
Train supervisors to wait for the answer.
Write reports that a parent can read on a phone.
More honest talk about what did not work.
Link what we record to something that we get back.
Have the analyst explain trends before the board sees them.
Stop asking for data that nobody looks at.
Make the reason for a service part of every plan.
Ask workers before changing the system, and tell them after.
Use the same words for the same thing in all teams.
Hold the monthly slot even when the manager is away.
Let business support join the meetings where figures are discussed.
Mix teams in group supervision twice a year.
Keep a list of questions that we have answered already.
Someone to help with reading studies, close by.
Invite care leavers to comment on our letters.
Give feedback on assessments within a week.
Set a date for judging each new idea before it begins.
Put children’s own words at the top of the plan.
A yearly report on what leaders changed because of staff.
Let us see results by area and not only for the council.
Choose fewer priorities and look at them properly.
Bring research into panels in two lines, not in ten pages.
Check what happened to actions from the last review.
Have an open hour with senior leaders and no slides.
More chances to work beside people from other services.
""".strip().splitlines()
