"""A proposal is written: what is typed, and the image that goes with it, are not lost."""

import io

import pytest
from PIL import Image

from app.core.db import db
from app.proposals.models import Proposal
from tests.factories import make_resident
from tests.proposals.support import author_of, count, drafted, typed, waiting
from tests.support import Ledger, Visitor


def _picture(size: tuple[int, int] = (40, 30), kind: str = "PNG") -> tuple[io.BytesIO, str]:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    out.seek(0)
    return out, "photo.png"


def test_someone_not_confirmed_keeps_a_draft_and_is_told_what_to_do(
    client: Visitor, ledger: Ledger
) -> None:
    client.sign_in(make_resident(email_confirmed_at=None))

    refused = client.send("/propositions/nouvelle", typed())
    kept = client.send("/propositions/nouvelle", typed(act="keep"))

    assert refused.status_code == 403
    assert "Confirmez d’abord" in refused.get_data(as_text=True)
    assert kept.status_code == 302 and count(Proposal) == 1
    assert "Confirmez d’abord" in client.get(kept.location).get_data(as_text=True)
    assert ledger.acts() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""), ("title", "x" * 121), ("text", ""), ("text", "y" * 6001),
        ("category_id", 0), ("category_id", "abc"), ("category_id", 2**70), ("body_id", 999),
        ("quartier_id", 999), ("estimated_cost", "-1"), ("estimated_cost", "10000001"),
        ("estimated_cost", "cent"), ("estimated_cost", "9" * 40), ("image_alt", "z" * 201),
    ],
)  # fmt: skip
def test_a_wrong_field_gives_the_page_back_with_every_word(
    client: Visitor, ledger: Ledger, field: str, value: object
) -> None:
    client.sign_in(make_resident())

    answer = client.send("/propositions/nouvelle", {**typed(), field: value})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for name, kept in (("title", "Un jardin partagé"), ("text", "Derrière l’école.")):
        assert (str(value) if field == name else kept) in page
    assert count(Proposal) == 0 and ledger.acts() == []


def test_an_image_comes_with_its_words(client: Visitor) -> None:
    client.sign_in(make_resident())

    bare = client.send("/propositions/nouvelle", typed(image=_picture()))
    said = client.send(
        "/propositions/nouvelle", typed(image=_picture(), image_alt="Le terrain vide")
    )

    assert bare.status_code == 422 and "Décrivez l’image" in bare.get_data(as_text=True)
    page = client.get(said.location).get_data(as_text=True)
    assert 'alt="Le terrain vide"' in page and 'width="40"' in page


def test_words_without_their_image_say_that_the_file_is_to_be_chosen_again(
    client: Visitor,
) -> None:
    client.sign_in(make_resident())

    answer = client.send("/propositions/nouvelle", typed(image_alt="Le terrain vide"))

    assert answer.status_code == 422
    assert "Choisissez à nouveau l’image" in answer.get_data(as_text=True)
    assert count(Proposal) == 0


@pytest.mark.parametrize(
    "upload",
    [
        (io.BytesIO(b"<svg onload=alert(1)></svg>"), "photo.svg"),
        (io.BytesIO(b"MZ" + b"\0" * 900), "photo.png"),
        (io.BytesIO(b"\x89PNG" + b"\0" * (6 * 1024 * 1024)), "lourde.png"),
    ],
)
def test_a_file_that_is_no_image_or_too_heavy_is_refused_and_the_text_kept(
    client: Visitor, upload: tuple[io.BytesIO, str]
) -> None:
    client.sign_in(make_resident())
    copy = (io.BytesIO(upload[0].getvalue()), upload[1])

    answer = client.send("/propositions/nouvelle", typed(image=copy, image_alt="Rien"))

    assert answer.status_code == 422
    assert "Derrière l’école." in answer.get_data(as_text=True)
    assert count(Proposal) == 0


def test_an_upload_beyond_all_measure_is_refused(client: Visitor) -> None:
    client.sign_in(make_resident())

    answer = client.send(
        "/propositions/nouvelle", typed(image=(io.BytesIO(b"0" * 9_000_000), "x.png"))
    )

    assert answer.status_code == 413 and count(Proposal) == 0


def test_a_stale_edit_loses_neither_text(client: Visitor) -> None:
    author = make_resident()
    draft = drafted(author, title="Premier jet")
    client.sign_in(author)
    path = f"/propositions/{draft.id}/modifier"
    fields = typed(act="keep", category_id=draft.category_id, version=draft.version)
    client.send(path, {**fields, "title": "Depuis le téléphone"})

    stale = client.send(path, {**fields, "title": "Depuis l’ordinateur"})

    page = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert "Depuis le téléphone" in page and "Depuis l’ordinateur" in page
    db.session.rollback()
    assert draft.title == "Depuis le téléphone"
    version = f'value="{draft.version}"'
    assert version in page
    again = client.send(path, {**fields, "title": "Les deux", "version": draft.version})
    assert again.status_code == 302


def test_a_sent_proposal_is_no_longer_changed(client: Visitor) -> None:
    proposal = waiting(title="Envoyée")
    client.sign_in(author_of(proposal))

    answer = client.send(f"/propositions/{proposal.id}/modifier", typed(version=1))

    assert answer.status_code == 403
    db.session.rollback()
    assert proposal.title == "Envoyée"
