"""Someone agrees, and what the team then finds."""

from app.accounts import consent_services
from app.accounts.consent_queries import who_agree
from app.accounts.consents import SENTENCES
from app.accounts.family_models import Purpose
from app.accounts.models import Resident

VERSION = SENTENCES[Purpose.PHOTO].version


def agree(by: Resident, resident: Resident | None = None, purpose: Purpose = Purpose.PHOTO) -> None:
    version = SENTENCES[purpose].version
    consent_services.agree(by, resident or by, purpose, version)


def allows(resident: Resident, purpose: Purpose) -> bool:
    """Whether the team finds them among those who agree."""
    return resident.id in [one.resident_id for one in who_agree(purpose)]
