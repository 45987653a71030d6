"""Every table of the house, for the migrations: importing this module fills the metadata."""

from app.accounts import access_models as access
from app.accounts import adhesion_models as adhesions
from app.accounts import family_models as families
from app.accounts import models as accounts
from app.accounts import role_models as roles
from app.accounts import word_models as words
from app.administration import senacs_models as survey
from app.associations import models as associations
from app.audit import models as audit
from app.bodies import convocation_models as convocations
from app.bodies import decision_models as decisions
from app.bodies import deliberation_models as deliberations
from app.bodies import minutes_models as minutes
from app.bodies import models as bodies
from app.bodies import preparation_models as preparation
from app.bodies import seat_models as seats
from app.bodies import sitting_models as sittings
from app.centre import models as centre
from app.core import files, mail, search
from app.desk import models as desk
from app.entraide import models as entraide
from app.home import calendar_models as calendars
from app.indicators import models as indicators
from app.ledger import models as ledger
from app.mandates import models as mandates
from app.mandates import role_models as role_elections
from app.mandates import text_models as texts
from app.moderation import models as moderation
from app.notifications import models as notifications
from app.partners import models as partners
from app.pastlife import models as pastlife
from app.privacy import models as privacy
from app.programme import models as programme
from app.programme import registration_models as registrations
from app.programme import series_models as series
from app.programme import tap_models as taps
from app.proposals import backing_models as backings
from app.proposals import models as proposals
from app.voting import models as voting
from app.voting import paper_models as paper
from app.voting import roll_models as rolls

__all__ = [
    "access",
    "accounts",
    "adhesions",
    "associations",
    "audit",
    "backings",
    "bodies",
    "calendars",
    "centre",
    "convocations",
    "decisions",
    "deliberations",
    "desk",
    "entraide",
    "families",
    "files",
    "indicators",
    "ledger",
    "mail",
    "mandates",
    "minutes",
    "moderation",
    "notifications",
    "paper",
    "partners",
    "pastlife",
    "preparation",
    "privacy",
    "programme",
    "proposals",
    "registrations",
    "role_elections",
    "roles",
    "rolls",
    "search",
    "seats",
    "series",
    "sittings",
    "survey",
    "taps",
    "texts",
    "voting",
    "words",
]
