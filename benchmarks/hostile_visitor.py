"""One honest visitor beside hostile ones, in 2,700 MiB: `python -m benchmarks.hostile_visitor [--cases FOLDER]`.

The app is started as it is served. An honest visitor opens the sample shop and then a page a second; hostile visitors
drop one file after the other on Data and on Predict, with customers to score, and leave in the middle. Visitors speak
Streamlit's own protocol over a WebSocket, as a browser does, without drawing anything. A watcher adds up the memory of
the server and of all its children (PSS: shared pages count once). Where the limit is passed, it ends the process that
the kernel would end (`oom_score`): a worker, it is hoped, and not the server.

Printed: for every hostile file the longest wait of the honest visitor, and the peak of memory while it was there. The
run fails if the honest visitor waits longer than two seconds, loses the data, or the memory is passed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.attacks import attacks

MEMORY_MIB = 2_700
"""Of Streamlit's Community Cloud."""
WAIT_SECONDS = 2.0
PAGES = ("data", "explore", "predict", "learn", "explore", "models")
ROOT = Path(__file__).resolve().parents[1]
_MODELS = (".pkl", ".joblib", ".skops", ".pickle")


@dataclass(frozen=True)
class HostileFile:
    """A file that is dropped; models go to Predict, anything else to Data."""

    name: str
    data: bytes
    customers: bytes = b""

    @property
    def page(self) -> str:
        return "predict" if self.name.endswith(_MODELS) else "data"


