"""What the team of the demonstration centre linked to the projet social."""

from sqlalchemy import select

from app.core.db import db
from app.core.search import SearchDocument
from app.demo.people import World
from app.indicators import linking

SERVED = {
    "1.1.o1": ("Café au pied des tours", "Le goûter du parc"),
    "1.1.o3": ("Fête de quartier", "Fête des Acacias", "Repas des voisins"),
    "1.1.e1": ("Sortie d’école en fête",),
    "1.2.o1": (
        "Atelier cuisine",
        "Café des seniors",
        "Ouvrir le centre un samedi par mois",
    ),
    "1.2.o2": ("Aide aux vacances en famille", "Chèque sport de la rentrée", "Aide numérique"),
    "1.2.e1": ("Permanence GUSP", "Mercredis enfants"),
    "1.3.o3": ("Le centre social, c’est quoi ?",),
    "2.1.o1": ("Caisse d’allocations familiales, agence de la Source", "Mission locale du Canal"),
    "2.2.o2": ("Un jardin partagé derrière l’école", "Cuisine du monde"),
    "2.2.e1": ("L’Épicerie du coin",),
    "2.3.o1": ("Fonds de participation des habitants", "Bourse aux vêtements d’enfants"),
    "2.3.e1": ("Départ collectif à la mer", "Demander deux cars à la Ville"),
    "3.1.o1": ("Conseil de maison", "Comité famille"),
    "3.1.e1": ("Comité famille", "Comité senior", "Comité enfant"),
    "3.2.o1": ("Des bancs devant l’école", "Repas des voisins"),
    "3.2.e1": ("Fête de quartier",),
    "3.3.o2": ("Café des associations",),
}
"""By operational objective or example: the titles of what is linked to it."""


def serving(world: World) -> None:
    """Link each, as the team would, from the page of the objective."""
    known = (SearchDocument.title, SearchDocument.kind, SearchDocument.subject_id)
    # Minutes are called as their instance is, which is what is meant.
    found = db.session.execute(select(*known).where(SearchDocument.kind != "meetings"))
    by_title = {
        # A decision is found by its number and its title.
        title.partition(" ")[2] if kind == "decisions" else title: (kind, number)
        for title, kind, number in found
    }
    for aim, titles in SERVED.items():
        for title in titles:
            linking.link(world.director, aim, *by_title[title])
