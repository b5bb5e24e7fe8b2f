"""Invitations that were written into files, each with an address beside its link. They go at the close."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from app.database.session import Database
from app.mail.files import files_about
from app.survey.models import LAUNCHED
from app.survey.queries import find_survey


def delete_invitation_files(database: Database, data_folder: Path, _moment: datetime) -> int:
    """Delete the files of surveys that are over, and say how many these were."""
    deleted = 0
    for about, paths in files_about(data_folder).items():
        with database.transaction(writes=False) as session:
            survey = find_survey(session, UUID(about))
            over = survey is not None and survey.state != LAUNCHED
        for path in paths if over else ():
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted
