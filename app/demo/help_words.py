"""What people of the demonstration offer and look for."""

from app.entraide.models import REQUEST
from app.entraide.services import Writing

SHOPPING = Writing(
    side=REQUEST,
    kind="courses",
    title="Rapporter mes courses du marché",
    text="Le cabas est trop lourd pour l’escalier. Je cuisine, vous goûterez !",
    when_words="Le samedi matin",
)
NOTICES = (
    (
        "card",
        3,
        "demande",
        "outils",
        "Une échelle pour changer une ampoule",
        "Ou quelqu’un qui n’a pas peur d’y monter.",
        "Cette semaine",
    ),
    (
        "resident",
        6,
        "offre",
        "outils",
        "Je prête ma perceuse",
        "Avec une boîte de mèches. À rendre propre, c’est tout.",
        "Le week-end",
    ),
    (
        "",
        8,
        "offre",
        "trajet",
        "Deux places vers l’hôpital le jeudi",
        "J’y vais chaque semaine, je peux attendre au retour.",
        "Le jeudi à 9 h",
    ),
    (
        "",
        12,
        "demande",
        "bricolage",
        "Un robinet qui goutte",
        "J’ai le joint, il me manque le savoir-faire.",
        "",
    ),
    (
        "",
        10,
        "offre",
        "compagnie",
        "Une partie de dominos",
        "Avec ou sans café. J’apprends volontiers d’autres jeux.",
        "L’après-midi",
    ),
    (
        "",
        5,
        "demande",
        "compagnie",
        "Parler français une heure par semaine",
        "Je viens d’arriver. Au parc ou au centre, autour d’un thé.",
        "Le mardi ou le vendredi",
    ),
    (
        "",
        27,
        "offre",
        "autre",
        "Je garde vos plantes pendant les vacances",
        "J’ai un balcon et de la patience.",
        "",
    ),
    (
        "resident",
        29,
        "offre",
        "courses",
        "Je passe à la pharmacie le soir",
        "Donnez-moi votre liste, je dépose en rentrant.",
        "Du lundi au vendredi",
    ),
)
