# ruff: noqa: T201
"""Visitors at once, over real websockets: `python -m benchmarks.visitors [--visitors 100] [--seconds 60]`.

Starts the app as `make serve` does, beside it an app that shows one line, and lets visitors arrive together. Each opens
the sample shop, or uploads a file of `--lines` lines (the same for all, or with `--own` each another), then clicks
every few seconds: pages in turn, and periods on Explore. `--trainings` more visitors train one model after the other
meanwhile. Prints how long a click takes until its script has ended (median, 95th percentile, worst): of all clicks, of
those after the last visitor had arrived, and by kind; lost connections; the server's memory before, with all visitors,
at its highest of every two seconds, and after they left. The client takes part of the same cores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import websockets
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.typing import Subprotocol

from benchmarks.large import write_lines
from benchmarks.streamlit_client import Tab, add_file, memory_bytes, put
from benchmarks.summary import summarise

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("explore", "train", "predict", "explore", "learn", "data")
COLUMNS = (
    "app",
    "ready after",
    "arrival p50 / p95",
    "clicks",
    "click p50 / p95 / worst",
    "once all are there",
    "CPU per run",
    "sent per run",
    "lost, errors",
    "memory before / with all / highest / after",
)
EMPTY_APP = "import streamlit as st\nst.write('Nothing here.')\nst.button('Again')\n"


@dataclass(frozen=True)
class Click:
    """One click: what it was, when (`time.monotonic`), and the seconds until its script had ended."""

    kind: str
    began: float
    seconds: float


@dataclass
class Times:
    """What the visitors did, and how long it took."""

    first: list[float] = field(default_factory=list)
    """Seconds of the runs of which an arrival consists."""
    clicks: list[Click] = field(default_factory=list)
    all_there: float = 0.0
    """When the last visitor had arrived."""
    trained: int = 0
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
        self.kind = "run"
        """What the last click was."""

    async def run(self, *states: WidgetState, page: str | None = None, fragment: str = "") -> float:
        """Asks for a rerun, of one fragment as browsers do for what is in one, and waits until the script has ended.
        Returns seconds."""
        received, failed = self.tab.bytes_received, self.tab.exceptions
        began = time.perf_counter()
        await self.connection.send(self.tab.rerun(*states, page=page, fragment=fragment))
        while not await self._take():
            pass
        self.times.bytes_received += self.tab.bytes_received - received
        self.times.failed += self.tab.exceptions - failed
        return time.perf_counter() - began

    async def upload(self, url: str, cookies: str, data: bytes) -> float:
        """Drops a file on Data. Returns the seconds until Data has shown what it is."""
        began = time.perf_counter()
        await self.connection.send(self.tab.ask_for_urls(["orders.csv"]))
        while not self.tab.urls:
            await self._take()
        at = self.tab.urls[0]
        if not await asyncio.to_thread(put, f"http://{url}{at.upload}", "orders.csv", data, cookies=cookies):
            raise OSError("the server did not take the file")
        state = WidgetState(id=next(one for key, one in self.tab.widgets.items() if key.startswith("uploads-")))
        add_file(state, at, "orders.csv", len(data))
        await self.run(state)
        return time.perf_counter() - began

    async def train(self, until: float) -> None:
        """Trains one model after the other."""
        while time.monotonic() < until:
            await self.run(page="train")
            await self.run(WidgetState(id=self.tab.widgets["train-start"], trigger_value=True))
            while self.tab.rerun_every and time.monotonic() < until:
                fragment, seconds = next(iter(self.tab.rerun_every.items()))
                await asyncio.sleep(seconds)
                await self.run(fragment=fragment)
            self.times.trained += not self.tab.rerun_every

    async def _take(self) -> bool:
        data = await self.connection.recv()
        assert isinstance(data, bytes)
        return self.tab.take(data)

    async def click(self, step: int) -> float:
        """The next of the things that a visitor does."""
        page = PAGES[step // 2 % len(PAGES)]
        if step % 2 and page == "explore" and self.tab.page == self.tab.pages["explore"] and self.tab.periods:
            self.kind = "a period"
            chosen = WidgetState(id=self.tab.widgets["explore-period"])
            chosen.string_array_value.data.append(self.tab.periods[step // 4 % 4])  # the last one asks for two dates
            return await self.run(chosen, fragment=self.tab.fragments["explore-period"])
        self.kind = page
        return await self.run(page=page)


@dataclass(frozen=True)
class Crowd:
    """Who comes and for how long."""

    visitors: int
    stay: float
    every: float
    empty: bool = False
    """Whether the app is the one that shows one line."""
    trainings: int = 0
    file: bytes = b""
    """What each uploads; empty: the sample shop."""
    own: bool = False
    """Whether each has another file."""

    def file_of(self, number: int) -> bytes:
        """What that visitor uploads: of an own file, so many last lines are missing."""
        end = len(self.file)
        for _ in range(number + 1 if self.own else 0):
            end = self.file.rindex(b"\n", 0, end - 1) + 1
        return self.file[:end]


def cookies_of(url: str) -> str:
    """What the first pages set: behind several processes, one cookie says which of them is this visitor's; another one
    goes along with uploads."""
    kept: dict[str, str] = {}
    for page in ("", "_stcore/health"):
        sent = "; ".join(f"{name}={value}" for name, value in kept.items())
        with urllib.request.urlopen(urllib.request.Request(f"http://{url}/{page}", headers={"Cookie": sent})) as answer:
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = cookie.split(";")[0].partition("=")
                kept[name] = value
    return "; ".join(f"{name}={value}" for name, value in kept.items())


async def visit(url: str, times: Times, crowd: Crowd, number: int) -> None:
    """One visitor's whole visit; those after the last visitor train."""
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
            if crowd.file:
                times.first.append(await visitor.upload(url, cookies, crowd.file_of(number)))
            elif not crowd.empty:
                sample = WidgetState(id=visitor.tab.widgets["sample"], trigger_value=True)
                times.first.append(await visitor.run(sample))
            times.all_there = time.monotonic()
            step, until = chance.randrange(12), time.monotonic() + crowd.stay
            if number >= crowd.visitors:
                await visitor.train(until)
                return
            await asyncio.sleep(chance.uniform(0, crowd.every))
            while time.monotonic() < until:
                began = time.monotonic()
                seconds = await visitor.run() if crowd.empty else await visitor.click(step)
                times.clicks.append(Click(visitor.kind, began, seconds))
                step += 1
                await asyncio.sleep(max(0.0, crowd.every - seconds))
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


