"""Where this server keeps saved models, and who may see them.

Whoever runs the server decides with two settings, each an environment variable or a key of Streamlit's secrets:
`BRINE_MODELS` is a path or URL, `BRINE_SAVING` is `shared` (default), `private` or `off`.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from lib.errors import UserError
from lib.store import Store

ROOT = Path(__file__).resolve().parents[2]

Saving = Literal["shared", "private", "off"]
"""`shared`: everyone who can open the app sees every saved model; `private`: each signed-in user has their own; `off`:
nothing is saved, and nothing saved earlier is shown."""


def saving() -> Saving:
    """Who sees saved models. An unknown setting counts as `off`: a spelling mistake must not publish a model."""
    wanted = _setting("BRINE_SAVING").strip().lower()
    return {"": "shared", "shared": "shared", "private": "private"}.get(wanted, "off")  # type: ignore[return-value]


def signed_in() -> str:
    """The signed-in user's name or e-mail, for display; empty for a visitor who is not signed in."""
    if st.user.get("is_logged_in") is not True:
        return ""
    return next((str(st.user[key]) for key in ("email", "name", "sub") if st.user.get(key)), "")


def can_sign_in() -> bool:
    """Whether whoever runs the server has set up a sign-in (`[auth]` in the secrets)."""
    return "is_logged_in" in st.user


def store() -> Store:
    """The saved models that this visitor may see.

    Raises UserError("store.off" | "store.sign_in").
    """
    mode, place = saving(), _setting("BRINE_MODELS") or str(ROOT / "models")
    if mode == "off":
        raise UserError("store.off")
    if mode == "shared":
        return Store(place)
    space = _own_space()
    if not space:
        raise UserError("store.sign_in")
    return Store(f"{place.rstrip('/')}/users/{space}")


def _own_space() -> str:
    """The folder of the signed-in user: a digest of who issued the identity and its subject, so that no name or e-mail
    is part of a path. Empty for a visitor who is not signed in, or whose identity has no subject."""
    if st.user.get("is_logged_in") is not True or not st.user.get("sub"):
        return ""
    identity = f"{st.user.get('iss', '')}\n{st.user['sub']}"
    return hashlib.sha256(identity.encode()).hexdigest()[:32]


def _setting(name: str) -> str:
    if name in os.environ:
        return os.environ[name]
    try:
        return str(st.secrets.get(name, ""))
    except StreamlitSecretNotFoundError:  # there is no file of secrets
        return ""
