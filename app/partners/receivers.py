"""What a session held or reopened changes for partners, in the same transaction."""

from app.accounts.models import Resident
from app.core.i18n import _
from app.partners.meetings import record_met, settle_start, void_met
from app.programme.models import Session
from app.programme.signals import session_closed, session_reopened


@session_closed.connect
def _closed(session: Session, *, by: Resident, alone: bool) -> None:
    record_met(session, by, alone=alone)
    settle_start(session.action, by, _("Une séance plus ancienne a été close."))


@session_reopened.connect
def _reopened(session: Session, *, by: Resident, reason: str) -> None:
    void_met(session, by, reason)
    settle_start(session.action, by, reason)
