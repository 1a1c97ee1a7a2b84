"""models"""

from lib.ui import page

page.guard()
page.frame("models")
