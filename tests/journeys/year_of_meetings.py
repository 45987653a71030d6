"""What the year tells of meetings: convened, held, written, called again, approved."""

from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.year import YEAR, Neighbour, Town


def meeting(director: Neighbour, body: str, title: str, agenda: str, starts_at: str) -> int:
    """The direction convenes; what waits for approval is on the ordre du jour by itself."""
    director.go(f"/reunions/nouvelle/{body}")
    waiting = director.page.input_value("main [name=agenda]")
    director.fill(
        title=title, starts_at=starts_at, place="Grande salle", agenda=f"{waiting}\n{agenda}"
    )
    director.press("Convoquer et prévenir les membres")
    return director.number()


def sign(director: Neighbour, meeting_id: int, *present: Neighbour) -> None:
    """They come in: one tap each."""
    director.go(f"/reunions/{meeting_id}/presences")
    for one in present:
        director.press("Présent", within=f"#personne-{one.id}")
        assert "Présent" in director.page.locator(f"#personne-{one.id}").inner_text()


def close(director: Neighbour, meeting_id: int) -> None:
    director.go(f"/reunions/{meeting_id}")
    director.follow("Clore la séance")
    director.press("Oui, clore la séance")
    expect(director.main).to_contain_text("Tenue")


def write(director: Neighbour, meeting_id: int, *points: str) -> None:
    """What was said of each point, all in one form."""
    director.go(f"/reunions/{meeting_id}/compte-rendu/brouillon")
    for place, said in enumerate(points):
        point = director.main.locator("section.card[id^=point]").nth(place)
        point.get_by_label("Ce qui s’est dit").fill(said)
    point.get_by_role("button", name="Enregistrer").click()
    expect(director.page.locator("body")).to_contain_text("Le brouillon est enregistré.")


def first_meeting(place: Town, people: dict[str, Neighbour]) -> int:
    """Held in March; its minutes are written, read over by a member, and wait for June."""
    director, calendar = people["Claire"], place.calendar
    calendar.leap(3, 3)
    agenda = "Le jardin partagé\nLes horaires d’été"
    held = meeting(director, "conseil-de-maison", "Conseil de mars", agenda, f"{YEAR}-03-18T18:30")
    assert "15 jours" not in director.read(), "the notice is not short"
    reads = people["Amina"]
    reads.go("/moi")
    reads.follow("Réunion « Conseil de maison »")
    assert "Le jardin partagé" in reads.read()
    calendar.leap(3, 18, 18, 40)
    sign(director, held, people["Amina"], people["Rachid"], people["Fatou"])
    assert "Quorum atteint" in director.read()
    close(director, held)
    write(director, held, "On fera un jardin.", "Ouvert jusqu’à 20 h en juillet.")
    director.press("Faire relire aux membres")
    reads = people["Leïla"]
    reads.go("/moi")
    reads.follow("Projet de compte rendu à relire")
    reads.fill(text="Le jardin sera derrière l’école.")
    reads.press("Envoyer ma remarque")
    director.go(f"/reunions/{held}/compte-rendu/brouillon")
    director.press("C’est traité")
    return held


def comite_meets(place: Town, people: dict[str, Neighbour]) -> None:
    """What was decided is done: a comité opens, five join it and come."""
    director, calendar = people["Claire"], place.calendar
    calendar.leap(4, 7)
    director.go("/comites/nouveau")
    director.fill(name="Comité jardin", purpose="Semer, arroser, récolter.")
    director.page.select_option("[name=theme]", label="Autre sujet")
    director.press("Ouvrir le comité")
    gardeners = [people[name] for name in ("Amina", "Rachid", "Nour", "José", "Fatou")]
    for one in gardeners:
        one.go("/comites/comite-jardin")
        one.press("Rejoindre")
    held = meeting(director, "comite-jardin", "Premier jardin", "Semer", f"{YEAR}-04-22T18:00")
    calendar.leap(4, 22, 18, 20)
    sign(director, held, *gardeners)
    close(director, held)
    write(director, held, "Des fèves, des tomates.")
    director.follow("Relire et publier")
    director.press("Oui, publier")
    assert "Des fèves" in director.read()


def without_quorum(place: Town, people: dict[str, Neighbour]) -> int:
    """One member of four comes in June: the same ordre du jour, a week later, decides anyway."""
    director, calendar = people["Claire"], place.calendar
    calendar.leap(6, 2)
    agenda = "Le goûter\nLa fête\nLe nom du jardin"
    title = "Conseil de juin"
    empty = meeting(director, "conseil-de-maison", title, agenda, f"{YEAR}-06-17T18:30")
    assert "Approbation du compte rendu du 18 mars 2025" in director.read()
    calendar.leap(6, 17, 18, 50)
    sign(director, empty, people["Rachid"])
    assert "Pas encore de quorum" in director.read()
    director.follow("Aller à l’ordre du jour")
    director.follow("Faute de quorum, convoquer de nouveau")
    director.press("Convoquer")
    second = director.number()
    assert second != empty
    gives = people["Leïla"]
    gives.go(f"/reunions/{second}")
    gives.follow("Donner procuration à un autre membre")
    gives.page.select_option("[name=holder]", label=people["Amina"].name)
    gives.press("Donner procuration")
    calendar.leap(6, 24, 18, 35)
    sign(director, second, people["Amina"], people["Rachid"], people["Fatou"])
    assert "3 membres votants présents, 1 représenté" in director.read()
    return second


def approve(people: dict[str, Neighbour], first: int, third: int) -> None:
    """June approved the minutes of March; those of June are approved in writing."""
    director, reader = people["Claire"], people["José"]
    director.go(f"/reunions/{first}/compte-rendu/brouillon")
    director.follow("Relire et publier")
    director.page.select_option("[name=approved_in]", value=str(third))
    director.press("Oui, publier")
    write(director, third, "Approuvé.", "On en parle longtemps.", "En septembre.", "Un joli nom.")
    director.follow("Relire et publier")
    director.fill(approval_note="Approuvé par écrit par tous les membres.")
    director.press("Oui, publier")
    for held, said in ((first, "On fera un jardin."), (third, "Un mercredi sur deux.")):
        reader.go(f"/reunions/{held}/compte-rendu")
        assert said in reader.read()
        printed = reader.page.request.get(f"/reunions/{held}/compte-rendu.pdf")
        paper = " ".join(page.extract_text() for page in PdfReader(BytesIO(printed.body())).pages)
        assert said in " ".join(paper.split())
    assert "La fête aura-t-elle lieu en septembre" in reader.read()
