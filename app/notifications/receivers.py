"""What the rooms below have people told."""

from app.accounts.models import Resident
from app.accounts.signals import person_told
from app.notifications.services import notify


@person_told.connect
def _tell(resident: Resident, text: str, url: str, body: str = "") -> None:
    notify(resident, text, url, body=body)
