"""What a pickle is, what it can do to you, and what Brine does about that."""

import streamlit as st

from lib.ui import candidate, own_road, page, project, widgets
from lib.ui.page import say

page.guard()
page.frame("learn", beside=project.open_anywhere)
candidate.read_waiting()

widgets.picture_of_a_pickle()

st.header(say("learn.story_title"), anchor=False)
st.markdown(say("learn.story"))

writing, reading = st.columns(2, gap="medium")
with writing:
    st.subheader(say("learn.dump_title"), anchor=False)
    st.markdown(say("learn.dump"))
    st.code(
        'import pickle\n\nwith open("model.pkl", "wb") as file:\n    pickle.dump(model, file)',
        language="python",
        wrap_lines=True,
    )
with reading:
    st.subheader(say("learn.load_title"), anchor=False)
    st.markdown(say("learn.load"))
    st.code(
        'import pickle\n\nwith open("model.pkl", "rb") as file:\n    model = pickle.load(file)',
        language="python",
        wrap_lines=True,
    )

st.header(say("learn.danger_title"), anchor=False)
st.markdown(say("learn.danger"))

st.subheader(say("learn.gate_title"), anchor=False)
with st.grid(2, min_column_width=280):
    for step in (1, 2, 3, 4):
        widgets.step(step, say(f"learn.gate_{step}"), say(f"learn.gate_{step}_about"))
st.caption(say("learn.honest"))

st.header(say("learn.jupyter_title"), anchor=False)
st.markdown(say("learn.jupyter"))
st.code(
    'import pickle\nmodel = pickle.load(open("model.pkl", "rb"))\nmodel.predict(customers[model.feature_names_in_])',
    language="python",
    wrap_lines=True,
)
st.markdown(say("learn.jupyter_card"))
st.code('model.brine_card_["goal"], model.brine_card_["metrics"]', language="python", wrap_lines=True)

own_road.own_road()

st.subheader(say("learn.requirements_title"), anchor=False)
st.markdown(say("learn.requirements"))
st.code(widgets.requirements("scikit-learn", "pandas"), language="text", wrap_lines=True)

widgets.next_step("data", say("learn.next"), say("ui.go_data"))
