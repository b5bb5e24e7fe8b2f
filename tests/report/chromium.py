"""The browser in which files are opened, and the marks of tests that need it."""

import shutil

import pytest

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NEEDS_A_SOCKET = pytest.mark.enable_socket
# `make test` installs one. Whoever runs tests alone may have none, and still wants the others.
NEEDS_A_BROWSER = pytest.mark.skipif(
    BROWSER is None, reason="There is no Chromium on this computer: apt-get install -y chromium"
)
