#!/bin/sh
# Makes sure that a Chromium is there for the browser tests: the one named by $CHROMIUM, one on the PATH,
# the distribution's own package, or Playwright's, in that order.
set -u
python=${1:-python3}
[ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && exit 0
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    echo "Installing Chromium for the browser tests"
    export DEBIAN_FRONTEND=noninteractive
    $sudo apt-get update -qq && $sudo apt-get install -y -qq chromium >/dev/null && exit 0
fi
"$python" -m playwright install chromium && exit 0
echo "No Chromium was found and none could be installed. Install one, or set CHROMIUM to its path." >&2
exit 1
