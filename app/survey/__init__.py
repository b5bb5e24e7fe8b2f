"""The survey: ballots, drafts, the sealed inbox, the respondent's pages, invitations, closing.

It promises that nobody can learn who said what. No table here has a column for a time, an address of a
computer or a browser; see `app.survey.models`.
"""
