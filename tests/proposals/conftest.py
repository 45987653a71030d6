"""What the tests of proposals start from."""

import pytest
from flask import Flask

from app.accounts.models import Resident
from app.core.rights import Role
from tests.factories import make_with_role


@pytest.fixture
def director(app: Flask) -> Resident:
    return make_with_role(Role.DIRECTOR, given_name="Denise")
