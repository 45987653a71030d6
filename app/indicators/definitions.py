"""The 27 indicators and the figures shown beside them. A new one is a new entry here."""

from app.core.i18n import _l
from app.indicators.counting import (
    PRESENT,
    Definition,
    Feed,
    associations,
    body,
    person,
    quartier,
    subject,
)
from app.indicators.to_come import TO_COME
from app.ledger.acts import Act, Standing

HABITANT = {"standing": Standing.HABITANT.value, "participation_key": PRESENT}
OUTSIDE = {"standing": Standing.OUTSIDE.value, "participation_key": PRESENT}
OFFSITE = {"offsite": True}
VOLUNTEER = {"offsite": True, "role": "volunteer"}
CONSEIL = {"body_kind": "conseil"}
COMITE = {"body_kind": "comite"}
OF_ASSOCIATION = {"association_id": PRESENT}
IN_COMITE = {
    Act.MEETING_ATTENDED: None,
    Act.PROPOSAL_ADMITTED: "counts_proposal",
    Act.COMMENT_POSTED: "counts_comment",
    Act.POLL_PARTICIPATED: "counts_vote",
}
"""What makes someone « impliqué » in a comité, and the rule that says whether it does."""
LINKING = (
    Feed(Act.CONNECTION_ACCEPTED),
    Feed(Act.SESSION_HELD, {"kind": "rencontre_associations"}),
)
FROM_ELSEWHERE = (
    _l("personne d’une autre commune, comptée à part"),
    _l("personnes d’autres communes, comptées à part"),
    _l("Les personnes qui n’habitent pas la commune ne sont pas dans le total."),
)

