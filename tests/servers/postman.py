"""A worker that empties the outbox once, at a moment given to it, in a process of its own."""

import sys
from datetime import datetime

from app import create_app
from app.core.clock import at
from app.core.mail import deliver


def main() -> None:
    """Deliver what is due at the moment named by the first argument; print how many left."""
    app = create_app()
    with app.app_context(), at(datetime.fromisoformat(sys.argv[1])):
        print(deliver.call_local())


if __name__ == "__main__":
    main()
