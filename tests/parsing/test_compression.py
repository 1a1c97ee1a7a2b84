import bz2
import gzip
import lzma
import zlib

import lz4.frame
import pytest

from lib.parsing.compression import compression_of

TEXT = b"order_id,date,amount\n1,2025-01-03,10.00\n" * 40


@pytest.mark.parametrize(
    ("data", "compression"),
    [
        (gzip.compress(TEXT, mtime=0), "gzip"),
        (bz2.compress(TEXT), "bz2"),
        (lzma.compress(TEXT), "xz"),
        (lzma.compress(TEXT, format=lzma.FORMAT_ALONE), "lzma"),
        (lz4.frame.compress(TEXT), "lz4"),
        *((zlib.compress(TEXT, level), "zlib") for level in (0, 1, 3, 6, 9)),
        (TEXT, None),
        (b"BZh,a,b\n1,2,3\n", None),
        (b"x,y\n1,2\n", None),
        (b"", None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_first_bytes_name_the_compression(data, compression):
    assert compression_of(data) == compression