@contextmanager
def watched(server: psutil.Process, every: float = 2.0) -> Iterator[list[float]]:
    """The memory every so many seconds, in megabytes, while the block runs."""
    seen: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(every):
            with suppress(psutil.Error):
                seen.append(memory_mb(server))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


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


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies, in milliseconds."""
    return 1_000 * sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


async def come(url: str, crowd: Crowd, during: Callable[[], None]) -> Times:
    """All visitors arrive together and stay."""
    times = Times()
    number_of_all = crowd.visitors + crowd.trainings
    visits = [asyncio.create_task(visit(url, times, crowd, number)) for number in range(number_of_all)]
    await asyncio.sleep(max(1.0, crowd.stay - 2.0))
    during()
    await asyncio.gather(*visits)
    return times


def shares(seconds: Sequence[float]) -> str:
    """Median, 95th percentile and worst, in milliseconds."""
    return " / ".join(f"{percentile(seconds, share):,.0f}" for share in (0.5, 0.95, 1.0))


def measure(name: str, command: list[str], options: argparse.Namespace, crowd: Crowd) -> Times:
    """Starts one server, sends the visitors and prints a row."""
    with tempfile.TemporaryDirectory() as folder:
        server, ready = started(command, options.port, Path(folder))
        try:
            process = psutil.Process(server.pid)
            before = settled_mb(process)
            cpu = cpu_seconds(process)
            with_all: list[float] = []
            with watched(process) as seen:
                times = asyncio.run(
                    come(f"localhost:{options.port}", crowd, lambda: with_all.append(memory_mb(process)))
                )
            cpu = cpu_seconds(process) - cpu
            time.sleep(options.after)
            after = memory_mb(process)
        finally:
            server.terminate()
            server.wait(30)
    runs = max(1, len(times.clicks) + len(times.first))
    arrival = " / ".join(f"{percentile(times.first, share):,.0f}" for share in (0.5, 0.95))
    settled = [click.seconds for click in times.clicks if click.began > times.all_there]
    memory = " / ".join(f"{size:,.0f}" for size in (before, with_all[0], max(seen, default=0.0), after))
    print(
        f"| {name} | {ready:.1f} s | {arrival} ms | {len(times.clicks):,} "
        f"| {shares([click.seconds for click in times.clicks])} ms | {shares(settled)} ms ({len(settled):,}) "
        f"| {1_000 * cpu / runs:,.0f} ms | {times.bytes_received / runs / 1_000:,.0f} kB "
        f"| {times.lost}, {times.failed} | {memory} MB |",
        flush=True,
    )
    return times


def by_kind(times: Times) -> str:
    """A table of the clicks that began once all were there, by what was clicked."""
    lines = ["| click | times | p50 / p95 / worst |", "| --- | --- | --- |"]
    settled = [click for click in times.clicks if click.began > times.all_there]
    for kind in sorted({click.kind for click in settled}):
        seconds = [click.seconds for click in settled if click.kind == kind]
        lines.append(f"| {kind} | {len(seconds):,} | {shares(seconds)} ms |")
    return "\n".join(lines)


def main() -> None:
    """Prints a table: the app and an empty app, the same visitors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--visitors", type=int, default=100, help="how many arrive together")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long they stay")
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two clicks of one visitor")
    parser.add_argument("--after", type=float, default=150.0, help="seconds to wait before memory is measured again")
    parser.add_argument("--workers", type=int, default=1, help="processes that serve the app")
    parser.add_argument("--lines", type=int, default=0, help="lines of the file that each uploads; 0: sample shop")
    parser.add_argument("--own", action="store_true", help="each uploads another file, so that nothing is shared")
    parser.add_argument("--trainings", type=int, default=0, help="visitors beside these who train models all the time")
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
    crowd = Crowd(
        options.visitors,
        options.seconds,
        options.every,
        trainings=options.trainings,
        file=_order_lines(options.lines) if options.lines else b"",
        own=options.own,
    )
    found = measure("Brine", brine, options, crowd)
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
        empty = Crowd(options.visitors, options.seconds, options.every, empty=True)
        floor = measure("an empty app", [*command, "--server.headless", "true"], options, empty)
    if crowd.trainings:
        print(f"\ntrained meanwhile: {found.trained} models")
    print(f"\nonce all are there, by what was clicked:\n\n{by_kind(found)}")
    medians = [percentile([click.seconds for click in times.clicks], 0.5) for times in (found, floor)]
    print(f"\nmedian click, Brine against an empty app: × {medians[0] / medians[1]:.1f}")
    summarise(
        f"{options.visitors} visitors, {len(found.clicks)} clicks", medians[0] / medians[1], "an empty app's click"
    )


def _order_lines(lines: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.csv"
        write_lines(path, lines)
        return path.read_bytes()


if __name__ == "__main__":
    main()
