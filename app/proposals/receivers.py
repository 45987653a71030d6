"""A decision about a proposal reaches those who wait for it."""

from app.accounts.models import Resident
from app.bodies.models import CONSEIL, Decision
from app.bodies.signals import decision_recorded
from app.core.db import db
from app.core.i18n import _
from app.proposals.models import Proposal
from app.proposals.moves import tell


@decision_recorded.connect
def tell_of_decision(decision: Decision, by: Resident | None = None, **_more: object) -> None:
    """Tell the proposal's author and supporters what the body decided."""
    if decision.proposal_id is None:
        return
    proposal = db.session.get_one(Proposal, decision.proposal_id)
    if decision.body.kind == CONSEIL:
        text = _("Le conseil de maison a décidé : %(title)s", title=decision.title)
    else:
        name = decision.body.name
        text = _("%(body)s a décidé : %(title)s", body=name, title=decision.title)
    url = f"/conseil/decisions/{decision.number}"
    tell(proposal, text, decision.reason or decision.text, but=by, url=url)
