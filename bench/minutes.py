"""The PDF of ten pages of minutes, as the site makes it, against typst alone on the same data.

    .venv/bin/python -m bench.minutes [times]

Both take turns in one process, on a new SQLite database: what the site adds is reading the meeting,
and turning what people wrote in Markdown into data. The aim: at most 1.5 times typst alone.
"""

import os
import subprocess
import sys
import tempfile

from bench.pages import ROOT


def main() -> None:
    times = sys.argv[1] if len(sys.argv) > 1 else "20"
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder}/bench.db",
            "INSTANCE_PATH": folder,
            "MAISONNEE_ENV": "development",
            "EMBEDDED_JOBS": "0",
            "FLASK_APP": "wsgi",
        }
        migrate = [sys.executable, "-m", "flask", "db", "upgrade"]
        subprocess.run(migrate, cwd=ROOT, env=env, check=True, capture_output=True)
        measure = [sys.executable, "-m", "bench.print_minutes", times]
        subprocess.run(measure, cwd=ROOT, env=env, check=True)


if __name__ == "__main__":
    main()
