"""Restrictions of a worker by the operating system, applied before it reads any untrusted byte.

Everything here is a second wall behind the judge, who alone must stop every attack. So each layer is tried when the
worker starts and left out where the host lacks it; what took effect is returned by name and shown to the visitor.

| layer         | where                | what it takes                                                              |
| ------------- | -------------------- | -------------------------------------------------------------------------- |
| memory        | Linux, macOS, Windows| address space over `MEMORY` bytes (macOS does not enforce it for all)      |
| cpu           | Linux, macOS, Windows| more than `CPU_SECONDS` of computing                                       |
| descriptors   | Linux, macOS         | opening anything at all: no descriptor beyond the two pipes and a null one |
| writing       | Linux, macOS         | growing any file by one byte                                               |
| unprivileged  | Linux, as root only  | the rights of root: the worker continues as the user `nobody`              |
| landlock      | Linux >= 5.13        | every file and folder; TCP (>= 6.7); signals to others (>= 6.12)           |
| seccomp       | Linux x86-64, ARM64  | every system call but those for computing, memory, threads and open pipes  |
| processes     | where seccomp is not | new processes                                                              |
| job           | Windows              | outliving the server, new processes, the desktop                           |
"""

import contextlib
import ctypes
import errno
import os
import platform
import struct
import subprocess
import sys
from typing import Protocol

if sys.platform != "win32":
    import resource  # noqa: F401 - later this process can no longer read files

MEMORY = 1_200 * 2**20
"""Bytes of address space of a worker, of which Python, scikit-learn, pandas and pyarrow take about 550 MiB."""
CPU_SECONDS = 1_800
"""Of a worker's whole life. A verdict and each call have limits of their own, on the wall clock."""

_NOBODY = 65_534


def close_doors() -> tuple[str, ...]:
    """Take from this process all that it no longer needs; returns the layers that took effect.

    To be called in the worker, with its pipes at descriptors 0 and 1, after all imports. There is no way back.
    """
    if sys.platform == "win32":
        return ()
    held = []
    if sys.platform == "linux":
        _prctl(_PR_SET_DUMPABLE, 0)
        if _become_nobody():
            held.append("unprivileged")
        _prctl(_PR_SET_PDEATHSIG, 9)
        no_new_privileges = _prctl(_PR_SET_NO_NEW_PRIVS, 1)
        if no_new_privileges and _landlock():
            held.append("landlock")
    held += _limits()
    if sys.platform == "linux" and no_new_privileges and _seccomp():
        held.append("seccomp")
    elif _no_processes():
        held.append("processes")
    return tuple(held)


def _limits() -> list[str]:
    if sys.platform == "win32":
        raise NotImplementedError
    import resource

    wanted = (
        ("memory", resource.RLIMIT_AS, MEMORY),
        ("cpu", resource.RLIMIT_CPU, CPU_SECONDS),
        ("writing", resource.RLIMIT_FSIZE, 0),
        ("descriptors", resource.RLIMIT_NOFILE, 3),
        ("", resource.RLIMIT_CORE, 0),
    )
    held = []
    for name, limit, value in wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
            held.append(name)
    return [name for name in held if name]


def _no_processes() -> bool:
    """Without seccomp. On Linux this counts threads too, so the worker then computes with one."""
    if sys.platform == "win32":
        raise NotImplementedError
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    except (ValueError, OSError):
        return False
    return os.geteuid() != 0


def _become_nobody() -> bool:
    if sys.platform != "linux":
        raise NotImplementedError
    if os.geteuid() != 0:
        return False
    try:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    except OSError:
        return False
    return True


# --- Linux ---------------------------------------------------------------------------------------------------------

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _prctl(option: int, value: int) -> bool:
    nothing = ctypes.c_ulong(0)
    return bool(_libc().prctl(ctypes.c_int(option), ctypes.c_ulong(value), nothing, nothing, nothing) == 0)


