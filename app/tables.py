"""Every table of the house, for the migrations: importing this module fills the metadata."""

from app.accounts import models as accounts
from app.associations import models as associations
from app.bodies import models as bodies
from app.centre import models as centre
from app.core import files, mail, search
from app.indicators import models as indicators
from app.ledger import models as ledger
from app.notifications import models as notifications
from app.programme import models as programme
from app.proposals import models as proposals
from app.voting import models as voting

__all__ = [
    "accounts",
    "associations",
    "bodies",
    "centre",
    "files",
    "indicators",
    "ledger",
    "mail",
    "notifications",
    "programme",
    "proposals",
    "search",
    "voting",
]
