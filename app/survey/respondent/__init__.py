"""The respondent's pages: no account, no name, no trace but the ballot in the link."""
