"""What the tests of voting start from."""

from collections.abc import Iterator

import pytest
from flask import Flask


@pytest.fixture
def speaking(suite_app: Flask) -> Iterator[None]:
    """Sentences may be put in words: a page is being asked for."""
    with suite_app.test_request_context():
        yield