DEFINITIONS: tuple[Definition, ...] = (
    *TO_COME,
    Definition(
        "3.1.1",
        _l("instance"),
        _l("instances"),
        _l(
            "Une instance compte l’année de sa première réunion. La créer sur le papier, "
            "ou lui donner un nouveau nom, ne suffit pas."
        ),
        (Feed(Act.BODY_FIRST_MET),),
        body,
    ),
    Definition(
        "3.1.1.nouvelles",
        _l("instance décidée sur la période, réunie ou non"),
        _l("instances décidées sur la période, réunies ou non"),
        _l("Chaque instance créée compte une fois."),
        (Feed(Act.BODY_CREATED),),
        body,
    ),
    Definition(
        "3.1.1.actives",
        _l("instance active, qui s’est réunie au moins une fois"),
        _l("instances actives, qui se sont réunies au moins une fois"),
        _l("Une instance est active si elle a tenu une réunion dans la période."),
        (Feed(Act.MEETING_HELD),),
        body,
    ),
    Definition(
        "3.1.2",
        _l("temps de présentation"),
        _l("temps de présentation"),
        _l(
            "On compte les séances de présentation du centre social qui ont vraiment eu lieu. "
            "Une séance prévue ou annulée ne compte pas."
        ),
        (Feed(Act.SESSION_HELD, {"kind": "presentation_concept"}),),
        subject,
    ),
    Definition(
        "3.1.3",
        _l("réunion"),
        _l("réunions"),
        _l(
            "On compte les réunions du conseil de maison qui ont eu lieu avec assez de membres "
            "présents (le quorum). Celles qui n’ont pas atteint ce nombre sont montrées à part."
        ),
        (Feed(Act.MEETING_HELD, CONSEIL),),
        subject,
    ),
    Definition(
        "3.1.3.sans_quorum",
        _l("réunion sans quorum, comptée à part"),
        _l("réunions sans quorum, comptées à part"),
        _l("Pas assez de membres étaient présents."),
        (Feed(Act.MEETING_HELD_WITHOUT_QUORUM, CONSEIL),),
        subject,
    ),
    Definition(
        "3.1.3.comptes_rendus",
        _l("compte rendu publié"),
        _l("comptes rendus publiés"),
        _l("Sert à signaler les réunions tenues dont le compte rendu manque encore."),
        (Feed(Act.MINUTES_PUBLISHED, CONSEIL),),
        subject,
        shown=False,
    ),
    Definition(
        "3.2.1",
        _l("action"),
        _l("actions"),
        _l(
            "On compte les séances qui ont eu lieu en dehors du centre. "
            "Une fête de quartier avec six stands compte pour une."
        ),
        (Feed(Act.SESSION_HELD, OFFSITE),),
        subject,
    ),
    Definition(
        "3.2.1.quartiers",
        _l("quartier touché"),
        _l("quartiers touchés"),
        _l("Un quartier compte une fois, dès la première action qui s’y tient."),
        (Feed(Act.SESSION_HELD, {**OFFSITE, "quartier_id": PRESENT}),),
        quartier,
    ),
    Definition(
        "3.2.2",
        _l("habitant"),
        _l("habitants"),
        _l(
            "Une personne compte une fois si elle a tenu un rôle de bénévole, et était présente, "
            "lors d’une action hors les murs. Venir en visiteur ne suffit pas."
        ),
        (Feed(Act.SESSION_ATTENDED, {**VOLUNTEER, **HABITANT}),),
        person,
        is_people=True,
    ),
    Definition(
        "3.2.2.exterieurs",
        *FROM_ELSEWHERE,
        (Feed(Act.SESSION_ATTENDED, {**VOLUNTEER, **OUTSIDE}),),
        person,
        is_people=True,
    ),
    Definition(
        "3.2.3",
        _l("habitant"),
        _l("habitants"),
        _l(
            "Une personne compte une fois dans la période si elle a été présente à une réunion "
            "d’un comité, ou si elle y a contribué : une proposition, un commentaire, un vote, "
            "selon ce que le centre a choisi de compter. "
            "Être inscrit ne suffit pas. Qui participe à deux comités compte dans chacun, "
            "et une seule fois dans le total."
        ),
        tuple(Feed(act, {**COMITE, **HABITANT}, switch) for act, switch in IN_COMITE.items()),
        person,
        is_people=True,
    ),
    Definition(
        "3.2.3.exterieurs",
        *FROM_ELSEWHERE,
        tuple(Feed(act, {**COMITE, **OUTSIDE}, switch) for act, switch in IN_COMITE.items()),
        person,
        is_people=True,
    ),
    Definition(
        "3.3.1",
        _l("habitant"),
        _l("habitants"),
        _l(
            "Une personne compte une fois si elle tient un rôle dans un projet porté par une "
            "association. Être adhérent de l’association ne suffit pas."
        ),
        (Feed(Act.PROJECT_ROLE_TAKEN, {**OF_ASSOCIATION, **HABITANT}),),
        person,
        is_people=True,
    ),
    Definition(
        "3.3.1.exterieurs",
        *FROM_ELSEWHERE,
        (Feed(Act.PROJECT_ROLE_TAKEN, {**OF_ASSOCIATION, **OUTSIDE}),),
        person,
        is_people=True,
    ),
    Definition(
        "3.3.2",
        _l("mise en réseau"),
        _l("mises en réseau"),
        _l(
            "On compte les mises en relation acceptées entre deux associations, et les rencontres "
            "entre associations qui ont eu lieu. Une demande sans réponse ne compte pas."
        ),
        LINKING,
        subject,
    ),
    Definition(
        "3.3.2.associations",
        _l("association concernée"),
        _l("associations concernées"),
        _l("Une association compte une fois, quel que soit le nombre de ses mises en réseau."),
        LINKING,
        associations,
    ),
    Definition(
        "3.3.3",
        _l("collectif"),
        _l("collectifs"),
        _l(
            "Un collectif compte quand il a un nom, un référent et assez d’habitants qui ont dit "
            "oui. S’il devient une association plus tard, il ne compte pas de nouveau."
        ),
        (Feed(Act.COLLECTIF_FORMED),),
        subject,
    ),
)

BY_CODE = {definition.code: definition for definition in DEFINITIONS}
BY_ACT: dict[str, list[tuple[Definition, Feed]]] = {}
for _definition in DEFINITIONS:
    for _feed in _definition.feeds:
        BY_ACT.setdefault(_feed.act.value, []).append((_definition, _feed))

UNMEASURED: dict[Act, str] = {
    Act.RESIDENT_REGISTERED: "opening an account is not taking part",
    Act.ADHESION_TAKEN: "will feed 1.2.3, not fed yet",
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
    Act.PROJECT_REALISED: "will feed 2.2.2, not fed yet",
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
}
