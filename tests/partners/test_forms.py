"""All that is wrong in a form is said at once, and what was typed is kept."""

import pytest
from flask import Flask

from app.core.clock import today
from app.core.db import db
from app.ledger.acts import Act
from app.partners.models import Convention, Partner, Scheme
from tests.partners.factories import make_partner, make_team
from tests.support import Ledger, Visitor

PHONE = "Écrivez un numéro de téléphone"
WEBSITE = "Écrivez une adresse complète"
MAIL = "ne semble pas complète"
BACKWARDS = "La fin vient après le début"

PARTNER = {"name": "", "kind": "", "phone": "abc", "email": "x@", "website": "pas une adresse"}
CONVENTION = {
    "title": "",
    "starts_on": "2026-05-02",
    "ends_on": "2026-05-01",
    "notice_months": "99",
}
SCHEME = {
    "title": "",
    "text": "Une aide",
    "source_url": "ftp:/x",
    "valid_from": "2026-05-02",
    "valid_until": "2026-05-01",
}


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        ("/partenaires/nouveau", PARTNER, ("Remplissez cette case", PHONE, MAIL, WEBSITE)),
        (
            "/partenaires/{slug}/conventions/nouvelle",
            CONVENTION,
            ("Remplissez cette case", BACKWARDS, "entre 0 et 24"),
        ),
        ("/dispositifs/nouveau", SCHEME, ("Remplissez cette case", WEBSITE, BACKWARDS)),
    ],
)
def test_all_errors_are_said_at_once_and_values_kept(
    app: Flask, path: str, typed: dict[str, str], said: tuple[str, ...]
) -> None:
    partner, visitor = make_partner(), Visitor(app).sign_in(make_team())

    answer = visitor.send(path.format(slug=partner.slug), typed)

    assert answer.status_code == 422
    assert [words for words in said if words not in answer.text] == []
    assert [one for one in typed.values() if one and one not in answer.text] == []
    assert db.session.query(Partner).count() == 1
    assert db.session.query(Convention).count() + db.session.query(Scheme).count() == 0


def test_an_orientation_says_its_errors_at_once(app: Flask, ledger: Ledger) -> None:
    make_partner()
    ahead = today().replace(year=today().year + 1, day=1).isoformat()

    answer = (
        Visitor(app)
        .sign_in(make_team())
        .send(
            "/partenaires/orientations",
            {"partner_id": "0", "reason": "", "day": ahead, "quartier_id": "0", "age_band": ""},
        )
    )

    for words in ("Choisissez un partenaire", "Choisissez un motif", "Un jour passé"):
        assert words in answer.text
    assert ledger.entries(Act.ORIENTATION_GIVEN) == []
