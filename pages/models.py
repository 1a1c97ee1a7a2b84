"""Models that were saved on this server: what each answers, using one, downloads, and several side by side."""

from functools import partial

import streamlit as st

from lib.model_file import format_of
from lib.presentation import document, labels, sentences
from lib.store import LIMIT_NAME, Saved, Store
from lib.store.kit import kit, opening_lines
from lib.ui import (
    candidate,
    comparing,
    model_store,
    page,
    predicting,
    project,
    report,
    sources,
    state,
    trained,
    widgets,
)
from lib.ui.page import errors_shown, language, number, plain, say


def one(store: Store, saved: Saved, twin: Saved | None) -> None:
    """A saved model: its name, what it answers in a sentence, and what can be done with it. `twin` is an earlier
    saved model with the same file."""
    with st.container(border=True, key=f"model-{saved.key}"):
        st.header(plain(saved.name), anchor=False)
        for sentence in report.headline_sentences(saved.card) or [plain(sentences.learnt_from(language(), saved.card))]:
            st.markdown(sentence)
        st.caption(line(saved))
        if twin is not None:
            st.caption(":material/content_copy: " + say("models.twin", name=twin.name))
        with st.container(horizontal=True, gap="small", key=f"tools-{saved.key}"):
            if st.button(
                say("models.use"),
                type="primary",
                icon=":material/batch_prediction:",
                key=f"use-{saved.key}",
                on_click=predicting.use_saved_model,
                args=(saved.key,),
            ):
                st.switch_page("pages/predict.py")
            shown = state.session().model_shown == saved.key
            st.button(
                say("models.hide" if shown else "models.show"),
                icon=":material/badge:",
                key=f"show-{saved.key}",
                on_click=open_card,
                args=("" if shown else saved.key,),
            )
            wanted = language()
            st.download_button(
                say("models.download", suffix=saved.format.suffix),
                lambda: store.read(saved.key),
                file_name=saved.file_name,
                mime="application/octet-stream",
                icon=":material/download:",
                on_click="ignore",
                key=f"download-{saved.key}",
            )
            st.download_button(
                say("models.kit"),
                lambda: kit(store.read(saved.key), saved.card, format=saved.format, language=wanted),
                file_name=f"{saved.file_name.rpartition('.')[0]}.zip",
                mime="application/zip",
                icon=":material/folder_zip:",
                on_click="ignore",
                help=say("models.kit_about"),
                key=f"kit-{saved.key}",
            )
            rename(saved)
            delete(saved)
        if shown:
            card(saved)


def line(saved: Saved) -> str:
    """Method, customers, size, and the day on which it was saved."""
    facts: dict[str, int | str] = {
        "customers": saved.card.customers,
        "recipe": labels.recipe(language(), saved.card.recipe),
        "size": number(saved.size / 1000, "0f"),
    }
    if saved.saved_at is None:
        return say("models.line", **facts)
    return say("models.line_date", **facts, day=saved.saved_at.date())


def open_card(key: str) -> None:
    """Which model's card is shown."""
    state.session().model_shown = key


def rename(saved: Saved) -> None:
    """Another name for the model, and others for its segments."""
    with st.popover(say("models.rename"), icon=":material/edit:", key=f"rename-{saved.key}"):
        with st.form(f"rename-form-{saved.key}", border=False):
            st.text_input(say("models.rename_to"), saved.name, max_chars=LIMIT_NAME, key=f"name-{saved.key}")
            st.form_submit_button(say("models.rename"), type="primary", on_click=give_name, args=(saved,))
        if saved.has_segments_to_rename:
            with st.form(f"segments-form-{saved.key}", border=False):
                st.markdown(f"**{say('train.rename')}**")
                trained.segment_name_fields(saved.card, f"segment-{saved.key}")
                st.form_submit_button(
                    say("train.rename_do"), on_click=give_segment_names, args=(saved,), key=f"segments-{saved.key}"
                )


def give_name(saved: Saved) -> None:
    """The name that was written becomes the model's."""
    with errors_shown():
        renamed = model_store.store().rename(saved.key, st.session_state[f"name-{saved.key}"])
        st.toast(say("models.renamed", name=renamed.name), icon=":material/check:")


