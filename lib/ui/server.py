"""The app as a server for visitors: `python -m lib.ui.server [--port 8501] [--address 0.0.0.0]`.

Everything heavy is imported and the sample shop is read before the port is opened, so the first visitor waits for
little and `/_stcore/health` answers only when the server is ready. `streamlit run streamlit_app.py` imports when the
first visitor comes.
"""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

from lib.ui import upkeep, warm_up

_ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def _warm(_app: st.App) -> AsyncIterator[dict[str, object]]:
    upkeep.start(warm_up.of_sample)
    yield {}


app = st.App(_ROOT / "streamlit_app.py", lifespan=_warm)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves until it is stopped."""
    parser = argparse.ArgumentParser(prog="python -m lib.ui.server", description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8501, help="the port to listen on")
    parser.add_argument("--address", default="localhost", help="the address to listen on; 0.0.0.0 = all of them")
    options = parser.parse_args(arguments)
    app.run(config={"server.port": options.port, "server.address": options.address, "server.headless": True})


if __name__ == "__main__":
    main()
