"""What the operating system takes from a worker; each layer tried from inside a process that closed its doors."""

import json
import os
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lib.gate.process import sandbox
from lib.gate.process.pool import ForkServer, Pool, ProcessPerWorker, can_fork

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="the limits of POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="a layer of Linux")

ATTEMPTS = """
import json, os, signal, socket, subprocess, sys, threading
import numpy, ctypes, mmap
sys.path.insert(0, sys.argv[1])
from lib.gate.process.sandbox import close_doors
own = os.path.abspath(__file__) if "__file__" in globals() else sys.argv[1] + "/lib/errors.py"
os.closerange(3, 100)
held = close_doors()
def in_a_thread():
    done = []
    thread = threading.Thread(target=lambda: done.append(1)); thread.start(); thread.join()
    assert done
attempts = {
    "read": lambda: open("/etc/passwd").read(),
    "read own": lambda: open(own).read(),
    "list": lambda: os.listdir("/"),
    "write": lambda: open("/tmp/brine-canary", "w").write("x"),
    "stat": lambda: os.stat("/etc/passwd"),
    "remove": lambda: os.unlink("/tmp/brine-canary"),
    "rename": lambda: os.rename("/tmp/brine-a", "/tmp/brine-b"),
    "folder": lambda: os.mkdir("/tmp/brine-folder"),
    "run": lambda: subprocess.run(["true"]),
    "shell": lambda: 1 / 0 if os.system("true") == 0 else exec('raise OSError("system refused")'),
    "fork": lambda: os._exit(0) if os.fork() == 0 else None,
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "connect": lambda: socket.create_connection(("127.0.0.1", 9), 1),
    "socket": lambda: socket.socket(),
    "unix": lambda: socket.socket(socket.AF_UNIX),
    "pipe": lambda: os.pipe(),
    "kill": lambda: os.kill(os.getppid(), 0),
    "ptrace": lambda: exec('raise OSError("refused")') if ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) else None,
    "machine code": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC),
    "memory": lambda: numpy.ones(400_000_000),
    "more limits": lambda: __import__("resource").setrlimit(__import__("resource").RLIMIT_AS, (-1, -1)),
    "import": lambda: __import__("xmlrpc.client"),
    "library": lambda: ctypes.CDLL("libm.so.6.none"),
    "compute": lambda: numpy.linalg.inv(numpy.eye(200)).sum(),
    "thread": in_a_thread,
    "random": lambda: os.urandom(8),
    "clock": lambda: __import__("time").sleep(0.001),
}
import resource, time
result = {}
for name, attempt in attempts.items():
    try:
        attempt()
        result[name] = "done"
    except BaseException as error:
        result[name] = type(error).__name__
os.write(1, json.dumps([held, result, sorted(os.environ)]).encode())
"""
USEFUL = {"compute", "thread", "random", "clock"}


@pytest.fixture(scope="module")
def inside() -> tuple[list[str], dict[str, str]]:
    """The active layers, and the result of each attempt."""
    if sys.platform == "win32":
        pytest.skip("the limits of POSIX")
    done = subprocess.run(
        [sys.executable, "-c", ATTEMPTS, str(ROOT)], capture_output=True, check=True, timeout=60, env={"PATH": "/bin"}
    )
    held, result, _ = json.loads(done.stdout)
    return held, result


@pytest.mark.slow
@posix
def test_a_worker_can_still_compute(inside):
    _, result = inside
    assert {name: result[name] for name in USEFUL} == dict.fromkeys(USEFUL, "done")


@pytest.mark.slow
@posix
def test_memory_is_limited(inside):
    held, result = inside
    assert "memory" in held
    assert result["memory"] == "MemoryError"


@pytest.mark.slow
@posix
def test_nothing_can_be_opened_even_where_the_kernel_offers_no_more_than_limits(inside):
    held, result = inside
    assert {"descriptors", "writing"} <= set(held)
    for name in ("read", "read own", "write", "socket", "unix", "pipe", "list"):
        assert result[name] != "done", name