def give_segment_names(saved: Saved) -> None:
    """The names that were written go into the saved model: into its card, its file, and what it predicts."""
    card = trained.named_card(saved.card, f"segment-{saved.key}")
    if card is None:
        return
    with errors_shown():
        store = model_store.store()
        renamed = store.rename_segments(saved.key, card)
        state.follow_renamed(saved.sha256, store.read(renamed.key), card)
        if state.session().model_shown == saved.key:
            open_card(renamed.key)
        predicting.follow_saved_model(saved.key, renamed.key)
        st.toast(say("train.renamed"), icon=":material/check:")


def delete(saved: Saved) -> None:
    """Gone for good, after a second click."""
    with st.popover(say("models.delete"), icon=":material/delete:", key=f"delete-{saved.key}"):
        key = "models.delete_sure_mine" if model_store.saving() == "private" else "models.delete_sure"
        st.markdown(say(key, name=saved.name))
        st.button(say("models.delete"), type="primary", key=f"sure-{saved.key}", on_click=forget, args=(saved,))


def forget(saved: Saved) -> None:
    """The model goes."""
    with errors_shown():
        model_store.store().delete(saved.key)
        st.toast(say("models.deleted", name=saved.name), icon=":material/check:")


def card(saved: Saved) -> None:
    """Everything that the model says about itself, and the same as a file."""
    opening = opening_lines(saved.format, saved.file_name) + "\nmodel.predict(customers)"
    wanted, stem = language(), saved.file_name.rpartition(".")[0]
    files = (
        ("md", "text/markdown", partial(document.to_markdown, saved.card, wanted, opening=opening)),
        ("html", "text/html", partial(document.to_html, saved.card, wanted, opening=opening)),
        ("json", "application/json", partial(document.to_json, saved.card)),
    )
    labels = (say("models.card_markdown"), say("models.card_html"), say("models.card_json"))
    with st.container(horizontal=True, gap="small"):
        for label, (suffix, mime, write) in zip(labels, files, strict=True):
            st.download_button(
                label,
                write,
                file_name=f"{stem}-card.{suffix}",
                mime=mime,
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
                key=f"card-{suffix}-{saved.key}",
            )
    for sentence in sentences.privacy(wanted, saved.card):
        st.markdown(plain(sentence))
    report.body(saved.card)


def of_project() -> bool:
    """The models of the project that is open, which nobody else sees. False where there are none."""
    models = sources.models_of_project()
    if not models:
        return False
    st.header(say("models.of_project"), anchor=False)
    st.caption(":material/inventory_2: " + say("models.of_project_about"))
    for key, model in models.items():
        with st.container(border=True, key=f"model-of-project-{model.sha256[:12]}"):
            st.header(plain(model.name), anchor=False)
            if model.card is not None:
                answers = report.headline_sentences(model.card)
                for sentence in answers or [plain(sentences.learnt_from(language(), model.card))]:
                    st.markdown(sentence)
            suffix = format_of(model.format).suffix
            with st.container(horizontal=True, gap="small"):
                if st.button(
                    say("models.use"),
                    type="primary",
                    icon=":material/batch_prediction:",
                    key=f"use-{key}",
                    on_click=predicting.use_saved_model,
                    args=(key,),
                ):
                    st.switch_page("pages/predict.py")
                st.download_button(
                    say("models.download", suffix=suffix),
                    lambda data=model.data: data,  # type: ignore[misc]
                    file_name=f"{widgets.model_name(model.card) if model.card is not None else 'model'}{suffix}",
                    mime="application/octet-stream",
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"download-{key}",
                )
    return True


page.guard()
page.frame("models", beside=project.open_anywhere)
candidate.read_waiting()
in_project = of_project()

visible = widgets.visible_models()
if visible is None:
    st.stop()
store, found = visible
mine = model_store.saving() == "private"
if mine:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(":material/lock: " + say("models.only_me", user=model_store.signed_in()))
        st.button(say("models.sign_out"), type="tertiary", on_click=st.logout, key="sign-out")
if not found and not in_project:
    with st.container(border=True, key="models-empty"):
        st.markdown(f"**{say('models.none_title')}**")
        st.markdown(say("models.none"))
        if st.button(say("models.to_train"), type="primary", icon=":material/model_training:", key="models-train"):
            st.switch_page("pages/train.py")
elif found:
    if in_project:
        st.header(say("models.on_server"), anchor=False)
    if not mine:
        st.caption(":material/group: " + say("models.everyone"))
    first: dict[str, Saved] = {}
    for saved in reversed(found):  # the one that was saved first is the original
        first.setdefault(saved.sha256, saved)
    for saved in found:
        one(store, saved, first[saved.sha256] if first[saved.sha256] is not saved else None)
    comparing.compare(store, found)
