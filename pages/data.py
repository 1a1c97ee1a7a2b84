"""data"""

from lib.ui import page

page.guard()
page.frame("data")
