"""What the year tells of decisions: by consent, by hands, in secret, and what became of one."""

from app.bodies.decision_reminders import remind_owners
from app.voting.jobs import tend
from tests.journeys.year import YEAR, Neighbour, Town


def put(director: Neighbour, held: int, point: str, way: str, question: str, text: str = "") -> str:
    """A question under a point; gives its address."""
    director.go(f"/reunions/{held}/seance")
    section = director.main.locator("section[id^=point-]").filter(has_text=point)
    section.get_by_role("link", name="Mettre une question au vote").click()
    director.fill(question=question, text=text)
    director.main.get_by_label(way).check()
    director.press("Continuer")
    return director.page.url


def say(one: Neighbour, held: int, question: str, voice: str, of: Neighbour | None = None) -> None:
    """A member finds the question and says their voice, or that of whoever is away."""
    one.go(f"/reunions/{held}")
    one.follow("Suivre la séance, point par point")
    one.follow(question)
    one.press(voice, within=f"#voix-{(of or one).id}")


def by_consent(people: dict[str, Neighbour], held: int) -> None:
    """An objection stands; the text changes, and each says their voice again."""
    director, question = people["Claire"], "Un goûter chaque mercredi ?"
    address = put(director, held, "Le goûter", "Par consentement", question, "Chaque mercredi.")
    objects = people["Rachid"]
    objects.go(address)
    card = objects.page.locator(f"#voix-{objects.id}")
    card.get_by_text("Réserve ou objection…").click()
    card.get_by_label("J’ai une objection").check()
    card.get_by_label("Votre raison").fill("C’est trop cher.")
    card.get_by_role("button", name="Dire ma voix").click()
    director.go(address)
    assert "C’est trop cher." in director.read()
    director.fill(text="Un mercredi sur deux.")
    director.press("Ouvrir un nouveau tour")
    for name in ("Amina", "Rachid", "Fatou"):
        say(people[name], held, question, "Je consens")
    say(people["Amina"], held, question, "Consent", of=people["Leïla"])
    director.go(address)
    director.press("Adopter le texte")
    assert "Un mercredi sur deux." in director.read()


def by_hands(people: dict[str, Neighbour], held: int) -> None:
    director = people["Claire"]
    put(director, held, "La fête", "À main levée", "La fête aura-t-elle lieu en septembre ?")
    director.fill(votes_for="3", votes_against="1")
    director.press("Noter le vote")
    assert "Adopté" in director.read()


def in_secret(place: Town, people: dict[str, Neighbour], held: int) -> None:
    """Each on their phone, Amina for Leïla too; it is counted and comes back by itself."""
    director = people["Claire"]
    address = put(director, held, "Le nom", "Vote secret", "L’appeler « Le Fil vert » ?")
    director.follow("Ouvrir le vote")
    director.press("Ouvrir le vote")
    for name in ("Amina", "Rachid", "Fatou"):
        one = people[name]
        one.go("/moi")
        one.follow("Le Fil vert")
        one.follow("Voter")
        ballot(one)
    people["Amina"].follow("Voter aussi pour Leïla")
    ballot(people["Amina"])
    place.calendar.wait(16)
    with place.there():
        tend()
    director.go(address)
    assert "Vote secret" in director.read()
    assert "Adopté" in director.read()


def ballot(one: Neighbour) -> None:
    one.main.get_by_label("Pour", exact=True).check()
    one.press("Relire mon vote")
    one.press("Envoyer mon vote")
    assert "voté" in one.main.locator("h1").inner_text()


def decide(people: dict[str, Neighbour], held: int) -> str:
    """A decision of March, given to Amina with a deadline; gives its address."""
    director = people["Claire"]
    director.go(f"/reunions/{held}")
    director.follow("Ajouter une décision")
    director.fill(title="Ouvrir un comité jardin", due_on=f"{YEAR}-06-30")
    director.page.select_option("[name=outcome]", label="Adopté")
    director.press("Enregistrer la décision")
    address = director.page.url
    director.follow("Désigner un responsable")
    director.fill(q="Amina")
    director.page.press("main [name=q]", "Enter")
    director.press("Confier")
    assert "Amina" in director.read()
    return address


def followed(place: Town, people: dict[str, Neighbour], decision: str) -> None:
    """Amina is reminded, and says that it is done; all can read it."""
    owner, reader = people["Amina"], people["José"]
    place.calendar.leap(6, 26)
    with place.there():
        assert remind_owners() == 1
    owner.go("/moi")
    owner.follow("Ouvrir un comité jardin")
    owner.follow("Dire où en est la décision")
    owner.page.select_option("[name=outcome]", label="Réalisé")
    owner.fill(note="Le comité jardin s’est réuni en avril.")
    owner.press("Enregistrer le suivi")
    reader.go("/conseil/decisions?suite=realise")
    assert "Ouvrir un comité jardin" in reader.read()
    reader.go(decision)
    assert "Le comité jardin s’est réuni en avril." in reader.read()
