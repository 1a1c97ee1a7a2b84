# ruff: noqa: T201
"""How long Explore takes to follow a click: `python -m benchmarks.redraw orders.csv.gz [--width 1440]`.

Starts the app as `make serve` does, opens it in headless Chromium, uploads the file (without one: the sample shop),
goes to Explore, and clicks: periods, comparisons, tabs, a segment, the chip that removes it. Times are the browser's:
from the press of the mouse to the last change of the page before it stands still; figures that are not near the window
are not drawn. At the end the same for a page that shows one number and a button. The browser takes part of the same
cores. Needs the packages of requirements-dev.txt and a Chromium
(`$CHROMIUM` or one that playwright installed).
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from playwright.sync_api import Browser, CDPSession, Locator, Page, sync_playwright

from benchmarks.summary import summarise
from benchmarks.visitors import cpu_seconds, memory_mb, started
from lib.text import say

SMALL_APP = """
import streamlit as st
st.session_state.n = st.session_state.get("n", 0) + 1
st.write(st.session_state.n)
st.button("Again")
"""
WATCH = """
() => {
  const watch = {pressed: 0, changed: 0};
  window.redrawWatch = watch;
  addEventListener('pointerdown', () => { watch.pressed = watch.changed = performance.now(); }, true);
  new MutationObserver(() => { watch.changed = performance.now(); })
    .observe(document.body, {childList: true, subtree: true, characterData: true, attributes: true,
                             attributeFilter: ['d', 'class', 'transform', 'data-stale', 'style', 'aria-checked']});
}
"""
STANDS_STILL = """
() => document.querySelector('[data-testid=stApp]')?.getAttribute('data-test-script-state') !== 'running'
  && !document.querySelector('[data-testid=stSkeleton]')
  && performance.now() - window.redrawWatch.changed > 400
"""


def milliseconds(page: Page, act: Callable[[], None]) -> float:
    """From the press of the mouse to the last change of the page before it stands still for 400 ms."""
    act()
    page.wait_for_function(STANDS_STILL, polling=50)
    return float(page.evaluate("() => window.redrawWatch.changed - window.redrawWatch.pressed"))


def busy(watched: CDPSession) -> float:
    """CPU seconds of the page's main thread so far."""
    metrics = watched.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def floor(browser: Browser, folder: Path, port: int, clicks: int) -> float:
    """Median milliseconds of a click on a page that shows one number, measured in the same way."""
    (folder / "small_app.py").write_text(SMALL_APP)
    command = [sys.executable, "-m", "streamlit", "run", str(folder / "small_app.py"), "--server.port", str(port)]
    server, _ = started([*command, "--server.headless", "true"], port, folder)
    try:
        page = browser.new_page(locale="en-GB")
        page.set_default_timeout(120_000)
        page.goto(f"http://localhost:{port}")
        again = page.get_by_role("button", name="Again")
        again.wait_for()
        page.evaluate(WATCH)
        return statistics.median(milliseconds(page, again.click) for _ in range(clicks))
    finally:
        server.terminate()
        server.wait(30)


def option(page: Page, key: str, words: str) -> Locator:
    """One choice of a segmented control."""
    return page.locator(f".st-key-{key}").get_by_text(words, exact=True)


def first_bar(page: Page) -> None:
    """Clicks a bar of the chart of segments."""
    box = page.locator(".st-key-card-segments .barlayer .point").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(300)
    page.mouse.down()
    page.mouse.up()


Times = list[tuple[float, float, float]]
"""Of each click: milliseconds, and those of CPU time of the page's main thread and of the server."""


