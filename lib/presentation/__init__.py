"""A model card in a person's words: labels, sentences, tables and documents, without Streamlit.

Everything here is a pure function of a card and a language, and never raises for a card that `lib.card` has read: a
key that this version does not know is shown as it stands. The pages, the HTML card, the kit and the command line use
the same functions.
"""
