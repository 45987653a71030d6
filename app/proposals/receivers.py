"""A decision about a proposal reaches those who wait for it, and leads back to it."""

from collections.abc import Sequence

from sqlalchemy import select

from app.accounts.models import Resident
from app.bodies.decision_models import Decision
from app.bodies.models import CONSEIL
from app.bodies.signals import decision_recorded
from app.core.db import db
from app.core.i18n import _
from app.core.links import Link, tells_of
from app.core.moderated import SHOWN
from app.proposals.models import HIDDEN, Project, Proposal
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


@tells_of("decisions")
def proposal_behind(decision_id: int) -> Sequence[Link]:
    """The proposal a decision answers to, and its project; nothing of a hidden one."""
    found = db.session.execute(
        select(Proposal.id, Proposal.title, Project.id.label("project_id"), Project.realised_at)
        .join(Decision, Decision.proposal_id == Proposal.id)
        .outerjoin(Project, Project.proposal_id == Proposal.id)
        .where(
            Decision.id == decision_id,
            Proposal.status.not_in(HIDDEN),
            Proposal.published_at.is_not(None),
            Proposal.visibility == SHOWN,
        )
    ).first()
    if found is None:
        return ()
    page = f"/propositions/{found.id}"
    links = [Link(_("La proposition : %(title)s", title=found.title), page)]
    if found.project_id is not None:
        state = _("Le projet est réalisé") if found.realised_at else _("Le projet est en cours")
        links.append(Link(state, f"{page}#projet"))
    return links
