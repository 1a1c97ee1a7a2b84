"""train"""

from lib.ui import page

page.guard()
page.frame("train")
