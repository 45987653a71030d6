"""The house without its rate limits, for measures that fail on purpose."""

import config
from app import create_app


class Unlimited(config.Production):
    """In production, but for the limits."""

    RATELIMIT_ENABLED = False


app = create_app(Unlimited)