def measure(page: Page, rounds: int, cpu: Callable[[], tuple[float, float]]) -> dict[str, Times]:
    """Times by what was clicked."""
    found: dict[str, Times] = {"period": [], "comparison": [], "tab": [], "selection": [], "chip": []}

    def take(kind: str, act: Callable[[], None]) -> None:
        before = cpu()
        lasted = milliseconds(page, act)
        after = cpu()
        found[kind].append((lasted, after[0] - before[0], after[1] - before[1]))

    def press(kind: str, key: str, text_key: str) -> None:
        place = option(page, key, say("en", text_key))
        place.scroll_into_view_if_needed()
        take(kind, place.click)

    for _ in range(rounds):
        for period in ("365", "90", "30", "all"):
            press("period", "explore-period", f"explore.period_{period}")
        press("period", "explore-period", "explore.period_365")
        for comparison in ("year", "none", "previous"):
            press("comparison", "explore-compare", f"explore.compare_{comparison}")
        for tab in ("retention", "products", "times", "overview", "customers"):
            press("tab", "explore-tab", f"explore.tab_{tab}")
        page.locator(".st-key-card-segments [role=figure]").scroll_into_view_if_needed()
        page.locator(".st-key-card-segments .barlayer .point").first.wait_for()
        take("selection", lambda: first_bar(page))
        chip = page.locator(".st-key-chips button").first
        chip.scroll_into_view_if_needed()
        take("chip", chip.click)
        press("tab", "explore-tab", "explore.tab_overview")
    return found


def main() -> None:
    """Prints medians by kind of click, and of all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, help="orders to upload; without it the sample shop is used")
    parser.add_argument("--width", type=int, default=1440)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--port", type=int, default=8766)
    parser.add_argument("--pictures", type=Path, help="a folder for a picture of the first view")
    options = parser.parse_args()
    print(f"load at the start {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        command = [sys.executable, "-m", "tools.serve", "--port", str(options.port)]
        server, _ = started(command, options.port, Path(folder))
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM")
            or next((path for path in ("/usr/bin/chromium",) if Path(path).exists()), None),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        try:
            page = browser.new_page(viewport={"width": options.width, "height": 900}, locale="en-GB")
            page.set_default_timeout(120_000)
            page.goto(f"http://localhost:{options.port}/data")
            began = time.perf_counter()
            if options.file:
                page.locator("[data-testid=stFileUploaderDropzoneInput]").first.set_input_files(options.file)
            else:
                page.locator(".st-key-sample button").click()
            page.locator(".st-key-next-explore").wait_for()
            print(f"Data is ready after {time.perf_counter() - began:.1f} s")
            page.wait_for_timeout(1_500)
            page.evaluate(WATCH)
            link = page.locator('[data-testid="stTopNavLink"][href$="/explore"]').first

            def open_explore() -> None:
                link.click()
                page.locator(".st-key-findings").wait_for()

            print(f"first view of Explore: {milliseconds(page, open_explore):,.0f} ms")
            if options.pictures:
                page.screenshot(path=options.pictures / "explore.png", full_page=True)
            process = psutil.Process(server.pid)
            lines = options.file.name if options.file else "the sample shop"
            watched = page.context.new_cdp_session(page)
            watched.send("Performance.enable", {"timeDomain": "threadTicks"})

            def cpu() -> tuple[float, float]:
                return 1_000 * busy(watched), 1_000 * cpu_seconds(process)

            found = measure(page, options.rounds, cpu)
            memory = memory_mb(process)
            page.close()
            small = floor(browser, Path(folder), options.port + 20, 4 * options.rounds + 4)
        finally:
            browser.close()
            server.terminate()
            server.wait(30)
    every = [one for times in found.values() for one in times]
    print("\n| click | times | median | slowest | CPU of the page | CPU of the server |\n|" + " --- |" * 6)
    for kind, times in [*found.items(), ("all", every)]:
        wall, page_cpu, server_cpu = zip(*times, strict=True)
        medians = [statistics.median(one) for one in (wall, page_cpu, server_cpu)]
        print(
            f"| {kind} | {len(times)} | {medians[0]:,.0f} ms | {max(wall):,.0f} ms "
            f"| {medians[1]:,.0f} ms | {medians[2]:,.0f} ms |"
        )
    median = statistics.median(one[0] for one in every)
    print(f"\na click on a page with one number {small:,.0f} ms: × {median / small:.1f}; memory {memory:,.0f} MB")
    summarise(f"{len(every)} clicks on Explore, {lines}", median / small, "a click on a page with one number")
    print(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
