"""Tables written by `tools/gate_tables.py`; regenerate them with `make gate-tables`, never by hand."""
