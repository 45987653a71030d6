"""What the ledger keeps of the body an act belongs to."""

from typing import Unpack

from app.bodies.models import Body
from app.ledger.services import Facts


def body_facts(body: Body | None, **more: Unpack[Facts]) -> Facts:
    """The body of a proposal or a debate, and what else the act says."""
    if body is not None:
        more["body_id"], more["body_kind"] = body.id, body.kind
    return more