class Visitor:
    """One browser tab, as far as the server can tell."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open = ExitStack()
        self._socket = self._open.enter_context(
            connect(
                f"ws://127.0.0.1:{port}/_stcore/stream",
                subprotocols=["streamlit"],
                max_size=None,
                open_timeout=20,  # type: ignore[list-item]
            )
        )
        self.page = ""
        self.session = ""
        self.elements: dict[str, str] = {}
        """User key → id of a widget on the page."""
        self.words: list[str] = []
        self.rerun_every: dict[str, float] = {}
        self._states: list[tuple[str, str, object]] = []
        self._urls: list[tuple[str, str]] = []

    def close(self) -> None:
        """Leave, as a closed tab does."""
        self._open.close()

    def open(self, page: str, seconds: float = 60.0) -> float:
        """Go to a page; returns the seconds until it was there."""
        self.page, self._states = page, []
        return self._run(seconds)

    def click(self, key: str, seconds: float = 60.0) -> float:
        """Press a button by its key."""
        self._states = [*self._states, (self._id(key), "trigger_value", True)]
        waited = self._run(seconds)
        self._states = [one for one in self._states if one[1] != "trigger_value"]
        return waited

    def upload(self, key: str, files: Sequence[tuple[str, bytes]], seconds: float = 60.0) -> float:
        """Drop files on an uploader, wait for the page."""
        message = BackMsg()
        message.file_urls_request.request_id = "u"
        message.file_urls_request.session_id = self.session
        message.file_urls_request.file_names.extend(name for name, _ in files)
        self._send(message)
        self._urls = []
        self._listen(seconds, until=lambda: bool(self._urls))
        widget = self._id(key)
        state: list[tuple[str, str, int, str]] = []
        for (file_id, url), (name, data) in zip(self._urls, files, strict=True):
            self._put(url, name, data)
            state.append((file_id, name, len(data), url))
        self._states = [*(one for one in self._states if one[0] != widget), (widget, "files", state)]
        return self._run(seconds)

    def linger(self, seconds: float) -> None:
        """Stay on the page; what refreshes itself does so."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            every = min(self.rerun_every.values(), default=seconds)
            self._listen(min(every, until - time.monotonic()), until=lambda: False)
            for fragment in list(self.rerun_every):
                self._rerun(fragment)

    def _id(self, key: str) -> str:
        return next(found for found in self.elements.values() if found.endswith(f"-{key}"))

    def _put(self, url: str, name: str, data: bytes) -> None:
        mark = "----brine"
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'.encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}{url}",
            data=head + data + f"\r\n--{mark}--\r\n".encode(),
            method="PUT",
            headers={"Content-Type": f"multipart/form-data; boundary={mark}"},
        )
        with suppress(OSError):
            urllib.request.urlopen(request, timeout=60).close()

    def _run(self, seconds: float) -> float:
        began = time.monotonic()
        self._finished = False
        self.elements, self.words, self.rerun_every = {}, [], {}
        self._rerun("")
        if not self._listen(seconds, until=lambda: self._finished):
            return seconds
        return time.monotonic() - began

    def _rerun(self, fragment: str) -> None:
        message = BackMsg()
        asked = message.rerun_script
        asked.page_name, asked.fragment_id = self.page, fragment
        for widget, kind, value in self._states:
            state = asked.widget_states.widgets.add()
            state.id = widget
            if kind == "files" and isinstance(value, list):
                for file_id, name, size, url in value:
                    info = state.file_uploader_state_value.uploaded_file_info.add()
                    info.file_id, info.name, info.size = file_id, name, size
                    info.file_urls.file_id, info.file_urls.upload_url, info.file_urls.delete_url = file_id, url, url
            else:
                setattr(state, kind, value)
        self._send(message)

    def _send(self, message: BackMsg) -> None:
        self._socket.send(message.SerializeToString())

    def _listen(self, seconds: float, until: object) -> bool:
        deadline = time.monotonic() + seconds
        while not until():  # type: ignore[operator]
            try:
                received = self._socket.recv(timeout=max(0.01, deadline - time.monotonic()))
            except TimeoutError:
                return False
            except ConnectionClosed:
                return False
            if isinstance(received, bytes):
                self._hear(ForwardMsg.FromString(received))
        return True

    def _hear(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.session = message.new_session.initialize.session_id or self.session
        elif kind == "script_finished":
            self._finished |= message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        elif kind == "file_urls_response":
            self._urls = [(one.file_id, one.upload_url) for one in message.file_urls_response.file_urls]
        elif kind == "auto_rerun":
            self.rerun_every[message.auto_rerun.fragment_id] = max(0.3, message.auto_rerun.interval)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            inner = getattr(element, str(element.WhichOneof("type")), None)
            found = getattr(inner, "id", "")
            if found:
                self.elements[found] = found
            self.words.append(str(getattr(inner, "body", "")))


# ---------------------------------------------------------------------------------------------------------- the server


class Server:
    """The app in a process of its own, watched."""

    def __init__(self, port: int, folder: Path) -> None:
        self.peak_mib = 0.0
        self.exceeded = False
        """Whether the server itself was ended for its memory."""
        self.killed = 0
        """Children that were ended for theirs."""
        self._stop = threading.Event()
        self._log = (folder / "server.log").open("wb")
        options = {"server.port": port, "server.headless": "true", "server.enableXsrfProtection": "false"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", *(f"--{k}={v}" for k, v in options.items())],
            cwd=ROOT,
            env={**os.environ, "BRINE_MODELS": str(folder / "models"), "TMPDIR": str(folder)},
            stdout=self._log,
            stderr=self._log,
        )
        threading.Thread(target=self._watch, daemon=True).start()

    def wait(self, port: int) -> None:
        """Until it answers."""
        for _ in range(120):
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
                return
            time.sleep(0.5)
        raise SystemExit("the server did not start")

    def memory_mib(self) -> float:
        """PSS of the server and of everything that it started."""
        total = 0
        with suppress(psutil.NoSuchProcess):
            main = psutil.Process(self.process.pid)
            for one in [main, *main.children(recursive=True)]:
                with suppress(psutil.Error):
                    total += one.memory_full_info().pss
        return total / 2**20

    def _watch(self) -> None:
        while not self._stop.wait(0.25):
            self.peak_mib = max(self.peak_mib, self.memory_mib())
            if self.memory_mib() > MEMORY_MIB:
                self._kill_one()

    def _kill_one(self) -> None:
        """What the kernel would do: end the process with the highest score."""
        main = psutil.Process(self.process.pid)
        scores: dict[int, int] = {}
        for one in [main, *main.children(recursive=True)]:
            with suppress(OSError, psutil.Error):
                scores[one.pid] = int(Path(f"/proc/{one.pid}/oom_score").read_text())
        worst = max(scores, key=lambda pid: scores[pid])
        self.killed += worst != main.pid
        self.exceeded |= worst == main.pid
        psutil.Process(worst).kill()

    def close(self) -> None:
        self._stop.set()
        self.process.terminate()
        self.process.wait(20)
        self._log.close()


# ----------------------------------------------------------------------------------------------------------- the files


def generated(cases: Path | None, folder: Path) -> Iterator[HostileFile]:
    """What the generators of a folder of cases write, then our own."""
    for generator in sorted(cases.glob("*/generate.py")) if cases else []:
        out = folder / generator.parent.name
        made = subprocess.run([sys.executable, str(generator), str(out)], capture_output=True, timeout=120, check=False)
        if made.returncode:
            continue
        customers = next((path.read_bytes() for path in out.glob("customers*.csv")), b"")
        for path in sorted(out.glob("*")):
            if path.is_file() and not path.name.startswith("customers"):
                yield HostileFile(f"{generator.parent.name[:2]} {path.name}", path.read_bytes(), customers)
    yield HostileFile("bomb.csv.gz", _bomb(300))
    yield HostileFile("many columns.csv", (",".join(f"c{at}" for at in range(20_000)) + "\n" + "1," * 20_000).encode())
    yield HostileFile("one line.csv", b"a" * 20_000_000)
    yield HostileFile("quotes.csv", b'a,b\n"' + b'""' * 5_000_000)
    yield HostileFile("accents.csv", ("a\u0301" * 50_000 + ",b\n1,2\n").encode())
    yield HostileFile("nested.json", b"[" * 100_000)
    for attack in list(attacks(folder / "canary"))[::25]:
        yield HostileFile(f"{attack.name[:30]}.pkl", attack.data)


def _bomb(megabytes: int) -> bytes:
    import gzip

    return gzip.compress(b"a,b,c\n" + b"1,2,3\n" * (megabytes * 2**20 // 6), 9)


# ------------------------------------------------------------------------------------------------------------- the run


@dataclass
class Line:
    """What a hostile file did to the honest visitor."""

    file: str
    kilobytes: float
    longest_wait_seconds: float
    peak_mib: float
    clicks: int


class Honest(threading.Thread):
    """Clicks every second, and writes down how long each took."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.visitor = Visitor(port)
        self.waits: list[float] = []
        self.lost = False
        self.over = False
        self.visitor.open("data")
        self.visitor.click("sample")
        for page in PAGES:
            self.visitor.open(page)  # the first time, everything is computed

    def run(self) -> None:
        at = 0
        while not self.over:
            page = PAGES[at % len(PAGES)]
            began = time.monotonic()
            waited = self.visitor.open(page)
            self.waits.append(waited)
            self.lost |= page == "explore" and not any("explore-tab" in one for one in self.visitor.elements)
            at += 1
            time.sleep(max(0.0, 1.0 - (time.monotonic() - began)))


def hostile(port: int, file: HostileFile, seconds: float) -> None:
    """Drop a file, drop customers for it, stay a while, leave in the middle."""
    with suppress(OSError, StopIteration, TimeoutError, ConnectionClosed):
        visitor = Visitor(port)
        visitor.open(file.page)
        uploader = "predict-model-file" if file.page == "predict" else "uploads-0"
        visitor.upload(uploader, [(file.name, file.data)], seconds)
        if file.customers and file.page == "predict":
            visitor.upload("predict-customers-file", [("customers.csv", file.customers)], seconds)
        visitor.linger(seconds / 3)
        visitor.close()


def main() -> None:
    """Run it, print a table and a JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, help="a folder of cases, each with a generate.py")
    parser.add_argument("--only", nargs="*", default=[""], help="files whose name begins with one of these")
    parser.add_argument("--tabs", type=int, default=3, help="hostile tabs for each file")
    parser.add_argument("--seconds", type=float, default=9.0, help="how long a hostile visitor stays with one file")
    parser.add_argument("--most", type=int, default=1_000, help="files at most")
    parser.add_argument("--port", type=int, default=9_377)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        every = generated(options.cases, folder)
        files = [one for one in every if one.name.startswith(tuple(options.only))][: options.most]
        server = Server(options.port, folder)
        lines: list[Line] = []
        try:
            server.wait(options.port)
            honest = Honest(options.port)
            honest.start()
            time.sleep(8)
            lines.append(Line("(nobody)", 0.0, max(honest.waits), server.peak_mib, len(honest.waits)))
            for file in files:
                seen, server.peak_mib = len(honest.waits), 0.0
                tabs = [
                    threading.Thread(target=hostile, args=(options.port, file, options.seconds), daemon=True)
                    for _ in range(options.tabs)
                ]
                for tab in tabs:
                    tab.start()
                for tab in tabs:
                    tab.join(options.seconds * 3)
                while len(honest.waits) < seen + 2 and honest.is_alive():  # a file that is refused at once, too
                    time.sleep(0.1)
                waits = honest.waits[seen:] or [float("inf")]
                line = Line(file.name, len(file.data) / 1024, max(waits), server.peak_mib, len(waits))
                lines.append(line)
                sys.stdout.write(f"{line.longest_wait_seconds:6.2f} s {line.peak_mib:7.0f} MiB  {line.file}" + "\n")
                if server.exceeded or server.process.poll() is not None:
                    sys.stdout.write("the server is gone\n")
                    break
            honest.over = True
            passed = (
                not server.exceeded
                and not honest.lost
                and server.process.poll() is None
                and max(line.longest_wait_seconds for line in lines) <= WAIT_SECONDS
            )
        finally:
            server.close()
        worst = max(lines, key=lambda line: line.longest_wait_seconds)
        heaviest = max(lines, key=lambda line: line.peak_mib)
        summary = {
            "files": len(lines) - 1,
            "alone_seconds": round(lines[0].longest_wait_seconds, 2),
            "worst_wait_seconds": round(worst.longest_wait_seconds, 2),
            "worst_file": worst.file,
            "peak_mib": round(heaviest.peak_mib),
            "heaviest_file": heaviest.file,
            "workers_ended_for_memory": server.killed,
            "data_lost": honest.lost,
            "passed": passed,
        }
        sys.stdout.write(json.dumps(summary) + "\n")


if __name__ == "__main__":
    main()
