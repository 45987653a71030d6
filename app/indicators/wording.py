"""The acts behind the figures, in words."""

from app.core.i18n import _, _l
from app.core.typography import number_fr
from app.indicators.counting import Definition
from app.ledger.acts import Act, Channel, Standing

WORDS = {
    Act.BODY_FIRST_MET: (_l("première réunion"), _l("premières réunions")),
    Act.MEETING_HELD: (_l("réunion tenue"), _l("réunions tenues")),
    Act.MEETING_ATTENDED: (_l("présence en réunion"), _l("présences en réunion")),
    Act.PROPOSAL_ADMITTED: (_l("proposition"), _l("propositions")),
    Act.COMMENT_POSTED: (_l("commentaire"), _l("commentaires")),
    Act.POLL_PARTICIPATED: (_l("vote"), _l("votes")),
    Act.SESSION_HELD: (_l("séance tenue"), _l("séances tenues")),
    Act.SESSION_ATTENDED: (_l("présence à une séance"), _l("présences à une séance")),
    Act.ADHESION_TAKEN: (_l("adhésion enregistrée"), _l("adhésions enregistrées")),
    Act.PROJECT_REALISED: (_l("projet réalisé"), _l("projets réalisés")),
    Act.PROJECT_BACKED: (_l("aide à un projet"), _l("aides à un projet")),
    Act.TRAINING_OFFERED: (_l("formation proposée"), _l("formations proposées")),
    Act.ACTION_STARTED: (_l("action commencée"), _l("actions commencées")),
    Act.PARTNER_MET: (_l("partenaire présent"), _l("partenaires présents")),
    Act.PROJECT_ROLE_TAKEN: (_l("rôle pris dans un projet"), _l("rôles pris dans un projet")),
    Act.CONNECTION_ACCEPTED: (_l("mise en relation acceptée"), _l("mises en relation acceptées")),
    Act.COLLECTIF_FORMED: (_l("collectif formé"), _l("collectifs formés")),
}

KINDS_OF_THINGS = {
    "actions": _l("Action"),
    "associations": _l("Association"),
    "bodies": _l("Instance"),
    "debates": _l("Débat"),
    "decisions": _l("Décision"),
    "meetings": _l("Compte rendu"),
    "partners": _l("Partenaire"),
    "polls": _l("Vote"),
    "proposals": _l("Proposition"),
    "schemes": _l("Aide ou dispositif"),
}
"""What the search finds, by its table."""

CHANNELS = {
    Channel.ONLINE.value: _l("en ligne"),
    Channel.DESK.value: _l("à l’accueil"),
    Channel.PAPER.value: _l("sur papier"),
    Channel.KIOSK.value: _l("à la borne"),
}

STANDINGS = {
    Standing.HABITANT.value: _l("habitant"),
    Standing.OUTSIDE.value: _l("autre commune"),
    Standing.TEAM.value: _l("équipe"),
    Standing.PARTNER.value: _l("partenaire"),
}


def confidence(definition: Definition) -> str:
    """How sure a figure is: people named, facts noted one by one, or heads counted."""
    if definition.is_people:
        return _("Nommé : chaque personne est connue, et comptée une seule fois.")
    if definition.is_estimate:
        return _("Estimé : des comptages sur place s’ajoutent aux personnes nommées.")
    return _("Noté : chaque fait est inscrit au registre le jour même, ou corrigé avec sa raison.")


def act_words(act: str, number: int, hidden: bool = False) -> str:
    """« 14 présences en réunion », or « quelques présences en réunion » for a small number."""
    one, many = WORDS[Act(act)]
    if hidden:
        return str(_("quelques %(things)s", things=many))
    return f"{number_fr(number)} {one if number < 2 else many}"


def act_name(act: str) -> str:
    """« Présence en réunion »."""
    one = str(WORDS[Act(act)][0])
    return one[:1].upper() + one[1:]
