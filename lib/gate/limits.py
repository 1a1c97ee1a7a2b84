"""How much a stream may ask for. Each figure is far above what honest files need and far below what hurts.

The largest honest files measured: 600,000 opcodes and 300,000 memo entries (a forest of 3,000 trees), nesting of 61
(a search over a stack of pipelines), arrays of three dimensions, records of 13 fields.
"""

MAX_OPCODES = 4_000_000
MAX_MEMO = 2_000_000
MAX_STACK = 2_000_000
MAX_MARKS = 200
"""Marks open at once: how deep one thing may lie inside another."""
MAX_DEPTH = 400
"""How deep the finished object may be nested."""
MAX_TEXT = 4 * 2**20
"""Bytes of one text."""
MAX_NAME = 200
"""Characters of a module, class, or attribute name."""
MAX_INTEGER_BYTES = 64
"""PCG64's state, the longest whole number in an honest file, takes 17."""
MAX_LINE = 4096
"""Bytes of one line of protocol 0, texts apart."""
MAX_DIMENSIONS = 8
MAX_LENGTH = 2**31
"""Of one dimension of an array."""
MAX_FIELDS = 32
"""Of a structured dtype."""
MAX_KEY_INTEGER = 2**60
"""Of a whole number that is a key: above 2**61 - 2, numbers can be chosen whose hashes are all the same."""
MAX_NESTED = 2_000
"""Pickles inside a joblib file, one for each array of objects."""
