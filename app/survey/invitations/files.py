"""Invitations that were written into files, each with an address beside its link. They go with the list."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from app.database.session import Database
from app.mail.files import files_about
from app.survey.models import LAUNCHED
from app.survey.queries import find_survey, list_went_at


def delete_invitation_files(database: Database, data_folder: Path, _moment: datetime) -> int:
    """Delete the files of surveys that are over, or whose list was deleted since; say how many these were."""
    deleted = 0
    for about, paths in files_about(data_folder).items():
        with database.transaction(writes=False) as session:
            survey = find_survey(session, UUID(about))
            over = survey is not None and survey.state != LAUNCHED
            went = None if survey is None or over else list_went_at(session, survey)
        for path in paths:
            # Once a survey was extended, those to its new list are written beside the old ones.
            if over or (went is not None and _is_older(path, went)):
                path.unlink(missing_ok=True)
                deleted += 1
    return deleted


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        # Another process has just written it to its end, under its last name.
        return False
