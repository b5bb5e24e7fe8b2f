"""A limit to what may be sent, after which the person sees a page and not two words of a library."""

from starlette.middleware.body_limit import RequestBodyLimitMiddleware, RequestBodyLimitResponder
from starlette.types import Message, Receive, Scope, Send


class _Responder(RequestBodyLimitResponder):
    async def send_with_limit(self, message: Message) -> None:
        """Send our own page about it; the library would put its plain text in the place of any answer."""
        self.response_started = self.response_started or message["type"] == "http.response.start"
        await self.send(message)


class BodyLimit(RequestBodyLimitMiddleware):
    """Stops reading a body that is too large. Whoever reads it gets an HTTPException with status 413."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await _Responder(self.app, self.max_body_size)(scope, receive, send)
