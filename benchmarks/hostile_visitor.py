"""One honest visitor beside hostile ones, in 2,700 MiB: `python -m benchmarks.hostile_visitor [--cases FOLDER]`.

The app is started as it is served. An honest visitor opens the sample shop and then a page a second; hostile visitors
drop one upload of `hostile_files.py` after the other on Data, Predict and Project, with customers to score, and leave
in the middle. Visitors speak Streamlit's own protocol over a WebSocket (`streamlit_client.py`).

Where this runs as root on a Linux with memory control groups, the server gets one of 2,700 MiB and sees it as its
host's memory, as in a container; the kernel ends what passes it. Elsewhere a watcher adds up the memory of the server
and of its children (PSS) and ends the process that the kernel would end (`oom_score`).

Printed for every upload: the longest wait of the honest visitor, the peak of memory (PSS), and how it ended for the
hostile visitors. The run fails if the honest visitor waits longer than two seconds or loses the data, if the server
takes no upload of a small file for longer than `REFUSED_SECONDS`, if a page ends in an error that it does not expect,
or if the server is ended. `--part 2/8` runs an eighth.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from websockets.exceptions import ConnectionClosed

from benchmarks.hostile_files import HostileUpload, hostile_uploads
from benchmarks.streamlit_client import Visitor, memory_bytes

MEMORY_MIB = 2_700
"""Of Streamlit's Community Cloud."""
WAIT_SECONDS = 2.0
REFUSED_SECONDS = 150.0
"""How long the server may refuse every upload: until unused files are old enough to be dropped, and are."""
SMALL_FILE = b"order,customer,date,total\n1,a@b.c,2024-01-01,5\n" * 200
PAGES = ("data", "explore", "predict", "learn", "explore", "models")
ROOT = Path(__file__).resolve().parents[1]
_GROUPS = Path("/sys/fs/cgroup/memory")
_UPLOADER = {"predict": "predict-model-file", "data": r"uploads-\d+", "project": r"project-\d+"}


class Server:
    """The app in a process of its own, limited and watched."""

    def __init__(self, port: int, folder: Path) -> None:
        self.peak_mib = 0.0
        self.killed = 0
        """Children that the watcher ended for their memory."""
        self._stop = threading.Event()
        self.log = folder / "server.log"
        self._group = _memory_group()
        options = {"server.port": port, "server.headless": "true", "server.enableXsrfProtection": "false"}
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
        command += [f"--{name}={value}" for name, value in options.items()]
        if self._group is not None:
            enter = f'echo $$ > {self._group}/cgroup.procs && mount --bind {self._group} {_GROUPS} && exec "$@"'
            command = ["unshare", "--mount", "sh", "-c", enter, "sh", *command]
        with self.log.open("wb") as log:
            environment = {**os.environ, "BRINE_MODELS": str(folder / "models"), "TMPDIR": str(folder)}
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        threading.Thread(target=self._watch, daemon=True).start()

    @property
    def limited_by(self) -> str:
        return "watcher" if self._group is None else "kernel"

    @property
    def ended_by_kernel(self) -> int:
        """Processes that the kernel ended for the memory of the group."""
        if self._group is None:
            return 0
        lines = (self._group / "memory.oom_control").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))

    @property
    def failures(self) -> int:
        """Pages that ended in an error which they do not expect."""
        return self.log.read_text(errors="replace").count("page_failed")

    def wait(self, port: int) -> None:
        """Until it answers."""
        for _ in range(240):
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
                return
            time.sleep(0.5)
        raise SystemExit("the server did not start\n" + self.log.read_text(errors="replace"))

    def _watch(self) -> None:
        while not self._stop.wait(0.25):
            with suppress(psutil.Error):
                held = memory_bytes(psutil.Process(self.process.pid)) / 2**20
                self.peak_mib = max(self.peak_mib, held)
                if held > MEMORY_MIB and self._group is None:
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
        psutil.Process(worst).kill()

    def close(self) -> None:
        self._stop.set()
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(20)
        if self._group is not None:
            time.sleep(1)  # its workers end with it
            with suppress(OSError):
                self._group.rmdir()


