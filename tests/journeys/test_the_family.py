"""A parent signs up with two children on one phone, and the elder speaks among children."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.core.clock import today
from tests.journeys.conftest import Visit
from tests.journeys.test_the_story import link_in_last_mail, press

pytestmark = pytest.mark.browser

TITLE = "Un goûter philo le mercredi"


def add_child(page: Page, nickname: str, age: int) -> None:
    page.goto("/moi/famille")
    page.get_by_role("link", name="Ajouter un enfant").click()
    page.fill("#nickname", nickname)
    page.fill("#year_of_birth", str(today().year - age))
    press(page, "Ajouter")
    expect(page.locator("main")).to_contain_text(f"Parler pour {nickname}")


def test_a_parent_s_phone_speaks_for_two_children(centre: Flask, visit: Visit) -> None:
    parent = visit(javascript=False)
    parent.goto("/inscription")
    parent.fill("#given_name", "Leïla")
    parent.fill("#family_name", "Mansouri")
    parent.fill("#email", "leila@example.org")
    parent.check("#accepts")
    press(parent, "Créer mon compte")
    parent.goto(link_in_last_mail(centre, "leila@example.org"))
    parent.fill("#password", "trois petits pois verts")
    press(parent, "Ouvrir mon compte")
    expect(parent.locator("main")).to_contain_text("Des enfants de moins de 15 ans")

    add_child(parent, "Inès", 12)
    add_child(parent, "Rayan", 7)
    banner = parent.get_by_role("region", name="Qui parle")
    expect(banner).to_contain_text("Vous êtes")

    press(parent, "Parler pour Inès")
    expect(parent.locator("h1")).to_have_text("Bonjour Inès")
    parent.goto("/comites/comite-famille")
    expect(parent.locator("main")).to_contain_text("Avant 15 ans, on parle dans le comité enfant")
    expect(parent.get_by_role("button", name="Rejoindre")).to_have_count(0)
    parent.goto("/comites/comite-enfant")
    press(parent, "Rejoindre")
    parent.goto("/comites/comite-enfant/debats/nouveau")
    parent.fill("#title", TITLE)
    parent.fill("#text", "On parle, on mange, on rit.")
    parent.locator("main form button[type=submit]").last.click()
    expect(parent.locator("main")).to_contain_text(TITLE)
    expect(parent.locator("main")).to_contain_text("Inès")
    expect(parent.locator("main")).not_to_contain_text("Inès M")

    neighbour = visit()
    neighbour.goto("/comites/comite-enfant/debats")
    expect(neighbour.locator("main")).not_to_contain_text(TITLE)

    expect(banner).to_contain_text("Vous parlez pour Inès")
    banner.locator("summary").click()
    banner.get_by_role("button", name="Parler pour Rayan").click()
    expect(banner).to_contain_text("Vous parlez pour Rayan")
    banner.get_by_role("button", name="Revenir à Leïla").click()
    expect(parent.locator("h1")).to_have_text("Bonjour Leïla")


def test_a_parent_and_a_child_agree_to_photos_on_one_phone(visit: Visit) -> None:
    phone = visit(javascript=False)
    phone.goto("/connexion")
    phone.fill("#identifier", "amina@example.org")
    phone.fill("#secret", "soleil-pont-carotte")
    press(phone, "Me connecter")
    phone.goto("/moi/famille")
    press(phone, "Parler pour Lina")
    phone.goto("/moi/consentements")
    photo = phone.locator("section.card", has_text="Être en photo")
    photo.get_by_role("button", name="Je suis d’accord").click()
    expect(photo).to_contain_text("Vous : d’accord depuis")
    expect(photo.locator(".badge")).to_have_text("Il manque un accord")
    phone.get_by_role("button", name="Revenir à Amina").click()
    phone.goto("/moi/famille")
    phone.get_by_role("link", name="Ses accords").first.click()
    photo.get_by_role("button", name="Je suis d’accord").click()

    expect(photo.locator(".badge")).to_have_text("Oui")
