"""A command that is asked to end does, at whatever moment it is asked."""

import os
import signal

import pytest

from app.commands.starting import ending_cleanly


class Deleted:
    """Asks the process to end while it is being deleted, where Python drops every exception."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        # The handler runs between two instructions of this method.
        for _ in range(1000):
            pass


def test_being_asked_to_end_ends_the_block(capsys: pytest.CaptureFixture[str]) -> None:
    before, went_on = signal.getsignal(signal.SIGTERM), []
    with ending_cleanly():
        os.kill(os.getpid(), signal.SIGTERM)
        went_on.append(True)
    assert not went_on
    assert capsys.readouterr().out == "Stopped.\n"
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_being_asked_where_exceptions_are_dropped_is_not_forgotten(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with ending_cleanly() as asked:
        assert not asked.is_set()
        thing = Deleted()
        del thing
        assert asked.is_set(), "the exception was dropped; whoever waits sees this"
    assert capsys.readouterr().out == "Stopped.\n"
