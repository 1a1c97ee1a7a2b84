# ruff: noqa: T201
"""Visitors at once, over real websockets: `python -m benchmarks.visitors [--visitors 100] [--seconds 60]`.

Starts the app as `make serve` does, beside it an app that shows one line, and lets visitors arrive together. Each opens
the sample shop, then clicks every few seconds: pages in turn, and periods on Explore. Prints how long a click takes
until its script has ended (median, 95th percentile, worst), lost connections, the server's memory before, with all
visitors and after they left. The client takes part of the same cores.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import websockets
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.typing import Subprotocol

from benchmarks.streamlit_client import Tab, memory_bytes

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("explore", "train", "predict", "explore", "learn", "data")
COLUMNS = (
    "app",
    "ready after",
    "arrival p50 / p95",
    "clicks",
    "click p50 / p95 / worst",
    "CPU per run",
    "sent per run",
    "lost, errors",
    "memory before / with all / after",
)
EMPTY_APP = "import streamlit as st\nst.write('Nothing here.')\nst.button('Again')\n"


@dataclass
class Times:
    """Seconds of what the visitors did, by what it was."""

    first: list[float] = field(default_factory=list)
    clicks: list[float] = field(default_factory=list)
    lost: int = 0
    failed: int = 0
    """Scripts that ended in an error which no page expects."""
    bytes_received: int = 0


class Visitor:
    """One websocket, as a browser opens it."""

    def __init__(self, connection: websockets.ClientConnection, times: Times) -> None:
        self.connection = connection
        self.times = times
        self.tab = Tab()

    async def run(self, *states: WidgetState, page: str | None = None, fragment: str = "") -> float:
        """Asks for a rerun, of one fragment as browsers do for what is in one, and waits until the script has ended.
        Returns seconds."""
        received, failed = self.tab.bytes_received, self.tab.exceptions
        began = time.perf_counter()
        await self.connection.send(self.tab.rerun(*states, page=page, fragment=fragment))
        ended = False
        while not ended:
            data = await self.connection.recv()
            assert isinstance(data, bytes)
            ended = self.tab.take(data)
        self.times.bytes_received += self.tab.bytes_received - received
        self.times.failed += self.tab.exceptions - failed
        return time.perf_counter() - began

    async def click(self, step: int) -> float:
        """The next of the things that a visitor does."""
        page = PAGES[step // 2 % len(PAGES)]
        if step % 2 and page == "explore" and self.tab.page == self.tab.pages["explore"] and self.tab.periods:
            chosen = WidgetState(id=self.tab.widgets["explore-period"])
            chosen.string_array_value.data.append(self.tab.periods[step // 4 % 4])  # the last one asks for two dates
            return await self.run(chosen, fragment=self.tab.fragments["explore-period"])
        return await self.run(page=page)


def cookies_of(url: str) -> str:
    """What the first page sets: behind several processes, one cookie says which of them is this visitor's."""
    with urllib.request.urlopen(f"http://{url}/", timeout=60) as answer:
        return "; ".join(value.split(";")[0] for value in answer.headers.get_all("Set-Cookie") or ())


async def visit(url: str, times: Times, stay: float, every: float, *, empty: bool) -> None:
    """One visitor's whole visit."""
    chance = random.Random()
    try:
        cookies = await asyncio.to_thread(cookies_of, url)
        async with websockets.connect(
            f"ws://{url}/_stcore/stream",
            additional_headers={"Cookie": cookies},
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            ping_interval=None,
        ) as connection:
            visitor = Visitor(connection, times)
            times.first.append(await visitor.run())
            if not empty:
                sample = WidgetState(id=visitor.tab.widgets["sample"], trigger_value=True)
                times.first.append(await visitor.run(sample))
            step, until = chance.randrange(12), time.monotonic() + stay
            await asyncio.sleep(chance.uniform(0, every))
            while time.monotonic() < until:
                seconds = await visitor.run() if empty else await visitor.click(step)
                times.clicks.append(seconds)
                step += 1
                await asyncio.sleep(max(0.0, every - seconds))
    except (websockets.WebSocketException, OSError):
        times.lost += 1


def memory_mb(server: psutil.Process) -> float:
    """Of the server and its children, in megabytes."""
    return memory_bytes(server) / 1e6


