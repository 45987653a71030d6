"""Results told method by method; a method is looked up here by its key, and named in its module."""

import pkgutil
from importlib import import_module

from app.voting.stories.base import Story


def _found() -> list[Story]:
    return [
        made()
        for module in pkgutil.iter_modules(__path__)
        for made in vars(import_module(f"{__name__}.{module.name}")).values()
        if isinstance(made, type) and issubclass(made, Story) and made.key
    ]


STORIES = {story.key: story for story in _found()}
PLAIN = Story()


def story(method: str) -> Story:
    """What tells a method's results."""
    return STORIES.get(method, PLAIN)
