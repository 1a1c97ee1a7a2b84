"""What several pages show: charts with their table, cards, empty states, the next step."""

from __future__ import annotations

from html import escape
from importlib.metadata import version

import streamlit as st

from lib.ui.page import plain, say

def picture_of_a_pickle() -> None:
    """Model in memory → `pickle.dump` → bytes → `pickle.load` → the same model; stands upright on a phone."""
    cards = [
        _picture_card("memory", say("learn.picture_memory"), say("learn.picture_memory_about")),
        _picture_arrow("pickle.dump"),
        _picture_card("jar", "model.pkl", say("learn.picture_file_about"), bytes_line="80 05 95 3f 0a 00 8c 07 73 6b 6c …"),
        _picture_arrow("pickle.load"),
        _picture_card("again", say("learn.picture_again"), say("learn.picture_again_about")),
    ]
    label = escape(say("learn.picture"), quote=True)
    st.html(f'<div class="brine-picture" role="img" aria-label="{label}">{"".join(cards)}</div>')


def _picture_card(icon: str, title: str, about: str, *, bytes_line: str = "") -> str:
    code = f'<code aria-hidden="true">{escape(bytes_line)}</code>' if bytes_line else ""
    return (
        f'<div class="brine-picture-card"><i class="brine-icon brine-icon-{icon}"></i>'
        f"<strong>{escape(title)}</strong><span>{escape(about)}</span>{code}</div>"
    )


def _picture_arrow(label: str) -> str:
    return (
        f'<div class="brine-picture-arrow"><code>{label}</code><i class="brine-icon brine-icon-arrow"></i></div>'
    )


def step(number: int, title: str, about: str) -> None:
    """One numbered card."""
    with st.container(border=True, height="stretch"):
        st.markdown(f":primary-badge[{number}] **{title}**")
        st.markdown(about)


def next_step(stem: str, question: str, label: str) -> None:
    """The one thing to do next, at the foot of a page."""
    st.space("small")
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{question}**", width="content")
        if st.button(label, type="primary", icon=":material/arrow_forward:", icon_position="right", key=f"next-{stem}"):
            st.switch_page(f"pages/{stem}.py")


def requirements(*packages: str) -> str:
    """The lines of a requirements file, with the versions that run here."""
    return "\n".join(f"{name}=={version(name)}" for name in packages)


def user_text(value: str) -> str:
    """A user's own value, safe inside Markdown."""
    return plain(value)
