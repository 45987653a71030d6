"""What the team does with its partners, with the town and for itself, in the demonstration year."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """An action of the team: its sessions in days ago, how long each, and who comes.

    `partners` and `residents` are how many come to each; with `heads`, people were counted.
    """

    title: str
    kind: str
    place: str
    minutes: int
    days: tuple[int, ...]
    nature: str | None = None
    lead: str = "centre"
    quartier: str | None = None
    partners: int = 0
    residents: int = 0
    heads: int | None = None
    ahead: int | None = None


WORK = (
    Work(
        "Forum des associations de la Ville",
        "action_municipale",
        "Place de la mairie",
        360,
        (79,),
        lead="ville",
        quartier="Le Vieux-Moulin",
        residents=4,
        heads=140,
    ),
    Work(
        "Nettoyons nos berges",
        "action_municipale",
        "Les berges",
        180,
        (240, 60),
        lead="ville",
        quartier="Les Acacias",
        residents=6,
        heads=35,
    ),
    Work(
        "Journée des centres sociaux du département", "journee_reseau", "Mission locale", 360,
        (300, 170, 34),
    ),
    Work(
        "Le centre dans le journal de la Ville", "rencontre_communication", "Mairie", 60,
        (280, 180, 90, 20),
    ),
    Work(
        "Tour de table des partenaires", "reunion_partenariale", "Grande salle", 105,
        (310, 220, 130, 40), nature="echange", partners=4, ahead=16,
    ),
    Work(
        "Préparer ensemble la fête de quartier", "reunion_partenariale", "Cafétéria", 75,
        (205, 191, 46), nature="coordination", partners=2, residents=1,
    ),
    Work(
        "Qu’est-ce qu’un centre social ?", "formation_concept", "Grande salle", 180,
        (150, 30), residents=5,
    ),
    Work(
        "Accueillir sans juger", "formation_equipe", "Bureau d’accueil", 210,
        (200, 75), ahead=12,
    ),
    Work(
        "Coup de main aux projets d’habitants", "appui_projet", "Bureau d’accueil", 45,
        (260, 190, 110, 52, 15), residents=2,
    ),
    Work(
        "Le jardin partagé : on y travaille", "seance_projet", "Le jardin", 120,
        (95, 50, 22), residents=6,
    ),
)  # fmt: skip

BACKED = (
    # kind of help, what it was, euros
    ("room", "La grande salle, trois soirs", None),
    ("money", "De quoi acheter du bois", 250),
    ("time", "Deux demi-journées de Samba", None),
)