@linux
def test_under_seccomp_a_worker_can_do_nothing_but_compute(inside):
    held, result = inside
    if "seccomp" not in held:
        pytest.skip("this host has no seccomp")
    done = {name for name, outcome in result.items() if outcome == "done"}
    assert done == USEFUL


@linux
def test_this_hosts_layers_are_the_ones_it_can_have(inside):
    """Landlock and seccomp need no rights; where the kernel has them, they must hold."""
    held, _ = inside
    assert {"memory", "cpu", "descriptors", "writing"} <= set(held)
    if os.geteuid() == 0:
        assert "unprivileged" in held


@pytest.mark.slow
@linux
def test_layers_by_themselves_hold_too():
    """Landlock alone denies files, seccomp alone denies everything: neither leans on the other."""
    code = (
        "import sys, os; sys.path.insert(0, sys.argv[1])\n"
        "from lib.gate.process import sandbox\n"
        "sandbox._prctl(38, 1)\n"
        "held = getattr(sandbox, sys.argv[2])()\n"
        "try:\n    open('/etc/passwd').read(); outcome = 'read'\n"
        "except OSError: outcome = 'denied'\n"
        "os.write(1, f'{held} {outcome}'.encode())\n"
    )
    for layer in ("_landlock", "_seccomp"):
        done = subprocess.run([sys.executable, "-c", code, str(ROOT), layer], capture_output=True, check=True)
        held, outcome = done.stdout.decode().split()
        assert (held, outcome) in (("True", "denied"), ("False", "read")), layer


# --- the process ---------------------------------------------------------------------------------------------------


def _environment(process: int) -> dict[str, str]:
    text = Path(f"/proc/{process}/environ").read_text()
    return dict(line.split("=", 1) for line in text.split("\0") if line)


@pytest.mark.slow
@linux
@pytest.mark.parametrize(("stated", "held"), [("Haswell", "Haswell"), ("x;touch /tmp/y", None), ("", None)])
def test_a_worker_multiplies_as_its_server_does(monkeypatch, stated, held):
    """Where a host names the kernel, a model's last digits differed between the gate and plain Python."""
    monkeypatch.setenv("OPENBLAS_CORETYPE", stated)
    fork_server = ForkServer()
    try:
        assert _environment(fork_server._process.pid).get("OPENBLAS_CORETYPE") == held
    finally:
        fork_server.close()


