"""Archives that others send us."""

import zipfile
import zlib

UNREADABLE = (
    zipfile.BadZipFile,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    zlib.error,
)
"""All that `zipfile` raises of a file it cannot read.

Damaged, in an unknown compression, with a password, cut short, whose bytes do not unpack, or whose
parts are said to begin before it.
"""
