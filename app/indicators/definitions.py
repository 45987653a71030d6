"""The 27 indicators and the figures shown beside them, together (see axis1, axis2, axis3)."""

from app.indicators.axis1 import AXIS_1
from app.indicators.axis2 import AXIS_2
from app.indicators.axis3 import AXIS_3
from app.indicators.counting import Definition, Feed
from app.ledger.acts import Act

DEFINITIONS: tuple[Definition, ...] = (*AXIS_1, *AXIS_2, *AXIS_3)

BY_CODE = {definition.code: definition for definition in DEFINITIONS}
BY_ACT: dict[str, list[tuple[Definition, Feed]]] = {}
for _definition in DEFINITIONS:
    for _feed in _definition.feeds:
        BY_ACT.setdefault(_feed.act.value, []).append((_definition, _feed))

UNMEASURED: dict[Act, str] = {
    Act.RESIDENT_REGISTERED: "opening an account is not taking part",
    Act.BODY_JOINED: "membership alone counts nobody",
    Act.BODY_LEFT: "membership alone counts nobody",
    Act.MANDATE_STARTED: "a seat is not a presence",
    Act.MANDATE_ENDED: "a seat is not a presence",
    Act.MEETING_CONVENED: "planned is not held",
    Act.MEETING_CANCELLED: "cancelled is not held",
    Act.DECISION_RECORDED: "no indicator counts decisions",
    Act.DECISION_FOLLOWED: "no indicator counts decisions",
    Act.PROPOSAL_SUBMITTED: "a contribution counts once admitted",
    Act.PROPOSAL_REFUSED: "a contribution counts once admitted",
    Act.PROPOSAL_SUPPORTED: "a support alone involves nobody",
    Act.PROPOSAL_WITHDRAWN: "the author's contribution was counted when admitted",
    Act.PROPOSAL_MERGED: "the author's contribution was counted when admitted",
    Act.PROPOSAL_PUT_TO_VOTE: "an act of the house; the votes count",
    Act.PROPOSAL_ADOPTED: "an outcome, not a participation",
    Act.PROPOSAL_NOT_ADOPTED: "an outcome, not a participation",
    Act.PROJECT_STARTED: "the roles count",
    Act.POLL_OPENED: "an act of the house; the votes count",
    Act.POLL_CLOSED: "an act of the house; the votes count",
    Act.POLL_CANCELLED: "an act of the house; the votes count",
    Act.ASSOCIATION_LISTED: "being in the directory links nobody",
    Act.ASSOCIATION_APPROVED: "being in the directory links nobody",
    Act.ASSOCIATION_REFUSED: "being in the directory links nobody",
    Act.CONNECTION_ASKED: "unanswered counts for nothing",
    Act.CONNECTION_DECLINED: "a link refused is no link",
    Act.COLLECTIF_STARTED: "a collectif counts once formed",
    Act.SESSION_CANCELLED: "cancelled is not held",
    Act.ORIENTATION_GIVEN: "no indicator counts orientations; the report shows them apart",
    Act.HELP_THANKED: "no indicator counts help between neighbours",
}
