"""predict"""

from lib.ui import page

page.guard()
page.frame("predict")
