"""A model and customers → scores that can be trusted, and lists to act on."""

import streamlit as st

from lib.ui import candidate, notebooks, page, predicting, project
from lib.ui.page import say

page.guard()
page.frame("predict", beside=project.open_anywhere)
candidate.read_waiting()

if predicting.choose_task() == "measure":
    predicting.campaign_effect()
    st.stop()

st.header(say("predict.step_model"), anchor=False)
opened = predicting.choose_model()
if opened is None:
    st.stop()
predicting.headline(opened)

st.header(say("predict.step_customers"), anchor=False)
way = predicting.choose_customers(opened)
if way == "one":
    predicting.single_customer(opened)
    st.stop()
if not predicting.map_columns(opened):
    st.stop()

scores = predicting.scored()
if scores is None:
    st.stop()
predicting.caveats(opened, scores)
predicting.results(opened, scores)
predicting.explanation(opened, scores)
predicting.action(opened, scores)
predicting.still_right(opened, scores)
predicting.backtest(opened)
if way == "loaded":
    notebooks.offer_scoring()
