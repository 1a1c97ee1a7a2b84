"""Placeholder frame until this page's content is in."""

from lib.ui import page

page.guard()
page.frame("models")
