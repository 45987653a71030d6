"""What a form says by itself is said as we speak."""

from flask import Flask
from wtforms import DateField, DecimalField, IntegerField, SelectField

from app.core.forms import Form, options
from tests.factories import make_resident
from tests.support import Visitor


class Counted(Form):
    people = IntegerField("Personnes")
    price = DecimalField("Prix")
    day = DateField("Jour")
    kind = SelectField("Sorte", choices=options([("a", "A")]))


def test_what_is_no_number_is_refused_in_our_words(app: Flask) -> None:
    typed = {"people": "douze", "price": "x", "day": "hier", "kind": "z"}

    with app.test_request_context(method="POST", data=typed):
        form = Counted()
        assert not form.validate()

    said = {name: [str(one) for one in found] for name, found in form.errors.items() if name}
    assert said["people"] == ["Écrivez un nombre entier, en chiffres."]
    assert said["price"] == ["Écrivez un nombre, en chiffres."]
    assert said["day"] == ["Cette date n’est pas valable."]
    assert said["kind"] == ["Choisissez une réponse de la liste."]


def test_a_year_typed_in_letters_is_refused_in_our_words(client: Visitor) -> None:
    client.sign_in(make_resident())

    answer = client.send(
        "/moi/famille/enfants/nouveau", {"nickname": "Lina", "year_of_birth": "dix"}
    )

    assert answer.status_code == 422
    assert "Écrivez un nombre entier, en chiffres." in answer.text
