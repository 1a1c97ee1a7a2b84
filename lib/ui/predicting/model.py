"""Which model: one that was brought, one that is saved here, or the one just trained."""

from __future__ import annotations

import hashlib

import streamlit as st

from lib.card import Card
from lib.gate import OpenedModel, Refused, open_model
from lib.ui import page, sources
from lib.ui.page import say
from lib.ui.predict_session import PredictSession
from lib.ui.predicting.state import predicting

MODEL_MEGABYTES = 200


def choose_model() -> OpenedModel | None:
    """Let the visitor choose a model, and open it behind the gate; None while there is none."""
    state = predicting()
    ways = ["upload"]
    saved = sources.saved_models()
    fresh = sources.trained_model()
    ways += ["saved"] if saved else []
    ways += ["fresh"] if fresh is not None else []
    way: str | None = "upload"
    if len(ways) > 1:
        st.session_state.setdefault("predict-way", "fresh" if fresh is not None else "upload")
        way = st.segmented_control(
            say("predict.which_model"),
            ways,
            format_func=lambda key: say(f"predict.model_{key}"),
            key="predict-way",
            required=True,
            label_visibility="collapsed",
            persist_state="session",
        )
    if way == "fresh" and fresh is not None:
        _open(state, fresh.data, fresh.name)
    elif way == "saved":
        chosen = st.selectbox(
            say("predict.which_saved"), list(saved), format_func=lambda key: saved[key], key="predict-saved",
            persist_state="session",
        )  # fmt: skip
        with page.told():
            _open(state, sources.saved_model(chosen), saved[chosen])
    else:
        _upload(state)
    if state.refused is not None:
        _tell_refusal(state.refused, state.model_name)
    return state.opened


def _upload(state: PredictSession) -> None:
    file = st.file_uploader(
        say("predict.upload_model"),
        key="predict-model-file",
        help=say("predict.upload_model_help"),
        max_upload_size=MODEL_MEGABYTES,
    )
    if file is not None:
        _open(state, file.getvalue(), file.name)
        state.uploaded_model = (file.name, file.getvalue())
    elif state.uploaded_model is not None:
        name, data = state.uploaded_model
        _open(state, data, name)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(say("predict.in_hand", name=name))
            if st.button(say("predict.let_go"), type="tertiary", icon=":material/close:"):
                state.uploaded_model = None
                state.forget_model()
                st.rerun()
    elif state.model_digest:
        state.forget_model()


def _open(state: PredictSession, data: bytes, name: str) -> None:
    digest = hashlib.sha256(data).hexdigest()
    if digest == state.model_digest:
        return
    state.forget_model()
    state.model_digest, state.model_name = digest, name
    with st.spinner(say("predict.opening")):
        try:
            state.opened = open_model(data, name)
        except Refused as refused:
            state.refused = refused


def _tell_refusal(refused: Refused, name: str) -> None:
    st.error(say(refused.key, **refused.facts), icon=":material/gpp_bad:")
    st.markdown(say("predict.refused_calm", name=name))
    if refused.technical:
        with st.expander(say("predict.technical")):
            st.code(refused.technical, language="text", wrap_lines=True)


def headline(opened: OpenedModel) -> None:
    """What the model answers, in a sentence, and what stood guard while it was opened."""
    card = opened.verdict.card
    with st.container(border=True):
        if card is None:
            st.markdown(f"**{say(f'predict.foreign_{opened.kind}', estimator=opened.verdict.estimator)}**")
            st.markdown(_foreign_columns(opened))
        else:
            st.markdown(f"**{card_sentence(card)}**")
            st.markdown(say("predict.learnt_from", customers=card.customers, recipe=say(f"recipes.{card.recipe}")))
        same, total = opened.verdict.self_test
        badges = [f":green-badge[:material/verified_user: {say('predict.opened_safely')}]"]
        if total:
            badges.append(f":green-badge[:material/task_alt: {say('predict.self_test', same=same, total=total)}]")
        st.markdown(" ".join(badges))
        with st.expander(say("predict.technical")):
            st.markdown(
                say("predict.format", format=opened.verdict.format, version=opened.verdict.sklearn_version or "–")
            )
            for layer in opened.protection:
                st.markdown("- " + say(f"gate.protection.{layer}"))
            st.caption(f"SHA-256 {opened.verdict.sha256}")


def card_sentence(card: Card) -> str:
    """What a model of ours answers."""
    if card.goal == "groups":
        return say("predict.goal_groups", groups=len(card.groups))
    if card.goal == "target":
        return say("predict.goal_target", target=card.target)
    return say(f"predict.goal_{card.goal}", days=card.horizon_days)


def _foreign_columns(opened: OpenedModel) -> str:
    if opened.columns:
        return say("predict.foreign_columns", columns=list(opened.columns[:20]), count=len(opened.columns))
    if opened.n_features:
        return say("predict.foreign_count", count=opened.n_features)
    return say("predict.foreign_nothing")
