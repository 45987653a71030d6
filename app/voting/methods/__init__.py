"""Counting methods: a new one is one new module here, and one part of template to be offered."""

import pkgutil
from importlib import import_module
from typing import Any

from app.voting.methods.base import Method


def _found() -> list[Method[Any, Any, Any]]:
    """One instance of each method defined in the modules of this folder, in their own order."""
    methods = []
    for module in pkgutil.iter_modules(__path__):
        there = import_module(f"{__name__}.{module.name}")
        methods += [
            made()
            for made in vars(there).values()
            if isinstance(made, type) and issubclass(made, Method) and hasattr(made, "key")
            # A module that imports another's method does not define it a second time.
            if made.__module__ == there.__name__
        ]
    return sorted(methods, key=lambda method: method.place)


METHODS: dict[str, Method[Any, Any, Any]] = {method.key: method for method in _found()}