def _syscall(number: int, *arguments: int | ctypes.Array[ctypes.c_char] | None) -> int:
    """The kernel's answer, or minus the error number."""
    passed = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    answer = _libc().syscall(ctypes.c_long(number), *passed)
    return int(answer) if answer >= 0 else -ctypes.get_errno()


_LANDLOCK_CREATE_RULESET, _LANDLOCK_RESTRICT_SELF = 444, 446
_LANDLOCK_VERSION = 1


def _landlock() -> bool:
    """A ruleset that handles every right this kernel knows and grants none (struct landlock_ruleset_attr)."""
    version = _syscall(_LANDLOCK_CREATE_RULESET, None, 0, _LANDLOCK_VERSION)
    if version < 1:
        return False
    files = (1 << (13 if version < 2 else 14 if version < 3 else 15 if version < 5 else 16)) - 1
    fields = [files]
    if version >= 4:
        fields.append(0b11)  # TCP: bind, connect
    if version >= 6:
        fields.append(0b11)  # abstract sockets, signals outside this process
    attributes = ctypes.create_string_buffer(struct.pack(f"={len(fields)}Q", *fields))
    ruleset = _syscall(_LANDLOCK_CREATE_RULESET, attributes, 8 * len(fields), 0)
    if ruleset < 0:
        return False
    try:
        return _syscall(_LANDLOCK_RESTRICT_SELF, ruleset, 0) == 0
    finally:
        os.close(ruleset)


_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""Machine → the number by which seccomp knows it, and its column in the tables below."""

_FREE: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "poll": (7, None),
    "ppoll": (271, 73),
    "select": (23, None),
    "pselect6": (270, 72),
    "munmap": (11, 215),
    "mremap": (25, 216),
    "brk": (12, 214),
    "madvise": (28, 233),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "nanosleep": (35, 101),
    "clock_nanosleep": (230, 115),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "gettimeofday": (96, 169),
    "time": (201, None),
    "times": (100, 153),
    "getrusage": (98, 165),
    "sysinfo": (99, 179),
    "uname": (63, 160),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "membarrier": (324, 283),
    "getrandom": (318, 278),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
"""System calls allowed whatever their arguments: computing, memory, waiting, the pipes that are already open."""

_MMAP, _MPROTECT = (9, 222), (10, 226)  # without the right to execute
_CLONE, _CLONE3 = (56, 220), (435, 435)  # a thread, not a process; clone3 hides its flags, so "not known here"
_TGKILL = (234, 131)  # to itself: abort()
_PRLIMIT = (302, 261)  # to read
_FCNTL = (72, 25)

_PROT_EXEC, _CLONE_THREAD = 0x4, 0x10000
_ALLOW, _DENY, _UNKNOWN, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS, 0x80000000
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06  # BPF: ld [k]; jeq; jset; ret
_NUMBER, _ARCH = 0, 4  # offsets in struct seccomp_data
_SET_FILTER = (317, 277)
_SECCOMP_MODE_FILTER, _ALL_THREADS = 1, 1


def _argument(position: int) -> int:
    """Offset of an argument's lower half (both machines are little-endian)."""
    return 16 + 8 * position


Step = tuple[int, int, int, int]


