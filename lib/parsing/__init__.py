"""Numbers, dates, yes/no words, compression and rounding: one implementation each, for every layer above."""
