"""A member of staff who comes over a real connection, as a browser does."""

from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx2

from tests.service.browser import Browser

# A browser takes this machine's own address for as safe as https, and so keeps its cookies.
_SAFE = ("http", "https", "wss")


class Visitor(Browser):
    """A browser that opens the pages of a service that runs elsewhere."""

    def __init__(self, address: str, headers: dict[str, str]) -> None:
        self.client = httpx2.Client(
            base_url=address,
            headers=headers,
            follow_redirects=True,
            cookies=CookieJar(DefaultCookiePolicy(secure_protocols=_SAFE)),
            timeout=60,
        )
