"""Two files of one person, for the tests that join them."""

import pytest
from flask import Flask

from app.accounts.models import Resident
from app.core.rights import Role
from tests.factories import make_resident, make_with_role


@pytest.fixture
def desk(app: Flask) -> Resident:
    return make_with_role(Role.DESK)


@pytest.fixture
def twice(app: Flask) -> tuple[Resident, Resident]:
    """One person registered twice: the file to keep, and the other."""
    kept = make_resident("Fatou", family_name="Camara", email=None, pin="111111")
    return kept, make_resident("Fatou", family_name="Kamara", email=None, pin="222222")
