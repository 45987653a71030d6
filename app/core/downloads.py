"""Files made for one person, to keep on their own disk."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from typing import IO

from flask import Response, send_file


def made_file(name: str, media_type: str, fill: Callable[[IO[bytes]], object]) -> Response:
    """A download written to disk rather than in memory, in a file that ends with the answer.

    `fill` writes it from its start; what it raises closes the file too.
    """
    with ExitStack() as stack:
        file = stack.enter_context(tempfile.TemporaryFile())
        fill(file)
        file.seek(0)
        # Whoever sends the answer closes it.
        stack.pop_all()
    answer = send_file(file, media_type, as_attachment=True, download_name=name, max_age=0)
    answer.headers["Cache-Control"] = "no-store"
    return answer
