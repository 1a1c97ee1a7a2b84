"""Log lines that can be searched: one event per line with its figures, and no customer's value.

    2026-11-28T10:00:00Z INFO lib.tables.reading read seconds=0.412 rows=541909 bytes=45580638

The core only emits events, through standard `logging`; the entry point (`lib/__main__.py`, the app's frame)
calls `configure` with the level from the environment variable `BRINE_LOG`.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from typing import TextIO

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "OFF")
"""What `BRINE_LOG` may say."""
LOGGER = "lib"
"""Parent of every logger of ours."""

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.:/+-]{0,79}")
"""A key, a class or a version. Whatever else a text may be (an e-mail, a name, an id in digits) is not written."""


def event(logger: logging.Logger, name: str, /, *, level: int = logging.INFO, **facts: object) -> None:
    """Emit one line: the event's name, then `key=value` for each fact.

    Numbers are written with three decimals, words (keys, class names) as they are. A text that is no such word is
    written as `(text)`, and any other object as the name of its class: a customer's value cannot get into a log.
    """
    if logger.isEnabledFor(level):
        logger.log(level, "%s", " ".join([name, *(f"{key}={_plain(value)}" for key, value in facts.items())]))


def failure(logger: logging.Logger, name: str, error: BaseException, /, **facts: object) -> None:
    """Emit an error that the user could not act on: where it was raised, without its message.

    The message of an exception can quote a cell. The stack (file, line, function) cannot.
    """
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    event(logger, name, level=logging.ERROR, error=type(error).__name__, **facts)
    logger.error("%s stack=%s", name, " < ".join(reversed(frames[-12:])))


def configure(level: str | None, *, default: str = "WARNING", stream: TextIO | None = None) -> None:
    """Send the events of `lib` from `level` on to `stream` (default: stderr). Calling it again replaces the handler.

    An unknown level is the default, and a warning says so.
    """
    wanted = (level or default).strip().upper()
    logger = logging.getLogger(LOGGER)
    for old in [handler for handler in logger.handlers if isinstance(handler, _Handler)]:
        logger.removeHandler(old)
    handler = _Handler(stream)
    formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logger.addHandler(handler)
    logger.propagate = False
    known = wanted if wanted in LEVELS else default
    logger.setLevel(logging.CRITICAL + 1 if known == "OFF" else known)
    if wanted not in LEVELS:
        event(logger, "unknown_log_level", level=logging.WARNING, used=known)


class _Handler(logging.Handler):
    """Writes to a stream, or to whatever stderr is at that moment."""

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__()
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        stream = self._stream or sys.stderr
        if stream is not None and not stream.closed:
            stream.write(self.format(record) + "\n")
            stream.flush()


def _plain(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:.3g}"
    if isinstance(value, str):
        return value if _WORD.fullmatch(value) else "(text)" if value else "-"
    return f"({type(value).__name__})"
