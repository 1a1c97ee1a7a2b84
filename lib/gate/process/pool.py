"""Worker pool: one worker is kept warm, a worker serves one file, and the number of live workers is limited.

On Linux one fork server imports everything once and forks workers in milliseconds; elsewhere each worker is a
process of its own, and the next is started while the current one works. All of them end with their server: they read
the end of its pipe, and on Linux the kernel ends them with the fork server.
"""

import atexit
import contextlib
import json
import mmap
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import joblib

from lib import leftovers
from lib.gate.process import messages
from lib.gate.process.messages import Disconnected, Patience, TimedOut, strings
from lib.gate.process.sandbox import confine
from lib.gate.process.worker import SLOT_BYTES, SLOTS
from lib.turns import NoTurn, Turns

MAX_WORKERS = 6
"""Maximum number of live workers. Another file ends the one idle longest; its file is reopened when needed."""
MAX_CALLING = 4
"""Workers that answer calls at a time: the others of `MAX_WORKERS` are free to open files, which takes seconds."""
MAX_CALLING_EACH = 2
"""Of them, for one model file and for one visitor: six tabs with the same model do not block all other users."""
OTHERS_WAIT_SECONDS = 1.0
"""Once another visitor has waited so long, a call that takes long gives its turn up (`opened.GIVE_WAY_SECONDS`)."""
CALL_WAIT_SECONDS = 90.0
"""How long a call waits for its turn."""
BUSY_SECONDS = 20.0
"""How long a file waits while all of them compute."""
START_SECONDS = 90.0
"""What a cold start may take on a slow host: it imports scikit-learn, pandas and pyarrow."""
_READY_SECONDS = 10.0

_ROOT = str(Path(__file__).resolve().parents[3])
_CODE = (
    "import json, sys\n"
    "sys.path[:] = json.loads(sys.argv[2])\n"
    "from lib.gate.process.worker import main\n"
    "main(single=sys.argv[1] == 'single', threads=int(sys.argv[3]))\n"
)
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "passive",
    "MALLOC_ARENA_MAX": "2",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "PYTHONDONTWRITEBYTECODE": "1",
}
"""What a worker's environment holds, besides `_KERNEL` (and SYSTEMROOT on Windows, which Python needs to start)."""
_KERNEL = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""Variables that select OpenBLAS's kernel, so that a worker computes the same last bits as its server; one short word
each."""


class Busy(Exception):
    """Every worker is computing for another caller."""


class NoWorker(Exception):
    """This host does not let a worker start; the message is its account."""


class Worker:
    """One worker process, seen from the server: two descriptors, a way to end it, a way to ask how it ended."""

    def __init__(
        self,
        inward: int,
        outward: int,
        kill: Callable[[], None],
        *,
        fate: Callable[[], str],
        protection: tuple[str, ...],
    ) -> None:
        self.inward = inward
        self.outward = outward
        self.protection = protection
        self.last_used = time.monotonic()
        self.alive = True
        self.computing = False
        self.shared: memoryview | None = None
        """Memory that both sides see; written here, read there."""
        self._kill = kill
        self._fate = fate
        self._closing = threading.Lock()

    def patience(self, seconds: float, cancelled: Callable[[], bool] | None = None) -> Patience:
        """Patience that ends this worker where a blocked read cannot be left otherwise."""
        return Patience(seconds, cancelled=cancelled, give_up=self._kill)

    def fate(self) -> str:
        """Why a worker closed its end, for the technical details."""
        return self._fate()

    def close(self) -> None:
        """End the process. May be called again, from any thread."""
        with self._closing:
            if not self.alive:
                return
            self.alive = False
            self._kill()
            for descriptor in {self.inward, self.outward}:
                with contextlib.suppress(OSError):
                    os.close(descriptor)


def _start(mode: str, **pipes: int) -> subprocess.Popen[bytes]:
    """A Python of its own: no environment, no descriptors but its pipes, an empty folder as its place."""
    environment = _ENVIRONMENT | {name: os.environ[name] for name in _KERNEL if _is_a_word(os.environ.get(name, ""))}
    executable = sys.executable
    if sys.platform == "win32":
        del environment["PATH"]
        environment["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", r"C:\Windows")
        executable = getattr(sys, "_base_executable", sys.executable)
    paths = [_ROOT, *(str(Path(path).resolve()) for path in sys.path if path and Path(path).exists())]
    try:
        return subprocess.Popen(
            [executable, "-I", "-X", "utf8", "-c", _CODE, mode, json.dumps(list(dict.fromkeys(paths))), _threads()],
            env=environment,
            cwd=tempfile.mkdtemp(prefix=leftovers.temporary_prefix()),
            stderr=subprocess.PIPE,
            close_fds=True,
            start_new_session=sys.platform != "win32",
            **pipes,  # type: ignore[call-overload]
        )
    except OSError as error:
        raise NoWorker(str(error)) from error


def _is_a_word(text: str) -> bool:
    return text.isascii() and text.isalnum() and len(text) <= 20


def _threads() -> str:
    """As many as this process would compute with, so that a model gives the same last bits and keeps to its host."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        value = os.environ.get(name, "")
        if value.isdecimal() and int(value):
            return value
    return str(joblib.cpu_count())