def _memory_group() -> Path | None:
    """A new memory control group of the limit; None where this process may not make one."""
    group = _GROUPS / f"brine-{os.getpid()}"
    try:
        group.mkdir()
        (group / "memory.limit_in_bytes").write_text(str(MEMORY_MIB * 2**20))
    except OSError:
        return None
    return group


Files = tuple[tuple[str, bytes], ...]
"""Name and content of what is dropped together."""


@dataclass
class Outcome:
    """What an upload did to the honest visitor, and how it ended for the hostile ones."""

    upload: str
    kilobytes: float
    longest_wait_seconds: float
    peak_mib: float
    endings: Counter[str] = field(default_factory=Counter)
    says: str = ""
    """The first words of the page's last message."""


class Honest(threading.Thread):
    """Clicks every second, and writes down how long each took."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.visitor = Visitor(port)
        self.waits: list[float] = []
        self.lost = False
        self.over = False
        self.refused_seconds = 0.0
        """The longest time in which no upload of the honest visitor was taken …"""
        self.refused = 0
        """… and how many were not."""
        self.visitor.open("data")
        self.visitor.click("sample")
        for page in PAGES:
            self.visitor.open(page)  # the first time, everything is computed

    def run(self) -> None:
        at, taken = 0, time.monotonic()
        while not self.over:
            page = PAGES[at % len(PAGES)]
            began = time.monotonic()
            waited = self.visitor.open(page)
            self.waits.append(waited)
            self.lost |= page == "explore" and not any("explore-tab" in one for one in self.visitor.tab.widgets)
            at += 1
            if at % len(PAGES) == 0:
                accepted = self.visitor.is_taken(SMALL_FILE)
                self.refused += not accepted
                if accepted:
                    taken = time.monotonic()
                self.refused_seconds = max(self.refused_seconds, time.monotonic() - taken)
            time.sleep(max(0.0, 1.0 - (time.monotonic() - began)))


def drop(port: int, upload: HostileUpload, bundles: list[Files], seconds: float, outcome: Outcome) -> None:
    """Drop files and customers for them, stay a while, leave in the middle."""
    visitor: Visitor | None = None
    try:
        visitor = Visitor(port)
        for files in bundles:
            if upload.unused:
                visitor.put_unused(files[0][1], times=upload.unused)
            visitor.open(upload.page)
            uploader = next(key for key in visitor.tab.widgets if re.fullmatch(_UPLOADER[upload.page], key))
            visitor.upload(uploader, files, seconds)
            if upload.customers and not visitor.timed_out and "predict-customers-file" in visitor.tab.widgets:
                visitor.upload("predict-customers-file", [upload.customers()], seconds)
            outcome.endings[_ending(visitor)] += 1
            outcome.says = next(reversed(visitor.tab.alerts), outcome.says)
        if upload.together:
            visitor.linger(seconds / 3)
    except (OSError, TimeoutError, ConnectionClosed) as error:
        outcome.endings[f"connection lost ({type(error).__name__})"] += 1
    finally:
        if visitor is not None:
            visitor.close()


def _ending(visitor: Visitor) -> str:
    if visitor.tab.exceptions:
        return "general error"
    if visitor.timed_out:
        return "left while waiting"
    return "message" if visitor.tab.alerts else "page"


def measure(port: int, server: Server, honest: Honest, upload: HostileUpload, options: argparse.Namespace) -> Outcome:
    """One upload by several hostile tabs at once."""
    files = upload.make()
    seen, server.peak_mib = len(honest.waits), 0.0
    outcome = Outcome(upload.name, sum(len(data) for _, data in files) / 1024, 0.0, 0.0)
    shares = [
        [files] if upload.together else [(one,) for one in files[at :: options.tabs]] for at in range(options.tabs)
    ]
    tabs = [
        threading.Thread(target=drop, args=(port, upload, share, options.seconds, outcome), daemon=True)
        for share in shares
    ]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join(options.seconds * (3 if upload.together else len(files)))
    while len(honest.waits) < seen + 2 and honest.is_alive():  # a file that is refused at once, too
        time.sleep(0.1)
    outcome.longest_wait_seconds = max(honest.waits[seen:] or [float("inf")])
    outcome.peak_mib = server.peak_mib
    return outcome


def main() -> None:
    """Print a line for each upload, and a JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, help="a folder of cases, each with a generate.py")
    parser.add_argument("--only", nargs="*", default=[""], help="uploads whose name begins with one of these")
    parser.add_argument("--tabs", type=int, default=3, help="hostile tabs for each upload")
    parser.add_argument("--seconds", type=float, default=9.0, help="how long a hostile visitor waits for a page")
    parser.add_argument("--part", default="1/1", help="which of how many parts of the uploads")
    parser.add_argument("--made", type=Path, help="where the cases' files are kept for the next part")
    parser.add_argument("--port", type=int, default=9_377)
    options = parser.parse_args()
    part, parts = (int(number) for number in options.part.split("/"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = Server(options.port, folder)
        outcomes: list[Outcome] = []
        try:
            server.wait(options.port)
            honest = Honest(options.port)
            honest.start()
            time.sleep(8)
            alone = max(honest.waits)
            for at, upload in enumerate(hostile_uploads(options.cases, options.made or folder)):
                if at % parts != part - 1 or not upload.name.startswith(tuple(options.only)):
                    continue
                outcome = measure(options.port, server, honest, upload, options)
                outcomes.append(outcome)
                sys.stdout.write(_line(outcome))
                sys.stdout.flush()
                if server.process.poll() is not None:
                    sys.stdout.write("the server is gone\n")
                    break
            honest.over = True
            gone = server.process.poll() is not None
            ended, failures, log = server.ended_by_kernel, server.failures, server.log.read_text(errors="replace")
        finally:
            server.close()
    worst = max(outcomes, key=lambda one: one.longest_wait_seconds)
    heaviest = max(outcomes, key=lambda one: one.peak_mib)
    endings = sum((one.endings for one in outcomes), Counter[str]())
    failed = endings["general error"] + failures + honest.visitor.tab.exceptions
    passed = not gone and not honest.lost and not failed and honest.refused_seconds <= REFUSED_SECONDS
    summary = {
        "uploads": len(outcomes),
        "limited_by": server.limited_by,
        "alone_seconds": round(alone, 2),
        "worst_wait_seconds": round(worst.longest_wait_seconds, 2),
        "worst_upload": worst.upload,
        "peak_mib": round(heaviest.peak_mib),
        "heaviest_upload": heaviest.upload,
        "endings": dict(endings),
        "pages_failed": failed,
        "workers_ended_for_memory": server.killed + ended,
        "data_lost": honest.lost,
        "honest_uploads_refused": honest.refused,
        "uploads_refused_seconds": round(honest.refused_seconds),
        "load": round(os.getloadavg()[0], 1),
        "passed": passed and worst.longest_wait_seconds <= WAIT_SECONDS,
    }
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    if failed or gone:
        sys.stderr.write("\n".join(line for line in log.splitlines()[-400:]) + "\n")


def _line(outcome: Outcome) -> str:
    endings = ", ".join(f"{count} × {what}" for what, count in outcome.endings.items())
    waited, held = outcome.longest_wait_seconds, outcome.peak_mib
    says = " ".join(outcome.says.split())[:110]
    return f"{waited:6.2f} s {held:7.0f} MiB  {outcome.upload} ({outcome.kilobytes:,.0f} kB): {endings} | {says}\n"


if __name__ == "__main__":
    main()
