"""The rules of the house: what may be written here, and what a moderator answers by."""

from dataclasses import dataclass
from typing import Any

from app.core.i18n import _l


@dataclass(frozen=True)
class HouseRule:
    """A rule by its key: a few words to choose it, a sentence to explain it."""

    key: str
    label: Any
    sentence: Any


SPAM = "publicite"

CHARTER = {
    rule.key: rule
    for rule in (
        HouseRule(
            "respect",
            _l("Respecter chacun"),
            _l("Pas d’insulte, de moquerie ni de menace. On discute les idées, pas les personnes."),
        ),
        HouseRule(
            "haine",
            _l("Ni racisme, ni haine"),
            _l(
                "Personne n’est attaqué pour son origine, sa religion, son sexe, son âge, son "
                "handicap ou les personnes qu’il aime. La loi le punit aussi."
            ),
        ),
        HouseRule(
            "enfants",
            _l("Protéger les enfants"),
            _l(
                "Rien qui mette un enfant mal à l’aise ou en danger. Pas de rendez-vous ni de "
                "coordonnées échangées avec lui."
            ),
        ),
        HouseRule(
            "vie_privee",
            _l("Protéger la vie privée"),
            _l(
                "Pas de nom complet, d’adresse, de téléphone ni d’histoire personnelle de "
                "quelqu’un d’autre sans son accord."
            ),
        ),
        HouseRule(
            "verite",
            _l("Ne pas tromper"),
            _l("Pas de fausse nouvelle donnée comme vraie, pas de nom emprunté à un autre."),
        ),
        HouseRule(
            "neutralite",
            _l("Ni campagne, ni prêche"),
            _l(
                "Le centre est à tous : pas de campagne électorale, pas d’appel à rejoindre un "
                "parti ou une religion."
            ),
        ),
        HouseRule(
            "sujet",
            _l("Rester dans le sujet"),
            _l("Un message sans rapport avec la page gêne ceux qui la lisent."),
        ),
        HouseRule(
            SPAM,
            _l("Pas de publicité"),
            _l("Pas d’annonce pour vendre, pas de message répété, pas de lien trompeur."),
        ),
    )
}
