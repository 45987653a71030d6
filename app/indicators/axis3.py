"""Axis 3: residents who take part, and associations. What each indicator counts."""

from app.core.i18n import _l
from app.indicators.axis1 import OFFSITE, PROGRAMME
from app.indicators.axis2 import FROM_ELSEWHERE, HABITANT, OUTSIDE
from app.indicators.counting import PRESENT, Definition, Feed
from app.indicators.measures import ASSOCIATIONS, BODIES, PEOPLE, QUARTIERS, SUBJECTS, TIMES
from app.ledger.acts import Act

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

AXIS_3: tuple[Definition, ...] = (
    Definition(
        "3.1.1",
        _l("instance"),
        _l("instances"),
        _l(
            "On compte chaque instance nouvelle (conseil, comité, collectif), à la date "
            "de sa première réunion."
        ),
        (Feed(Act.BODY_FIRST_MET),),
        BODIES,
        _l("Une instance créée sur le papier mais jamais réunie, ou qui change seulement de nom."),
        _l("Les réunions : la première que l’instance a tenue."),
    ),
    Definition(
        "3.1.1.nouvelles",
        _l("instance décidée sur la période, réunie ou non"),
        _l("instances décidées sur la période, réunies ou non"),
        _l("Chaque instance créée compte une fois."),
        (Feed(Act.BODY_CREATED),),
        BODIES,
    ),
    Definition(
        "3.1.1.actives",
        _l("instance active, qui s’est réunie au moins une fois"),
        _l("instances actives, qui se sont réunies au moins une fois"),
        _l("Une instance est active si elle a tenu une réunion dans la période."),
        (Feed(Act.MEETING_HELD),),
        BODIES,
    ),
    Definition(
        "3.1.2",
        _l("temps de présentation"),
        _l("temps de présentation"),
        _l("On compte les séances de présentation du centre social qui ont vraiment eu lieu."),
        (Feed(Act.SESSION_HELD, {"kind": "presentation_concept"}),),
        TIMES,
        _l("Une séance prévue ou annulée."),
        PROGRAMME,
    ),
    *(
        Definition(
            f"3.1.2.{audience}",
            one,
            many,
            _l("Chaque séance compte une fois."),
            (Feed(Act.SESSION_HELD, {"kind": "presentation_concept", "nature": audience}),),
            TIMES,
        )
        for audience, one, many in (
            ("habitants", _l("devant des habitants"), _l("devant des habitants")),
            ("partenaires", _l("devant des partenaires"), _l("devant des partenaires")),
            ("elus", _l("devant des élus"), _l("devant des élus")),
            ("equipe", _l("devant l’équipe"), _l("devant l’équipe")),
        )
    ),
    Definition(
        "3.1.3",
        _l("réunion"),
        _l("réunions"),
        _l(
            "On compte les réunions du conseil de maison tenues avec assez de membres "
            "présents (le quorum)."
        ),
        (Feed(Act.MEETING_HELD, CONSEIL),),
        SUBJECTS,
        _l("Une réunion annulée. Celles qui n’ont pas atteint le quorum sont montrées à part."),
        _l("Les réunions : les présences notées, et la clôture par le référent."),
    ),
    Definition(
        "3.1.3.sans_quorum",
        _l("réunion sans quorum, comptée à part"),
        _l("réunions sans quorum, comptées à part"),
        _l("Pas assez de membres étaient présents."),
        (Feed(Act.MEETING_HELD_WITHOUT_QUORUM, CONSEIL),),
        SUBJECTS,
    ),
    Definition(
        "3.1.3.comptes_rendus",
        _l("compte rendu publié"),
        _l("comptes rendus publiés"),
        _l("Sert à signaler les réunions tenues dont le compte rendu manque encore."),
        (Feed(Act.MINUTES_PUBLISHED, CONSEIL),),
        SUBJECTS,
        shown=False,
    ),
    Definition(
        "3.2.1",
        _l("action"),
        _l("actions"),
        _l(
            "On compte les séances qui ont eu lieu en dehors du centre, et les quartiers "
            "où elles sont allées."
        ),
        (Feed(Act.SESSION_HELD, OFFSITE),),
        TIMES,
        _l("Une séance annulée. Une fête de quartier avec six stands compte pour une."),
        PROGRAMME,
    ),
    Definition(
        "3.2.1.quartiers",
        _l("quartier touché"),
        _l("quartiers touchés"),
        _l("Un quartier compte une fois, dès la première action qui s’y tient."),
        (Feed(Act.SESSION_HELD, {**OFFSITE, "quartier_id": PRESENT}),),
        QUARTIERS,
    ),
    Definition(
        "3.2.2",
        _l("habitant"),
        _l("habitants"),
        _l(
            "On compte chaque personne qui a tenu un rôle de bénévole dans une action "
            "hors les murs, et qui était là."
        ),
        (Feed(Act.SESSION_ATTENDED, {**VOLUNTEER, **HABITANT}),),
        PEOPLE,
        _l("Venir en visiteur, ou s’inscrire sans venir. L’équipe et les partenaires non plus."),
        _l("Le programme : la feuille de présence, avec le rôle de chacun."),
        is_people=True,
    ),
    Definition(
        "3.2.2.exterieurs",
        *FROM_ELSEWHERE,
        "",
        (Feed(Act.SESSION_ATTENDED, {**VOLUNTEER, **OUTSIDE}),),
        PEOPLE,
        is_people=True,
    ),
    Definition(
        "3.2.3",
        _l("habitant"),
        _l("habitants"),
        _l(
            "On compte chaque habitant venu à une réunion d’un comité, ou qui y a "
            "contribué : une proposition, un commentaire, un vote, selon le choix du "
            "centre. Qui participe à deux comités compte dans chacun, et une seule fois "
            "dans le total."
        ),
        tuple(Feed(act, {**COMITE, **HABITANT}, switch) for act, switch in IN_COMITE.items()),
        PEOPLE,
        _l("Être inscrit à un comité ne suffit pas."),
        _l("Les réunions, les propositions, les discussions et les votes des comités."),
        is_people=True,
    ),
    Definition(
        "3.2.3.exterieurs",
        *FROM_ELSEWHERE,
        "",
        tuple(Feed(act, {**COMITE, **OUTSIDE}, switch) for act, switch in IN_COMITE.items()),
        PEOPLE,
        is_people=True,
    ),
    Definition(
        "3.3.1",
        _l("habitant"),
        _l("habitants"),
        _l("On compte chaque habitant qui tient un rôle dans un projet porté par une association."),
        (Feed(Act.PROJECT_ROLE_TAKEN, {**OF_ASSOCIATION, **HABITANT}),),
        PEOPLE,
        _l("Être adhérent de l’association ne suffit pas."),
        _l("Les projets : les rôles pris sur la page de la proposition."),
        is_people=True,
    ),
    Definition(
        "3.3.1.exterieurs",
        *FROM_ELSEWHERE,
        "",
        (Feed(Act.PROJECT_ROLE_TAKEN, {**OF_ASSOCIATION, **OUTSIDE}),),
        PEOPLE,
        is_people=True,
    ),
    Definition(
        "3.3.2",
        _l("mise en réseau"),
        _l("mises en réseau"),
        _l(
            "On compte les mises en relation acceptées entre deux associations, et les "
            "rencontres entre associations qui ont eu lieu."
        ),
        LINKING,
        SUBJECTS,
        _l("Une demande sans réponse, ou refusée."),
        _l("L’annuaire des associations, et le programme."),
    ),
    Definition(
        "3.3.2.associations",
        _l("association concernée"),
        _l("associations concernées"),
        _l("Une association compte une fois, quel que soit le nombre de ses mises en réseau."),
        LINKING,
        ASSOCIATIONS,
    ),
    Definition(
        "3.3.3",
        _l("collectif"),
        _l("collectifs"),
        _l(
            "On compte chaque collectif qui a un nom, un référent et assez d’habitants "
            "qui ont dit oui."
        ),
        (Feed(Act.COLLECTIF_FORMED),),
        SUBJECTS,
        _l(
            "Un collectif encore en formation. S’il devient une association, il ne compte "
            "pas de nouveau."
        ),
        _l("Les collectifs : le jour où le dernier habitant nécessaire dit oui."),
    ),
)
