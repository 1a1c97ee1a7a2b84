"""Brine in the browser: the entry script. `lib/ui/page_list.py` lists the pages."""

from lib.ui import page

if __name__ == "__main__":
    page.run()
