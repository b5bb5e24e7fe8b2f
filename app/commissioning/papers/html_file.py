"""A paper as a web page of one file, for an intranet or for mail."""

from app.commissioning.papers.facts import Facts
from app.commissioning.papers.paper import Paper, block_kind, pieces
from app.web.templating import environment


def paper_html(paper: Paper, facts: Facts) -> str:
    """Write a paper as HTML that loads nothing."""
    template = environment().get_template("papers/file.html.j2")
    return template.render(paper=paper, facts=facts, pieces=pieces, block_kind=block_kind)