@pytest.mark.slow
@linux
def test_a_worker_inherits_no_secret_no_descriptor_and_no_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    secret = os.open(tmp_path / "secret", os.O_CREAT | os.O_RDWR)
    os.set_inheritable(secret, True)
    fork_server = ForkServer()
    try:
        number = fork_server._process.pid
        assert "hunter2" not in " ".join(_environment(number).values())
        assert not {"HOME", "USER", "SECRET_TOKEN"} & set(_environment(number))
        opened = {os.readlink(one) for one in Path(f"/proc/{number}/fd").iterdir()}
        assert all(one.startswith(("socket:", "/dev/null")) for one in opened), opened
        assert not Path(os.readlink(f"/proc/{number}/cwd")).exists()
        arguments = Path(f"/proc/{number}/cmdline").read_text()
        assert "streamlit_app" not in arguments
    finally:
        fork_server.close()
        os.close(secret)


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.slow
@linux
def test_workers_die_with_their_server():
    """A server that is killed leaves nothing behind, not even a worker that computes without end."""
    code = (
        "import sys, time; sys.path.insert(0, sys.argv[1])\n"
        "from lib.gate.process.pool import ForkServer\n"
        "from pathlib import Path\n"
        "fork_server = ForkServer()\n"
        "worker = fork_server.start_worker()\n"
        "children = Path(f'/proc/{fork_server._process.pid}/task/{fork_server._process.pid}/children').read_text()\n"
        "print(fork_server._process.pid, children, flush=True)\n"
        "time.sleep(60)\n"
    )
    server = subprocess.Popen([sys.executable, "-c", code, str(ROOT)], stdout=subprocess.PIPE)
    numbers = [int(word) for word in server.stdout.readline().split()]
    assert len(numbers) >= 2
    assert all(map(_alive, numbers))
    server.kill()
    server.wait()
    server.stdout.close()
    until = time.monotonic() + 10
    while any(map(_alive, numbers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(_alive, numbers))


@pytest.mark.slow
def test_a_host_that_cannot_fork_gets_a_process_a_worker(model_file):
    from lib.gate.process import messages

    pool = Pool(source=ProcessPerWorker())
    try:
        worker = pool.take()
        messages.send(worker.outward, {"op": "judge"}, model_file)
        reply, _ = messages.receive(worker.inward, max_body=0, patience=worker.patience(20))
        assert reply["ok"] is True, reply
        assert "memory" in worker.protection
        pool.end(worker)
    finally:
        pool.close()


@pytest.fixture
def model_file() -> bytes:
    import pickle

    from sklearn.linear_model import LinearRegression

    return pickle.dumps(LinearRegression().fit([[0.0], [1.0]], [0.0, 2.0]))


@linux
def test_linux_forks():
    assert can_fork()


# --- where these tests do not run ----------------------------------------------------------------------------------


class _Kernel:
    """Windows' three calls, as a record of what they were given."""

    def __init__(self, fails: str = "") -> None:
        self.fails = fails
        self.said: list[tuple[str, object]] = []

    def CreateJobObjectW(self, attributes: None, name: None) -> int | None:
        self.said.append(("create", (attributes, name)))
        return None if self.fails == "create" else 77

    def SetInformationJobObject(self, job: object, kind: int, limits: object, length: int) -> int:
        self.said.append((f"limit {kind}", bytes(limits.raw)))
        return self.fails != "limit"

    def AssignProcessToJobObject(self, job: object, process: object) -> int:
        self.said.append(("assign", process.value))
        return self.fails != "assign"


class _Process:
    pass


def test_windows_gets_a_job_with_a_process_a_time_and_a_memory_of_its_own():
    kernel, process = _Kernel(), _Process()
    assert sandbox.confined(kernel, process, 1234) == ("job", "memory", "cpu")
    assert [what for what, _ in kernel.said] == ["create", "limit 9", "limit 4", "assign"]
    assert kernel.said[-1] == ("assign", 1234)
    assert process.job == 77  # kept: the job ends with its last handle, and the worker with it
    limits = kernel.said[1][1]
    seconds, flags, processes, memory = (struct.unpack_from(code, limits, place)[0] for code, place in _LAYOUT)
    assert (seconds, processes, memory) == (sandbox.CPU_SECONDS * 10**7, 1, sandbox.MEMORY)
    assert flags == 0x2 | 0x8 | 0x100 | 0x400 | 0x2000
    assert len(limits) == 144
    assert kernel.said[2][1] == struct.pack("=I", 0xFF)


_LAYOUT = (("=q", 0), ("=I", 16), ("=I", 40), ("=Q", 112))
"""Where winnt.h has PerProcessUserTimeLimit, LimitFlags, ActiveProcessLimit and ProcessMemoryLimit on 64 bits."""


@pytest.mark.parametrize("fails", ["create", "limit", "assign"])
def test_a_windows_that_gives_no_job_is_said_to_give_none(fails):
    assert sandbox.confined(_Kernel(fails), _Process(), 1) == ()


@pytest.mark.parametrize(("platform", "forks"), [("linux", True), ("darwin", False), ("win32", False)])
def test_only_linux_forks_its_workers(monkeypatch, platform, forks):
    monkeypatch.setattr(sys, "platform", platform)
    if forks and not hasattr(os, "pidfd_open"):
        pytest.skip("a kernel without process descriptors")
    assert can_fork() is forks


@pytest.mark.slow
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_gate_type_checks_on_every_system(platform):
    """What only one system has is behind that system's name, so that no other trips over it."""
    command = [sys.executable, "-m", "mypy", "--platform", platform, "lib/gate"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
