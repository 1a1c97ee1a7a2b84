"""The button that starts a training: another one that is running is stopped only after a second click."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from lib.ui.page import plain, say
from lib.ui.state import session


def start_button(
    label: str,
    *,
    key: str,
    icon: str = ":material/play_arrow:",
    kind: Literal["primary", "secondary"] = "primary",
    disabled: bool = False,
) -> bool:
    """Whether a training is to be started now."""
    job = session().job
    if disabled or job is None or job.state != "running":
        return st.button(label, type=kind, icon=icon, disabled=disabled, key=key)
    with st.popover(label, icon=icon, type=kind, key=f"{key}-ask"):
        st.markdown(plain(say("train.stops_running", name=session().job_name or say("sample.name"))))
        if job.first is not None:
            st.markdown(say("train.stops_running_kept"))
        return st.button(say("train.start_and_stop"), type="primary", icon=icon, key=key)
