"""Metrics, resampling, curves, importance and leakage checks: one implementation each, used by every trainer.

Nothing here knows a goal or a recipe. Functions take arrays of predictions and of what was observed, one element (or
row) per customer, and return figures.
"""
