"""Log lines, for people or for programs. They say what happened, never to whom.

Nothing that a person typed, no address of theirs and no token is written into a line. What comes from
elsewhere, such as the text of an error, is left out or cleaned on its way.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from ipaddress import IPv6Address
from pathlib import Path
from typing import Any

import structlog
from jinja2 import TemplateError
from sqlalchemy.exc import DBAPIError
from structlog.typing import EventDict, Processor, WrappedLogger

OURS = "diagnostic"
_ROOT = str(Path(__file__).resolve().parents[2])
_MOST_STEPS = 20
# The words of these errors come from code, never from what somebody sent.
_OF_CODE = (AttributeError, ImportError, NameError, NotImplementedError, TypeError, TemplateError)
_EMAIL = re.compile(r"[^\s@<>\"'(),;]+@[^\s@<>\"'(),;]+")
_TOKEN = re.compile(r"(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{20,}")
_IPV4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d)")
_PERHAPS_IPV6 = re.compile(r"(?<![\w:])[0-9A-Fa-f:]{2,39}(?![\w:])")


class _Stderr(logging.Handler):
    """Writes to whatever standard error is at the time."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(f"{self.format(record)}\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            # Nobody reads it any more; that must not stop what was logged.
            return


def set_up_logs(log_format: str) -> None:
    """Send all log lines, ours and those of libraries, to standard error in one form."""
    known: list[Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.MaybeTimeStamper(fmt="iso", utc=True),
        _tell_error,
        clean,
    ]
    structlog.configure(
        processors=[*known, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    last: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if log_format == "json" else _plainly
    handler = _Stderr()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
            foreign_pre_chain=known,
        )
    )
    root = logging.getLogger()
    root.handlers = [one for one in root.handlers if not isinstance(one, _Stderr)] + [handler]
    logging.getLogger(OURS).setLevel(logging.INFO)


def log_trouble_only() -> None:
    """Leave out the lines that say that all went well, where they would push something out of sight."""
    logging.getLogger(OURS).setLevel(logging.WARNING)


def log() -> structlog.stdlib.BoundLogger:
    """Give the service's own log."""
    found: structlog.stdlib.BoundLogger = structlog.get_logger(OURS)
    return found


def _plainly(_logger: WrappedLogger, _method: str, line: EventDict) -> str:
    """Write a line for people: when, how grave, what, and what is known of it."""
    moment, level, event = line.pop("timestamp"), line.pop("level"), line.pop("event")
    source, trace = line.pop("logger", OURS), line.pop("trace", "")
    facts = "".join(f" {name}={value}" for name, value in line.items())
    whose = "" if source == OURS else f"{source}: "
    return f"{moment} {level:7} {whose}{event}{facts}" + (f"\n{trace}" if trace else "")


def clean(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Take out what could name a person or open a door, wherever it came from."""
    for name, value in line.items():
        if isinstance(value, str) and name not in ("timestamp", "level", "logger"):
            line[name] = cleaned(value if name == "trace" else " ".join(value.split()))
    return line


def cleaned(text: str) -> str:
    """Give a text without addresses and tokens."""
    text = _TOKEN.sub("[token]", _EMAIL.sub("[address]", text))
    return _PERHAPS_IPV6.sub(_without_ipv6, _IPV4.sub("[ip]", text))


def _without_ipv6(found: re.Match[str]) -> str:
    try:
        IPv6Address(found[0])
    except ValueError:
        return found[0]
    return "[ip]"


def _tell_error(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Put where an error arose in place of the error itself."""
    found = line.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        line["trace"] = "\n".join(_trace(error))
    return line


def _trace(error: BaseException) -> Iterator[str]:
    """Give an error's way through our code to where it arose, what caused it first; without any value."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _trace(cause)
    steps = [(frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    for code, line in [step for step in steps[:-1] if _is_ours(step[0].co_filename)][-_MOST_STEPS:] + steps[
        -1:
    ]:
        yield f"  {code.co_filename}:{line} in {code.co_qualname}"
    yield f"  {describe_error(error)}"


def _is_ours(file: str) -> bool:
    return file.startswith(_ROOT) and "site-packages" not in file


def describe_error(error: BaseException) -> str:
    """Give an error's kind, and its words where they can hold nothing that somebody sent."""
    kind = type(error).__name__
    if isinstance(error, DBAPIError):
        code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
        return f"{kind} ({type(error.orig).__name__} {code})"
    if isinstance(error, OSError):
        return f"{kind}: {error.strerror or 'no reason given'}"
    return f"{kind}: {error}" if isinstance(error, _OF_CODE) else kind
