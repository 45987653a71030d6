"""What the desk does when a session stops acting for someone, or begins."""

from flask import session

from app.accounts.access_models import SignIn
from app.accounts.models import Resident
from app.accounts.signals import acting_stopped, signed_in
from app.desk import assistance_services as services

NEWS = "done-with-you"


@acting_stopped.connect
def _close(sign_in: SignIn) -> None:
    assistance = services.running(sign_in)
    if assistance is not None:
        services.close(assistance)


@signed_in.connect
def _look_for_news(resident: Resident) -> None:
    """The next page says what was done with them: see `assistance_views`."""
    if services.has_news(resident):
        session[NEWS] = True
