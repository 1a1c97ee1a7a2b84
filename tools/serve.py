"""Serve the app by one process or several: `python -m tools.serve [--workers 2] [--port 8501]`.

One process of Streamlit's uses one core. With several, nginx stands before them and sends each visitor to the same
process every time, by a cookie: a session, its uploads and its training live in one process. Where nginx is installed,
it stands before a single process as well: it hands out the 85 files of the browser's part of Streamlit, and plotly.js,
compressed, which would cost the process more CPU than a visitor's first page. A process that ends is started again;
when one ends five times in a row right after its start, serving ends with exit code 1.
docs/operations.md says how to run the same behind a proxy of your own.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from lib import leftovers
from lib.ui.page_list import PAGES

_ROOT = Path(__file__).resolve().parents[1]
_MAX_UPLOAD_MB = 210  # a little above server.maxUploadSize, so that the app can say it in its own words
_PLOTLY = "component/lib.ui.figures.plotly/plotly.min.js"
"""Where `lib/ui/figures.py` asks for it; the address carries the version."""
_START_SECONDS = 120.0
"""How long nginx waits for the processes, whose start takes seconds."""
_SHORT_SECONDS = 10.0
"""A process that ends sooner than that after its start has not lasted …"""
_MOST_SHORT = 5
"""… and after so many times in a row nothing is served any more: whoever watches over it shall see that."""
_PAUSE_SECONDS = 2.0
"""Before it is started again, doubled each time."""

_CONFIGURATION = """
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    log_not_found off;
    sendfile on;
    tcp_nopush on;
    types {{
        text/html html;
        application/javascript js;
        text/css css;
        application/json json;
        font/woff2 woff2;
        image/svg+xml svg;
        image/png png;
    }}
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;

    # A new visitor gets one of the processes and keeps it: the cookie names it.
    split_clients $request_id $drawn {{
{shares}
    }}
    map $cookie_brine_worker $worker {{
{known}
        default $drawn;
    }}
    map $cookie_brine_worker $new_cookie {{
{nothing_new}
        default "brine_worker=$drawn; Path=/; HttpOnly; SameSite=Lax";
    }}
    map $http_x_forwarded_proto $visible_scheme {{ default $http_x_forwarded_proto; '' $scheme; }}
    map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
{upstreams}
    server {{
        listen {port};
        client_max_body_size {upload}m;
        location = /_stcore/metrics {{ return 404; }}
        # Files whose names or addresses change with their content. What is not there is asked of a process.
        location ^~ /static/ {{ {stored} }}
        location = /{plotly} {{ {stored} }}
        # One file for every page: what a page shows comes over the WebSocket.
        location ~ ^/({pages})?$ {{
            root {folder}/web;
            rewrite ^ /index.html break;
            gzip_static on;
            add_header Cache-Control no-cache;
            add_header Vary Accept-Encoding;
            add_header Set-Cookie $new_cookie;
            error_page 403 404 = @worker;
        }}
        location / {{ try_files /nothing @worker; }}
        location @worker {{
            proxy_pass http://$worker;
            add_header Set-Cookie $new_cookie always;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $visible_scheme;
            proxy_buffering off;
            proxy_request_buffering off;
            proxy_read_timeout 1h;
        }}
    }}
}}
"""


def configuration(folder: Path, port: int, ports: Sequence[int]) -> str:
    """nginx's configuration for app processes on these ports of this machine."""
    names = [f"brine_{number}" for number in range(1, len(ports) + 1)]
    share = 100 / len(names)
    drawn = [*(f"        {share:.2f}% {name};" for name in names[:-1]), f"        * {names[-1]};"]
    stored = (
        f"root {folder}/web; gzip_static on; add_header Cache-Control 'public, immutable, max-age=31536000'; "
        "add_header Vary Accept-Encoding; error_page 403 404 = @worker;"
    )
    return _CONFIGURATION.format(
        folder=folder,
        stored=stored,
        plotly=_PLOTLY,
        pages="|".join(PAGES),
        port=port,
        upload=_MAX_UPLOAD_MB,
        shares="\n".join(drawn),
        known="\n".join(f"        {name} {name};" for name in names),
        nothing_new="\n".join(f'        {name} "";' for name in names),
        upstreams="\n".join(
            f"    upstream {name} {{ server 127.0.0.1:{own}; }}" for name, own in zip(names, ports, strict=True)
        ),
    )