def settled_mb(server: psutil.Process) -> float:
    """The memory once it no longer grows: processes that a server keeps ready start after its port has opened."""
    before, now = 0.0, memory_mb(server)
    for _ in range(15):
        if abs(now - before) < 0.02 * now:
            break
        time.sleep(3)
        before, now = now, memory_mb(server)
    return now


def cpu_seconds(server: psutil.Process) -> float:
    """What the server and its children have computed so far."""
    total = 0.0
    for process in (server, *server.children(recursive=True)):
        try:
            total += sum(process.cpu_times()[:2])
        except psutil.Error:
            continue
    return total


def started(command: list[str], port: int, folder: Path) -> tuple[subprocess.Popen[bytes], float]:
    """A server that answers as healthy, and the seconds that it took."""
    began = time.perf_counter()
    log = (folder / f"{port}.log").open("wb")
    server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    while True:
        try:
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=1).close()
            return server, time.perf_counter() - began
        except OSError:
            if server.poll() is not None:
                raise SystemExit((folder / f"{port}.log").read_text()) from None
            time.sleep(0.05)


def percentile(values: list[float], share: float) -> float:
    """The value below which this share lies, in milliseconds."""
    return 1_000 * sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


async def crowd(url: str, options: argparse.Namespace, during: Callable[[], None], *, empty: bool) -> Times:
    """All visitors arrive together and stay."""
    times = Times()
    one = functools.partial(visit, url, times, options.seconds, options.every, empty=empty)
    visits = [asyncio.create_task(one()) for _ in range(options.visitors)]
    await asyncio.sleep(max(1.0, options.seconds - 2.0))
    during()
    await asyncio.gather(*visits)
    return times


def measure(name: str, command: list[str], options: argparse.Namespace, *, empty: bool) -> float:
    """Starts one server, sends the visitors and prints a row. Returns the median click in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        server, ready = started(command, options.port, Path(folder))
        try:
            process = psutil.Process(server.pid)
            before = settled_mb(process)
            cpu = cpu_seconds(process)
            with_all: list[float] = []
            times = asyncio.run(
                crowd(f"localhost:{options.port}", options, lambda: with_all.append(memory_mb(process)), empty=empty)
            )
            cpu = cpu_seconds(process) - cpu
            time.sleep(options.after)
            after = memory_mb(process)
        finally:
            server.terminate()
            server.wait(30)
    runs = max(1, len(times.clicks) + len(times.first))
    median = statistics.median(times.clicks) * 1_000 if times.clicks else float("nan")
    arrival = " / ".join(f"{percentile(times.first, share):,.0f}" for share in (0.5, 0.95))
    click = " / ".join(f"{percentile(times.clicks, share):,.0f}" for share in (0.5, 0.95, 1.0))
    print(
        f"| {name} | {ready:.1f} s | {arrival} ms | {len(times.clicks):,} | {click} ms | {1_000 * cpu / runs:,.0f} ms "
        f"| {times.bytes_received / runs / 1_000:,.0f} kB | {times.lost}, {times.failed} "
        f"| {before:,.0f} / {with_all[0]:,.0f} / {after:,.0f} MB |",
        flush=True,
    )
    return median


def main() -> None:
    """Prints a table: the app and an empty app, the same visitors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visitors", type=int, default=100, help="how many arrive together")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long they stay")
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two clicks of one visitor")
    parser.add_argument("--after", type=float, default=150.0, help="seconds to wait before memory is measured again")
    parser.add_argument("--workers", type=int, default=1, help="processes that serve the app")
    parser.add_argument("--port", type=int, default=8765)
    options = parser.parse_args()
    files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(files[1], 65_536), files[1]))
    print(
        f"{options.visitors} visitors, a click each {options.every:g} s, for {options.seconds:g} s; "
        f"load at the start {os.getloadavg()[0]:.1f}\n"
    )
    print(f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}")
    brine = [sys.executable, "-m", "tools.serve", "--port", str(options.port), "--workers", str(options.workers)]
    median = measure("Brine", brine, options, empty=False)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "empty_app.py").write_text(EMPTY_APP)
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            f"{folder}/empty_app.py",
            "--server.port",
            str(options.port),
        ]
        floor = measure("an empty app", [*command, "--server.headless", "true"], options, empty=True)
    print(f"\nmedian click, Brine against an empty app: × {median / floor:.1f}")


if __name__ == "__main__":
    main()