def _first_word(process: subprocess.Popen[bytes], descriptor: int) -> dict[str, messages.JsonValue]:
    """What a process says once it has imported everything."""
    try:
        head, _ = messages.receive(descriptor, max_body=0, patience=Patience(START_SECONDS, give_up=process.kill))
    except (Disconnected, TimedOut) as error:
        process.kill()
        account = process.stderr.read()[-2_000:].decode(errors="replace") if process.stderr else ""
        raise NoWorker(account or repr(error)) from error
    return head


class ForkServer:
    """The process that has imported everything and forks workers (Linux)."""

    def __init__(self) -> None:
        self._talk = threading.Lock()
        self._server, theirs = socket.socketpair()
        with theirs:
            self._process = _start("fork-server", stdin=theirs.fileno(), stdout=subprocess.DEVNULL)
        _first_word(self._process, self._server.fileno())
        if self._process.stderr:
            self._process.stderr.close()

    def start_worker(self) -> Worker:
        """A fresh worker with its doors closed."""
        if sys.platform != "linux":
            raise NotImplementedError
        with self._talk:
            try:
                self._server.sendall(b"f")
                self._server.settimeout(_READY_SECONDS)
                message, descriptors, _, _ = socket.recv_fds(self._server, 8, 3)
            except OSError as error:
                raise NoWorker(str(error)) from error
        if len(descriptors) != 3:
            raise NoWorker("the fork server is gone")
        pipe, handle, memory = descriptors
        number = int.from_bytes(message, "little")

        def kill() -> None:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(handle, signal.SIGKILL)

        try:
            head, _ = messages.receive(pipe, max_body=0, patience=Patience(_READY_SECONDS))
        except (Disconnected, TimedOut) as error:
            kill()
            raise NoWorker(f"a worker did not close its doors: {self._fate(number)}") from error
        worker = Worker(
            pipe,
            pipe,
            _Once(kill, handle),
            fate=lambda: self._fate(number),
            protection=strings(head.get("protection")),
        )
        worker.shared = memoryview(mmap.mmap(memory, SLOTS * SLOT_BYTES))
        os.close(memory)
        return worker

    def _fate(self, number: int) -> str:
        with self._talk:
            try:
                self._server.sendall(b"?" + number.to_bytes(8, "little"))
                status = int.from_bytes(self._server.recv(4), "little")
            except OSError:
                return "the fork server is gone"
        if sys.platform != "linux":
            raise NotImplementedError
        if os.WIFSIGNALED(status):
            return f"ended by signal {os.WTERMSIG(status)}"
        return f"ended with {os.WEXITSTATUS(status)}"

    def close(self) -> None:
        """End the fork server, and with it all of its workers."""
        self._server.close()
        _end(self._process)


class _Once:
    """Kill through a process descriptor, which cannot hit another process, and let go of it."""

    def __init__(self, kill: Callable[[], None], handle: int) -> None:
        self._kill = kill
        self._handle = handle
        self._lock = threading.Lock()
        self._done = False

    def __call__(self) -> None:
        with self._lock:
            if not self._done:
                self._done = True
                self._kill()
                os.close(self._handle)


