"""A poll in the making is kept as it was typed, seen by few, shown as voters will, and undone."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.models import Resident
from app.core.clock import now
from app.core.db import db
from app.core.errors import Conflict, Forbidden
from app.core.rights import Role
from app.core.search import SearchDocument
from app.notifications.models import Notification
from app.proposals.models import Proposal, Status
from app.voting import drafts, events, services
from app.voting.drafting import PollDraft
from app.voting.jobs import tend
from app.voting.models import Poll, PollEvent, PollOption, Teller
from tests.factories import make_body, make_proposal, make_resident, make_with_role
from tests.support import Ledger, Visitor
from tests.voting.polls import make_poll, paris
from tests.voting.test_opening import join

pytestmark = pytest.mark.usefixtures("app")

DAY = timedelta(days=1)


def typed(**fields: Any) -> dict[str, Any]:
    """What the form sends, whole."""
    return {
        "title": "Quel projet pour la fête ?",
        "method": "majority_judgment",
        "free_options": "Ciné\nRepas",
        "electorate": "all",
        "secrecy": "secret",
        "closes_at": paris(now() + 3 * DAY),
        "quorum_percent": "0",
        **fields,
    }


def director() -> Resident:
    return make_with_role(Role.DIRECTOR, standing="team")


def only_poll() -> Poll:
    return db.session.scalars(select(Poll)).one()


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_someone_keeps_a_draft_goes_on_later_and_puts_it_to_the_vote(
    client: Visitor, ledger: Ledger
) -> None:
    make_resident()
    client.sign_in(director())

    kept = client.send(
        "/scrutins/nouveau", {"title": "Une idée", "electorate": "all", "draft": "1"}
    )
    page = client.get(kept.location).text
    form = client.get(f"{kept.location}/modifier").text
    unready = client.send(f"{kept.location}/ouvrir")
    told = count(Notification)
    edited = client.send(f"{kept.location}/modifier", typed(draft="1"))
    ready = client.get(kept.location).text
    opened = client.send(f"{kept.location}/ouvrir")

    assert kept.status_code == 302 and "Brouillon" in page and "Remplissez cette case" in page
    assert 'value="Une idée"' in form
    assert unready.status_code == 422 and told == 0
    assert edited.status_code == 302 and "Ce brouillon est prêt" in ready
    assert opened.status_code == 302
    poll = only_poll()
    assert (poll.status, poll.roll_size, poll.typed) == ("open", 1, None)
    assert [option.label for option in poll.options] == ["Ciné", "Repas"]
    assert list(events.faults(poll)) == [] and len(ledger.acts()) == 1


def test_a_draft_needs_a_name_and_nothing_else(client: Visitor) -> None:
    client.sign_in(director())

    refused = client.send("/scrutins/nouveau", {"draft": "1", "electorate": "all", "text": "Mot"})

    assert refused.status_code == 422 and "Mot" in refused.text
    assert count(Poll) == 0


def test_a_draft_does_not_exist_for_anyone_else(client: Visitor, app: Any) -> None:
    body = make_body()
    author = make_with_role(Role.REFERENT, body=body)
    draft = PollDraft("Secret pour l’instant", "yesno", now() + DAY, body_id=body.id)
    drafts.save_draft(author, {"title": ["Secret pour l’instant"]}, draft.title, body.id, draft)
    number = only_poll().id
    paths = [
        f"/scrutins/{number}{end}" for end in ("", "/voter", "/modifier", "/apercu", "/bureau")
    ]
    other = Visitor(app).sign_in(make_with_role(Role.REFERENT, body=make_body()))
    resident = Visitor(app).sign_in(make_resident())

    for reader in (client, other, resident):
        assert [reader.get(path).status_code for path in paths] == [404] * len(paths)
        assert reader.send(f"/scrutins/{number}/supprimer").status_code == 404
        for page in ("/scrutins", "/scrutins?etat=brouillons", "/", "/recherche?q=secret"):
            assert "Secret pour" not in reader.get(page).text
    assert count(SearchDocument) == 0 and count(Poll) == 1
    mine = Visitor(app).sign_in(author)
    boss = Visitor(app).sign_in(director())
    for reader in (mine, boss):
        assert reader.get(paths[0]).status_code == 200
        assert "Secret pour" in reader.get("/scrutins?etat=brouillons").text
        assert "Secret pour" not in reader.get("/scrutins").text


def test_a_referent_keeps_drafts_for_their_own_comite_only() -> None:
    referent = make_with_role(Role.REFERENT, body=make_body())

    with pytest.raises(Forbidden):
        drafts.save_draft(referent, {}, "Pour tous", None, None)

    assert count(Poll) == 0


def test_a_draft_is_deleted_for_good_and_told_to_nobody(client: Visitor, ledger: Ledger) -> None:
    client.sign_in(director())
    client.send("/scrutins/nouveau", typed(draft="1"))
    number = only_poll().id

    asked = client.get(f"/scrutins/{number}/supprimer")
    cancelled = client.send(f"/scrutins/{number}/annuler", {"reason": "Non"})
    gone = client.send(f"/scrutins/{number}/supprimer")

    assert "pour toujours" in asked.text and cancelled.status_code == 409
    assert gone.status_code == 302
    assert (count(Poll), count(PollOption), count(Notification)) == (0, 0, 0)
    assert ledger.acts() == []


def scheduled(by: Resident, **fields: Any) -> Poll:
    """A poll announced for tomorrow, as its form made it."""
    fields = {"opens_at": now() + DAY, "closes_at": now() + 3 * DAY, **fields}
    draft = PollDraft(**{"title": "Des bancs ?", "method": "yesno", **fields})
    return services.create_poll(by, draft, {"title": [draft.title], "electorate": ["all"]})


def test_an_announced_poll_is_changed_until_it_opens() -> None:
    by, teller, other = director(), make_resident(), make_resident()
    kept, dropped, added = make_proposal(), make_proposal(), make_proposal()
    bench: dict[str, Any] = {"teller_ids": [teller.id, other.id], "tellers_needed": 2}
    judgment: dict[str, Any] = {"method": "majority_judgment", **bench}
    poll = scheduled(by, proposal_ids=[kept.id, dropped.id], **judgment)
    mails = count(Notification)
    later: dict[str, Any] = {
        "opens_at": now() + 2 * DAY,
        "closes_at": now() + 4 * DAY,
        "title": "Quels bancs ?",
    }

    draft = PollDraft(**{**judgment, **later, "proposal_ids": [kept.id, added.id]})
    services.publish(poll, by, draft, {})

    status = {one.id: one.status for one in db.session.scalars(select(Proposal))}
    assert status == {
        kept.id: Status.VOTING,
        dropped.id: Status.GATHERING,
        added.id: Status.VOTING,
    }
    assert (poll.title, poll.status, poll.tellers_needed) == ("Quels bancs ?", "scheduled", 2)
    # The tellers, who are the same, keep their words and are not called again.
    called = select(func.count()).where(Notification.text.contains("bureau"))
    assert db.session.scalar(called) == 2 and count(Teller) == 2 and mails >= 2
    kinds = db.session.scalars(select(PollEvent.kind).order_by(PollEvent.number))
    assert list(kinds) == ["created", "revised"] and list(events.faults(poll)) == []


def test_an_announced_poll_goes_back_to_being_a_draft_and_frees_what_it_held() -> None:
    by, proposal = director(), make_proposal()
    poll = scheduled(by, proposal_ids=[proposal.id])

    drafts.put_back(poll, by)

    assert db.session.get_one(Proposal, proposal.id).status == Status.GATHERING
    assert poll.status == "draft" and count(SearchDocument) == 0
    assert tend() == (0, 0)
    # It was announced: it is cancelled with a reason rather than deleted.
    with pytest.raises(Conflict, match="annulez-le"):
        drafts.delete_draft(poll, by)
    other = make_poll(
        by, proposal_ids=[proposal.id], opens_at=now() + DAY, closes_at=now() + 2 * DAY
    )
    services.cancel_poll(poll, by, "Une autre question la remplace.")
    assert db.session.get_one(Proposal, proposal.id).status == Status.VOTING
    assert (poll.status, other.status) == ("cancelled", "scheduled")


def test_taking_an_announced_poll_back_is_asked_before_it_is_done(client: Visitor) -> None:
    by = director()
    poll = scheduled(by)
    path = f"/scrutins/{poll.id}/brouillon"
    client.sign_in(by)

    assert f'href="{path}"' in client.get(f"/scrutins/{poll.id}").text
    asked = client.get(path)

    assert asked.status_code == 200 and "plus annoncé" in asked.text
    assert db.session.get_one(Poll, poll.id).status == "scheduled"

    done = client.send(path)

    assert done.status_code == 302
    assert db.session.get_one(Poll, poll.id).status == "draft"
    # Asked again of a draft, the page says so rather than offering what cannot be done.
    assert client.get(path).status_code == 409


def test_a_poll_that_has_opened_no_longer_changes() -> None:
    make_resident()
    by = director()
    poll = make_poll(by)
    draft = PollDraft("Autre chose", "yesno", now() + DAY)

    for act in (
        lambda: services.publish(poll, by, draft),
        lambda: drafts.put_back(poll, by),
        lambda: drafts.delete_draft(poll, by),
        lambda: drafts.save_draft(by, {}, "Autre chose", None, draft, poll),
    ):
        with pytest.raises(Conflict):
            act()

    assert poll.title == "Des bancs devant l’école ?" and poll.status == "open"


def test_someone_elses_announced_poll_is_left_alone() -> None:
    body = make_body()
    referent = make_with_role(Role.REFERENT, body=body)
    join(body, referent)
    poll = scheduled(director())

    with pytest.raises(Forbidden):
        drafts.put_back(poll, referent)

    assert poll.status == "scheduled"


@pytest.mark.parametrize(
    ("kind", "seen", "unseen"),
    [
        ("electeur", 'name="mention-', "Vous avez voté"),
        ("a-vote", "Votre participation est enregistrée", 'name="mention-'),
        ("absent", "Vous vous êtes inscrit après", 'name="mention-'),
        ("moins-de-15", "Avant 15 ans", 'name="mention-'),
        ("visiteur", "Voter", "Vous avez voté"),
        ("n-importe-quoi", 'name="mention-', "Vous avez voté"),
    ],
)
def test_the_preview_shows_what_each_will_meet_and_sends_nothing(
    client: Visitor, kind: str, seen: str, unseen: str
) -> None:
    client.sign_in(director())
    client.send("/scrutins/nouveau", typed(draft="1"))
    number = only_poll().id

    page = client.get(f"/scrutins/{number}/apercu?comme={kind}").text

    assert "Aperçu" in page and seen in page and unseen not in page
    main = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in main and f"/scrutins/{number}/voter" not in main


def test_a_draft_without_choices_has_no_preview_yet(client: Visitor) -> None:
    client.sign_in(director())
    client.send("/scrutins/nouveau", typed(draft="1", free_options="Un seul"))
    number = only_poll().id

    assert "Donnez de 2 à 20 choix" in client.get(f"/scrutins/{number}").text
    assert client.get(f"/scrutins/{number}/apercu").status_code == 404
