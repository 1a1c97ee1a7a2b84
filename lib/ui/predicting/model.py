"""Choice of the model: an uploaded one, a saved one, or the one just trained."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from lib.card import Card
from lib.errors import UserError
from lib.gate import OpenedModel, Refused, open_model, our_version
from lib.presentation import labels
from lib.ui import cached, model_store, page, report, sources
from lib.ui.page import say
from lib.ui.predict_session import ModelSource, PredictSession
from lib.ui.predicting.state import predicting
from lib.ui.state import session, take_sample, trained_result

MODEL_MEGABYTES = 200


def use_trained_model() -> None:
    """Predict opens the model trained last, on the data that is loaded. For a button on another page."""
    predicting().wanted_model = "fresh"


def use_saved_model(key: str) -> None:
    """Predict opens that saved model. For a button on another page."""
    state = predicting()
    state.wanted_model, state.wanted_saved = "saved", key


def follow_saved_model(old: str, new: str) -> None:
    """The saved model with the key `old` got the key `new`: where it was chosen on Predict, it stays chosen."""
    if st.session_state.get(_WAY) == "saved" and st.session_state.get(_SAVED) == old:
        use_saved_model(new)


def choose_model() -> OpenedModel | None:
    """Let the visitor choose a model, and open it behind the gate; None while there is none."""
    state = predicting()
    if state.sample_asked:
        with st.spinner(say("predict.making_sample_model"), show_time=True):
            state.uploaded_model = ("sample-model.pkl", cached.sample_model())
        state.sample_asked = False
    saved, fresh = sources.saved_models(), sources.trained_model()
    way = _choose_way(state, saved, fresh)
    if way == "fresh" and fresh is not None:
        _open(state, fresh.data, fresh.name)
    elif way == "saved":
        chosen = st.selectbox(
            say("predict.which_saved"), list(saved), format_func=lambda key: saved[key], key=_SAVED,
            persist_state="session",
        )  # fmt: skip
        with page.errors_shown():
            _open(state, sources.saved_model(chosen), saved[chosen])
    else:
        _upload(state)
    if state.refused is not None:
        _tell_refusal(state.refused, state.model_name)
    elif state.opened is None:
        _lead_on()
    return state.opened


def _lead_on() -> None:
    """For a visitor without a model file: train one, or see what Predict does with a sample."""
    nothing_loaded = session().reading.empty
    with st.container(border=True, key="no-model"):
        st.markdown(say("predict.no_model_yet" if nothing_loaded else "predict.no_model_data"))
        with st.container(horizontal=True, gap="small"):
            if st.button(say("models.to_train"), type="primary", icon=":material/model_training:", key="predict-train"):
                st.switch_page("pages/train.py")
            if nothing_loaded or session().reading.simulated:
                st.button(
                    say("predict.try_sample_model"),
                    icon=":material/storefront:",
                    on_click=_take_sample_model,
                    key="sample-model",
                )


def _take_sample_model() -> None:
    """The sample shop's model, on the sample shop's customers; it is made by the run that follows."""
    predicting().sample_asked = True
    take_sample()
    st.session_state[_WAY], st.session_state[_CUSTOMERS_WAY] = "upload", "loaded"


_WAY, _SAVED, _CUSTOMERS_WAY = "predict-way", "predict-saved", "predict-customers-way"
"""Keys of widgets."""


def _choose_way(state: PredictSession, saved: Mapping[str, str], fresh: sources.ModelBytes | None) -> ModelSource:
    """Where the model comes from: what another page asked for, or a model trained since, goes before what was chosen
    here earlier."""
    digest = hashlib.sha256(fresh.data).hexdigest() if fresh is not None else ""
    if digest and digest != state.trained_digest:
        state.trained_digest, state.wanted_model = digest, state.wanted_model or "fresh"
    ways: list[ModelSource] = ["upload"]
    if saved:
        ways.append("saved")
    if fresh is not None:
        ways.append("fresh")
    wanted, state.wanted_model = state.wanted_model, None
    if wanted in ways:
        st.session_state[_WAY] = wanted
        if wanted == "saved" and state.wanted_saved in saved:
            st.session_state[_SAVED] = state.wanted_saved
        if wanted == "fresh":
            st.session_state[_CUSTOMERS_WAY] = "loaded"  # what it was trained on; the widget checks that it is there
    if st.session_state.get(_WAY) not in ways:
        st.session_state[_WAY] = "upload"
    if len(ways) == 1:
        return "upload"
    way: ModelSource | None = st.segmented_control(
        say("predict.which_model"),
        ways,
        format_func=lambda key: say(f"predict.model_{key}"),
        key=_WAY,
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    return way or "upload"


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
            recipe = labels.recipe(page.language(), card.recipe)
            st.markdown(say("predict.learnt_from", customers=card.customers, recipe=recipe))
            report.understood(card)
            report.warnings(card)
            if not _made_here(predicting()):
                st.caption(f":material/person_edit: {say('predict.author_says')}")
        if opened.verdict.parts:
            st.markdown(say("predict.composed", parts=" → ".join(opened.verdict.parts)))
        _tell_notes(opened)
        same, total = opened.verdict.self_test
        proved = opened.verdict.proved
        colour = "green" if proved else "orange"
        badges = [f":{colour}-badge[:material/verified_user: {say('predict.opened_safely')}]"]
        if total:
            badges.append(f":green-badge[:material/task_alt: {say('predict.self_test', same=same, total=total)}]")
        st.markdown(" ".join(badges))
        if not proved:
            made, ours = opened.verdict.sklearn_version or "–", our_version()
            st.warning(say("predict.other_version", made=made, ours=ours), icon=":material/history:")
        with st.expander(say("predict.technical")):
            st.markdown(
                say("predict.format", format=opened.verdict.format, version=opened.verdict.sklearn_version or "–")
            )
            for layer in opened.protection:
                st.markdown("- " + say(f"gate.protection.{layer}"))
            st.caption(f"SHA-256 {opened.verdict.sha256}")


def _tell_notes(opened: OpenedModel) -> None:
    """What lies beside the model in its file: used for the answers, or not."""
    for note in opened.verdict.notes:
        sentence = say(f"predict.beside_{note.kind}", **note.facts)
        if note.kind == "converted_unsure":
            st.warning(sentence, icon=":material/warning:")
        elif note.kind in ("unused", "labels_perhaps", "not_confirmed"):
            st.info(sentence, icon=":material/info:")
        else:
            st.markdown(sentence)


def _made_here(state: PredictSession) -> bool:
    """Whether this server saved the file, or trained it in this session; otherwise its author wrote the card."""
    if state.made_here is None or state.made_here[0] != state.model_digest:
        latest = trained_result()
        trained = [*session().trained, *([latest] if latest is not None else [])]
        files = (data for result in trained for data in result.files.values())
        known = {state.trained_digest, *(hashlib.sha256(data).hexdigest() for data in files)}
        with suppress(UserError):  # a store that cannot be reached knows no file
            known |= {saved.sha256 for saved in model_store.store().list()}
        state.made_here = (state.model_digest, state.model_digest in known)
    return state.made_here[1]


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
