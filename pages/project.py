"""Save what was decided as one file, restore it, and see what changed since."""

import streamlit as st

from lib.ui import candidate, page, project
from lib.ui.page import say

page.guard()
page.frame("project")

left, right = st.columns(2, gap="medium")
# First what opens a project: what is saved beside it is then of that project.
with right, st.container(border=True, height="stretch", key="project-open-card"):
    st.header(say("project.open"), anchor=False)
    st.caption(say("project.open_about"))
    project.drop()
    with page.errors_shown():
        candidate.read_candidate()
with left, st.container(border=True, height="stretch", key="project-save-card"):
    st.header(say("project.save_title"), anchor=False)
    st.caption(say("project.save_about"))
    project.save()

project.summary()
project.changed()
st.header(say("project.campaigns"), anchor=False)
st.caption(say("project.campaigns_about"))
project.campaigns()
st.header(say("project.forget_title"), anchor=False)
project.forget()