class ProcessPerWorker:
    """A process a worker, where processes cannot be forked safely or descriptors not be handed over."""

    def start_worker(self) -> Worker:
        """A fresh worker with its doors closed; takes as long as importing scikit-learn does."""
        process = _start("single", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if process.stdin is None or process.stdout is None:
            raise NoWorker("no pipes")
        held = confine(process)
        inward, outward = os.dup(process.stdout.fileno()), os.dup(process.stdin.fileno())
        process.stdin.close()
        process.stdout.close()
        head = _first_word(process, inward)
        return Worker(
            inward,
            outward,
            lambda: _end(process),
            fate=lambda: f"ended with {process.wait(2)}",
            protection=tuple(dict.fromkeys(held + strings(head.get("protection")))),
        )

    def close(self) -> None:
        """Nothing of its own to end."""


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(2)
    if process.stderr:
        process.stderr.close()


def can_fork() -> bool:
    """Whether workers can be forked from a fork server: Linux with process descriptors (>= 5.3)."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return True


class Pool:
    """Hands out workers: one stands ready, `MAX_WORKERS` live at a time. Safe to use from any thread."""

    def __init__(self, *, source: ForkServer | ProcessPerWorker | None = None) -> None:
        self._source = source
        self._starting = threading.Lock()
        self._state = threading.Condition()
        self._ready: deque[Worker] = deque()
        self._living: list[Worker] = []
        self._turns = Turns(MAX_CALLING, MAX_CALLING_EACH)
        self._filling = False
        self._closed = False

    def warm_up(self) -> None:
        """Have a worker ready soon, without waiting for it."""
        with self._state:
            if self._filling or self._ready or self._closed:
                return
            self._filling = True
        threading.Thread(target=self._fill, name="brine-gate-warm-up", daemon=True).start()

    def take(self) -> Worker:
        """A fresh worker, its `computing` set; raises Busy or NoWorker."""
        self._make_room()
        with self._state:
            worker = self._ready.popleft() if self._ready else None
        if worker is None or not worker.alive:
            worker = self._start_worker()
        with self._state:
            worker.computing = True
            self._living.append(worker)
        self.warm_up()
        return worker

    def rest(self, worker: Worker) -> None:
        """It keeps its model, but may be ended when another file needs a worker."""
        with self._state:
            worker.computing = False
            worker.last_used = time.monotonic()
            self._state.notify_all()

    def wake(self, worker: Worker) -> bool:
        """Take a resting worker back into use; False when it was ended meanwhile."""
        with self._state:
            if not worker.alive or worker.computing:
                return False
            worker.computing = True
            return True

    def begin_call(self, file: str) -> str:
        """Wait for a turn to compute for one file; raises Busy. Returns whose turn it is: `end_call` gives it back.

        Nothing is held meanwhile: the waiting worker may be ended in favour of another file.
        """
        try:
            return self._turns.begin(file, seconds=CALL_WAIT_SECONDS)
        except NoTurn:
            raise Busy from None

    def end_call(self, file: str, whose: str = "") -> None:
        """The turn is over."""
        self._turns.end(whose, file)

    def others_wait(self) -> bool:
        """Whether another visitor has waited for a turn longer than everybody may have to."""
        return self._turns.others_wait(OTHERS_WAIT_SECONDS)

    def end(self, worker: Worker) -> None:
        """This file is done with."""
        worker.close()
        with self._state:
            if worker in self._living:
                self._living.remove(worker)
            self._state.notify_all()

    def close(self) -> None:
        """End every worker; the pool hands out no more."""
        with self._state:
            self._closed = True
            everyone = [*self._ready, *self._living]
            self._ready.clear()
            self._living.clear()
        for worker in everyone:
            worker.close()
        if self._source is not None:
            self._source.close()

    def _make_room(self) -> None:
        until = time.monotonic() + BUSY_SECONDS
        while True:
            with self._state:
                if len(self._living) < MAX_WORKERS:
                    return
                resting = [worker for worker in self._living if not worker.computing]
                if not resting:
                    if not self._state.wait(until - time.monotonic()):
                        raise Busy
                    continue
                oldest = min(resting, key=lambda worker: worker.last_used)
                self._living.remove(oldest)
            oldest.close()

    def _fill(self) -> None:
        try:
            worker = self._start_worker()
        except NoWorker:
            worker = None  # the next file meets the same fault and tells it
        with self._state:
            self._filling = False
            if worker is not None and not self._closed:
                self._ready.append(worker)
                return
        if worker is not None:
            worker.close()

    def _start_worker(self) -> Worker:
        with self._starting:
            for attempt in range(2):
                if self._closed:
                    break
                if self._source is None:
                    self._source = ForkServer() if can_fork() else ProcessPerWorker()
                if self._closed:  # meanwhile, by another thread
                    self._source.close()
                    break
                try:
                    return self._source.start_worker()
                except NoWorker:
                    self._source.close()
                    self._source = None
                    if attempt:
                        raise
        raise NoWorker("the pool is closed")


_POOLS: list[Pool] = []
_MAKING = threading.Lock()


def pool() -> Pool:
    """The one pool of this process, made at first use."""
    with _MAKING:
        if not _POOLS:
            _POOLS.append(Pool())
            atexit.register(_POOLS[0].close)
        return _POOLS[0]