def _filter(arch: int, column: int, me: int) -> list[Step]:
    """The BPF program: (code, skip if true, skip if false, value)."""

    def only(number: int, *tests: Step) -> list[Step]:
        """If it is this call, the tests decide, and the last of them falls through to `_DENY`."""
        body = [*tests, (_RETURN, 0, 0, _DENY)]
        return [(_LOAD, 0, 0, _NUMBER), (_EQUAL, 0, len(body), number), *body]

    allow = (_RETURN, 0, 0, _ALLOW)
    program: list[Step] = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, arch),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    for numbers in _FREE.values():
        number = numbers[column]
        if number is not None:
            program += [(_EQUAL, 0, 1, number), allow]
    for numbers in (_MMAP, _MPROTECT):
        program += only(numbers[column], (_LOAD, 0, 0, _argument(2)), (_ANY_BIT, 1, 0, _PROT_EXEC), allow)
    program += only(_CLONE[column], (_LOAD, 0, 0, _argument(0)), (_ANY_BIT, 0, 1, _CLONE_THREAD), allow)
    program += only(_TGKILL[column], (_LOAD, 0, 0, _argument(0)), (_EQUAL, 0, 1, me), allow)
    program += only(
        _PRLIMIT[column],
        (_LOAD, 0, 0, _argument(2)),
        (_EQUAL, 0, 3, 0),
        (_LOAD, 0, 0, _argument(2) + 4),
        (_EQUAL, 0, 1, 0),
        allow,
    )
    program += only(_FCNTL[column], (_LOAD, 0, 0, _argument(1)), (_EQUAL, 1, 0, 1), (_EQUAL, 0, 1, 3), allow)
    program += [(_LOAD, 0, 0, _NUMBER), (_EQUAL, 0, 1, _CLONE3[column]), (_RETURN, 0, 0, _UNKNOWN)]
    return [*program, (_RETURN, 0, 0, _DENY)]


def _seccomp() -> bool:
    if platform.machine() not in _MACHINES or sys.maxsize < 2**32:
        return False
    arch, column = _MACHINES[platform.machine()]
    program = _filter(arch, column, os.getpid())
    steps = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in program))
    head = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(steps)))
    return _syscall(_SET_FILTER[column], _SECCOMP_MODE_FILTER, _ALL_THREADS, head) == 0


# --- Windows -------------------------------------------------------------------------------------------------------

_JOB_EXTENDED_SIZE = 144
_JOB_LIMITS = 0x2 | 0x8 | 0x100 | 0x400 | 0x2000  # process time, one process, process memory, no error box, die with us


class Kernel(Protocol):
    """The three calls of Windows' kernel32 that a job takes."""

    def CreateJobObjectW(self, attributes: None, name: None, /) -> int | None: ...
    def SetInformationJobObject(
        self, job: ctypes.c_void_p, kind: int, limits: ctypes.Array[ctypes.c_char], length: int, /
    ) -> int: ...
    def AssignProcessToJobObject(self, job: ctypes.c_void_p, process: ctypes.c_void_p, /) -> int: ...


def confine(process: subprocess.Popen[bytes]) -> tuple[str, ...]:
    """Put a worker just started into a Job Object of its own, which ends it when this process ends; Windows only."""
    if sys.platform != "win32":
        return ()
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    return confined(kernel, process, int(process._handle))  # type: ignore[attr-defined]


def job_limits() -> bytes:
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION as 64-bit Windows lays it out: time, flags, processes, memory."""
    limits = bytearray(_JOB_EXTENDED_SIZE)
    struct.pack_into("=q", limits, 0, CPU_SECONDS * 10_000_000)
    struct.pack_into("=I", limits, 16, _JOB_LIMITS)
    struct.pack_into("=I", limits, 40, 1)
    struct.pack_into("=Q", limits, 112, MEMORY)
    return bytes(limits)


def confined(kernel: Kernel, process: subprocess.Popen[bytes], number: int) -> tuple[str, ...]:
    """A process, known to Windows by a handle, put into a new job; the layers that took effect."""
    job = kernel.CreateJobObjectW(None, None)
    if not job:
        return ()
    limits = job_limits()
    buffer = ctypes.create_string_buffer(limits, len(limits))
    desktop = ctypes.create_string_buffer(struct.pack("=I", 0xFF), 4)
    set_information = kernel.SetInformationJobObject
    handle = ctypes.c_void_p(job)
    if not set_information(handle, 9, buffer, len(limits)):
        return ()
    set_information(handle, 4, desktop, 4)
    if not kernel.AssignProcessToJobObject(handle, ctypes.c_void_p(number)):
        return ()
    process.job = job  # type: ignore[attr-defined]
    return ("job", "memory", "cpu")
