"""Serve the app by one process or several: `python -m tools.serve [--workers 2] [--port 8501]`.

One process of Streamlit's uses one core. With several, nginx stands before them and sends each visitor to the same
process every time, by a cookie: a session, its uploads and its training live in one process. A process that ends is
started again. docs/operations.md says how to run the same behind a proxy of your own.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from lib import leftovers

_ROOT = Path(__file__).resolve().parents[1]
_MAX_UPLOAD_MB = 210  # a little above server.maxUploadSize, so that the app can say it in its own words

_CONFIGURATION = """
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 8192; }}
http {{
    access_log off;
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
    map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
{upstreams}
    server {{
        listen {port};
        client_max_body_size {upload}m;
        location = /_stcore/metrics {{ return 404; }}
        location / {{
            proxy_pass http://$worker;
            add_header Set-Cookie $new_cookie always;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
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
    return _CONFIGURATION.format(
        folder=folder,
        port=port,
        upload=_MAX_UPLOAD_MB,
        shares="\n".join(drawn),
        known="\n".join(f"        {name} {name};" for name in names),
        nothing_new="\n".join(f'        {name} "";' for name in names),
        upstreams="\n".join(
            f"    upstream {name} {{ server 127.0.0.1:{own}; }}" for name, own in zip(names, ports, strict=True)
        ),
    )


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
    if options.workers == 1:
        os.chdir(_ROOT)
        command = [sys.executable, "-m", "lib.ui.server", "--port", str(options.port), "--address", "0.0.0.0"]
        os.execv(sys.executable, command)
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin{os.pathsep}/usr/local/sbin")
    if nginx is None:
        parser.error(
            "several workers need nginx (Debian: apt install nginx-light) or another proxy: see docs/operations.md"
        )
    with tempfile.TemporaryDirectory(prefix=leftovers.temporary_prefix()) as folder:
        _supervise(nginx, Path(folder), options.port, options.workers)


def _supervise(nginx: str, folder: Path, port: int, workers: int) -> None:
    ports = [port + number for number in range(1, workers + 1)]
    (folder / "nginx.conf").write_text(configuration(folder, port, ports))
    environment = {"STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32)} | os.environ
    commands = [[sys.executable, "-m", "lib.ui.server", "--port", str(own), "--address", "127.0.0.1"] for own in ports]
    commands.append([nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"])

    def start(command: Sequence[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, cwd=_ROOT, env=environment)

    running = [start(command) for command in commands]
    signal.signal(signal.SIGTERM, _stop)
    try:
        while True:
            time.sleep(1.0)
            for place, process in enumerate(running):
                if process.poll() is not None:
                    sys.stderr.write(f"a process ended with {process.returncode} and is started again\n")
                    running[place] = start(commands[place])
    except KeyboardInterrupt:
        pass
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
