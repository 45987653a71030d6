"""The PDF of ten pages of minutes, as the site makes it, against typst alone on the same data.

    .venv/bin/python -m bench.minutes [times]

Both take turns in one process, on a new SQLite database: what the site adds is reading the meeting,
and turning what people wrote in Markdown into data. The aim: at most 1.5 times typst alone.
"""

import sys
import tempfile

from bench import house


def main() -> None:
    times = sys.argv[1] if len(sys.argv) > 1 else "20"
    with tempfile.TemporaryDirectory() as folder:
        env = house.made(f"sqlite:///{folder}/bench.db", folder, MAISONNEE_ENV="development")
        house.run(env, "bench.print_minutes", times)


if __name__ == "__main__":
    main()