def lay_out(web: Path) -> None:
    """The files that nginx hands out, under their addresses: links to those of the installed packages, and beside each
    text its gzip form, which nginx would otherwise make for every visitor."""
    streamlit, plotly = (_package(name) for name in ("streamlit", "plotly"))
    files = {path.relative_to(streamlit / "static"): path for path in (streamlit / "static" / "static").rglob("*")}
    files[Path("index.html")] = streamlit / "static" / "index.html"
    files[Path(_PLOTLY)] = plotly / "package_data" / "plotly.min.js"
    for address, path in files.items():
        if path.is_file():
            (web / address).parent.mkdir(parents=True, exist_ok=True)
            (web / address).symlink_to(path)
            if path.suffix in (".js", ".css", ".html"):
                Path(f"{web / address}.gz").write_bytes(gzip.compress(path.read_bytes(), 6, mtime=0))


def _package(name: str) -> Path:
    """Its folder, without importing it."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(name)
    return Path(found.origin).parent


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves until it is stopped."""
    parser = argparse.ArgumentParser(prog="python -m tools.serve", description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=1, help="processes; about one per core")
    parser.add_argument(
        "--port", type=int, default=8501, help="the port that visitors use; the next ones are used inside"
    )
    options = parser.parse_args(arguments)
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")  # glibc gives freed memory back sooner
    if options.workers < 1:
        parser.error("--workers must be 1 or more")
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin{os.pathsep}/usr/local/sbin")
    if nginx is None and options.workers == 1:
        os.chdir(_ROOT)
        command = [sys.executable, "-m", "lib.ui.server", "--port", str(options.port), "--address", "0.0.0.0"]
        os.execv(sys.executable, command)
    if nginx is None:
        parser.error(
            "several workers need nginx (Debian: apt install nginx-light) or another proxy: see docs/operations.md"
        )
    with tempfile.TemporaryDirectory(prefix=leftovers.temporary_prefix()) as folder:
        _supervise(nginx, Path(folder), options.port, options.workers)


def _supervise(nginx: str, folder: Path, port: int, workers: int) -> None:
    ports = [port + number for number in range(1, workers + 1)]
    (folder / "nginx.conf").write_text(configuration(folder, port, ports))
    folder.chmod(0o711)  # nginx, started by root, reads the files as another user
    environment = {"STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32)} | os.environ
    commands = [[sys.executable, "-m", "lib.ui.server", "--port", str(own), "--address", "127.0.0.1"] for own in ports]

    signal.signal(signal.SIGTERM, _stop)
    running: list[_Running] = []
    try:
        running += [_Running(command, environment) for command in commands]
        lay_out(folder / "web")
        _wait_for([one.process for one in running], ports)
        nginx_command = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
        running.append(_Running(nginx_command, environment))
        while all(one.keep() for one in running):
            time.sleep(1.0)
        sys.exit(1)
    except KeyboardInterrupt:
        pass
    finally:
        for one in running:
            one.process.terminate()
        for one in running:
            one.process.wait(20)


class _Running:
    """A process that is started again when it ends, with pauses, unless it never lasts."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command, self._environment = command, environment
        self._short = 0
        """How often in a row it ended right after its start."""
        self._due: float | None = None
        self._start()

    def _start(self) -> None:
        self._began, self._due = time.monotonic(), None
        self.process = subprocess.Popen(self._command, cwd=_ROOT, env=self._environment)

    def keep(self) -> bool:
        """Starts it again where that is due; False if it has ended too often in a row right after its start."""
        ended, now = self.process.poll(), time.monotonic()
        if ended is None:
            return True
        if self._due is None:
            self._short = self._short + 1 if now - self._began < _SHORT_SECONDS else 0
            self._due = now + (_PAUSE_SECONDS * 2 ** (self._short - 1) if self._short else 0.0)
            again = "is started again" if self._short < _MOST_SHORT else "will not last: serving ends"
            sys.stderr.write(f"{Path(self._command[0]).name} ended with {ended} and {again}\n")
        if self._short >= _MOST_SHORT:
            return False
        if now >= self._due:
            self._start()
        return True


def _wait_for(running: Sequence[subprocess.Popen[bytes]], ports: Sequence[int]) -> None:
    """Until all processes are ready for visitors, or one has ended, or it takes too long."""
    until = time.monotonic() + _START_SECONDS
    waiting = list(ports)
    while waiting and time.monotonic() < until and all(process.poll() is None for process in running):
        waiting = [port for port in waiting if not _is_ready(port)]
        time.sleep(0.05)


_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""This machine is asked itself, whatever proxy the environment names for others."""


def _is_ready(port: int) -> bool:
    try:
        _direct.open(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).close()
    except OSError:
        return False
    return True


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
