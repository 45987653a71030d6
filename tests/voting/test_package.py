"""Everything to count again, in one archive: the same bytes for ever, and nothing that names."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.centre.services import change_rules
from app.core.db import db
from app.core.rights import Role
from app.voting import archiving, casting, package
from app.voting.exports import ballots_csv
from app.voting.jobs import tend
from app.voting.models import Poll
from tests.factories import make_resident, make_with_role
from tests.support import Visitor
from tests.voting.polls import after, judge, make_judgment, make_poll, make_voters, no, yes
from tests.voting.test_extension import director_of

pytestmark = pytest.mark.usefixtures("app")


def closed(ayes: int = 7, **fields: Any) -> Poll:
    voters = make_voters(ayes + 2)
    poll = make_poll(**fields)
    yes(poll, *voters[:-2])
    no(poll, *voters[-2:])
    with after(poll):
        tend()
    return poll


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def run(app: Flask, *words: object) -> Any:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["polls", *map(str, words)])


def test_the_archive_is_the_same_bytes_each_time_even_once_archived(client: Visitor) -> None:
    poll = closed()
    path = f"/scrutins/{poll.id}/resultat.zip"

    first, second = client.get(path), client.get(path)
    archiving.archive(poll, director_of(poll))
    third = client.get(path)

    assert first.status_code == 200 and first.content_type == "application/zip"
    assert first.data == second.data == third.data
    shown = client.get(f"/scrutins/{poll.id}/verifier").text.replace("<wbr>", "")
    assert hashlib.sha256(first.data).hexdigest() in shown


def test_the_archive_holds_what_a_recount_needs_and_its_sums_agree(client: Visitor) -> None:
    poll = closed()

    files = unpacked(client.get(f"/scrutins/{poll.id}/resultat.zip").data)

    assert set(files) == {
        package.BALLOTS,
        package.RESULT,
        package.RULES,
        package.SEALED,
        package.JOURNAL,
        package.PRINTS,
        package.README,
        package.SUMS,
    }
    for line in files[package.SUMS].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(files[name]).hexdigest() == digest
    prints = files[package.PRINTS].decode().split()
    assert prints == sorted(prints) and len(prints) == 9
    assert client.get(f"/scrutins/{poll.id}/empreintes").text.split() == prints
    result = json.loads(files[package.RESULT])["result"]
    assert result["counts"] == {"yes": 7, "no": 2, "abstain": 0}
    assert result["sha256"] == hashlib.sha256(files[package.BALLOTS]).hexdigest()
    assert json.loads(files[package.JOURNAL])["lines"][-1]["kind"] == "closed"
    assert "--method yesno" in files[package.README].decode()


def test_anyone_can_redo_the_seal_of_the_rules_from_the_archive(client: Visitor) -> None:
    poll = closed()

    files = unpacked(client.get(f"/scrutins/{poll.id}/resultat.zip").data)

    lines = json.loads(files[package.JOURNAL])["lines"]
    sealed = [one["facts"]["rules_sha256"] for one in lines if "rules_sha256" in one["facts"]]
    assert hashlib.sha256(files[package.SEALED]).hexdigest() == sealed[-1]
    title, _text, method, *_rest, options = json.loads(files[package.SEALED])
    assert (title, method) == (poll.title, "yesno")
    assert options == [[option.id, option.label] for option in poll.options]
    read_me = files[package.README].decode()
    assert package.SEALED in read_me and f"flask polls verify {poll.id}" in read_me


def test_the_read_me_s_command_counts_the_archive_s_ballots(app: Flask, tmp_path: Path) -> None:
    voters = make_voters(6)
    poll = make_judgment()
    for place, voter in enumerate(voters):
        judge(poll, voter, place % 3, 1, 4)
    with after(poll):
        tend()
    files = package.files(poll, 5)
    words = next(
        line.split()
        for line in files[package.README].decode().splitlines()
        if line.startswith("flask polls count")
    )
    (tmp_path / package.BALLOTS).write_bytes(files[package.BALLOTS])

    counted = run(app, *words[2:-1], tmp_path / package.BALLOTS, "--json")

    assert counted.exit_code == 0
    labels = {option.id: option.label for option in poll.options}
    assert json.loads(counted.output)["winners"] == [
        labels[one] for one in (poll.result or {})["winners"]
    ]


def test_too_few_secret_ballots_are_in_no_archive(client: Visitor, app: Flask) -> None:
    poll = closed(ayes=1)

    for end in ("resultat.zip", "verifier", "empreintes", "bulletins.csv"):
        assert client.get(f"/scrutins/{poll.id}/{end}").status_code == 404
    assert client.get(f"/scrutins/{poll.id}/journal").status_code == 200
    refused = run(app, "export", poll.id, "--format", "package")
    assert refused.exit_code == 1 and "Trop peu" in refused.output


def test_a_breakdown_too_small_to_be_told_is_not_in_the_archive() -> None:
    poll = closed()
    result = {**(poll.result or {}), "channels": {"online": 8, "desk": 1}, "represented": 1}
    poll.result = result

    told = json.loads(package.files(poll, 5)[package.RESULT])["result"]
    db.session.rollback()

    assert "channels" not in told and "represented" not in told and "paper" not in told


@pytest.mark.parametrize("later", [1, 50])
def test_what_was_told_of_a_count_does_not_change_with_the_centre_s_threshold(
    client: Visitor, app: Flask, later: int
) -> None:
    told, few = closed(), closed(ayes=1)
    path = f"/scrutins/{told.id}/resultat.zip"
    before = client.get(path).data
    sentence = "Moins de 5 bulletins exprimés"

    change_rules(make_with_role(Role.DIRECTOR, standing="team"), {"public_threshold": later})

    assert client.get(path).data == before
    assert run(app, "verify", told.id).exit_code == 0
    assert client.get(f"/scrutins/{few.id}/resultat.zip").status_code == 404
    assert sentence in client.get(f"/scrutins/{few.id}").text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_command_writes_the_same_archive(app: Flask, client: Visitor, tmp_path: Path) -> None:
    poll = closed()
    path = tmp_path / "scrutin.zip"

    done = run(app, "export", poll.id, "--format", "package", "--output", path)

    assert done.exit_code == 0
    assert path.read_bytes() == client.get(f"/scrutins/{poll.id}/resultat.zip").data


def test_a_downloaded_file_is_checked_and_what_differs_is_named(
    app: Flask, client: Visitor, tmp_path: Path
) -> None:
    poll = closed()
    good = client.get(f"/scrutins/{poll.id}/resultat.zip").data
    files = unpacked(good)
    sheet = files[package.BALLOTS].decode("utf-8-sig").replace("contre", "pour", 1)
    forged = {**files, package.BALLOTS: sheet.encode("utf-8-sig")}
    path = tmp_path / "fichier"

    def verdict(data: bytes) -> tuple[int, str]:
        path.write_bytes(data)
        answer = run(app, "verify", poll.id, path)
        return answer.exit_code, answer.output

    whole, ballots = verdict(good), verdict(files[package.BALLOTS])
    touched, alone = verdict(packed(forged)), verdict(forged[package.BALLOTS])
    rules = verdict(packed({**files, package.RULES: b"{}"}))
    less = verdict(packed({name: files[name] for name in files if name != package.JOURNAL}))

    assert whole[0] == ballots[0] == 0 and "Conforme" in whole[1]
    assert touched[0] == alone[0] == rules[0] == less[0] == 1
    assert package.BALLOTS in touched[1] and "counts" in touched[1]
    assert "counts" in alone[1] and "l’empreinte du fichier des bulletins" in alone[1]
    assert package.RULES in rules[1] and "counts" not in rules[1]
    assert package.JOURNAL in less[1]


@pytest.mark.parametrize("hurt", ["cut", "list"])
def test_a_damaged_archive_is_said_to_be_so(app: Flask, tmp_path: Path, hurt: str) -> None:
    poll = closed()
    whole = package.archive(poll, 5)
    data = bytearray(whole)
    if hurt == "list":
        # Its files are said to begin before it.
        data[-6:-2] = b"\xff\x00\x00\x7f"
    else:
        data[len(data) // 2 :] = b""
    path = tmp_path / "scrutin.zip"
    path.write_bytes(data)

    answer = run(app, "verify", poll.id, path)

    assert answer.exit_code != 0
    assert "Cette archive est abîmée" in answer.output


def test_a_byte_that_makes_a_ballot_invalid_is_a_difference_like_another(
    app: Flask, tmp_path: Path
) -> None:
    voters = make_voters(6)
    poll = make_poll(method="stv", free_options=["Ana", "Bo", "Chloé"], settings={"seats": 1})
    ids = [option.id for option in poll.options]
    for voter in voters:
        casting.cast(poll, voter, {"ranking": [[one] for one in ids]})
    with after(poll):
        tend()
    path = tmp_path / "bulletins.csv"

    def verdict(old: str, new: str) -> tuple[int, str]:
        sheet = ballots_csv(poll).replace(old, new)
        assert sheet != ballots_csv(poll)
        path.write_bytes(sheet.encode("utf-8-sig"))
        answer = run(app, "verify", poll.id, path)
        return answer.exit_code, answer.output

    twice, wider = verdict(";1;2;3", ";1;1;3"), verdict("Chloé", "Chloé;Dé")

    assert twice[0] == wider[0] == 1
    assert "Le fichier bulletins.csv diffère : un bulletin, que les règles n’acceptent" in twice[1]
    assert "les choix proposés" in wider[1]


@pytest.mark.parametrize(
    "data", [b"PK not an archive", b"\xff\xfe\x00garbage", b"", b"Bulletin;\n"]
)
def test_a_file_that_is_none_of_ours_gets_a_sentence(
    app: Flask, tmp_path: Path, data: bytes
) -> None:
    poll = closed()
    path = tmp_path / "fichier"
    path.write_bytes(data)

    answer = run(app, "verify", poll.id, path)
    absent = run(app, "verify", poll.id, tmp_path / "rien")

    assert answer.exit_code == absent.exit_code == 2
    assert "Traceback" not in answer.output and answer.output.startswith("Error: ")


def test_a_tampered_database_no_longer_agrees_with_an_honest_download(
    app: Flask, client: Visitor, tmp_path: Path
) -> None:
    poll = closed()
    path = tmp_path / "scrutin.zip"
    path.write_bytes(client.get(f"/scrutins/{poll.id}/resultat.zip").data)
    number = poll.id
    forged = text("UPDATE polls SET result = CAST(:result AS JSON)")
    if db.engine.dialect.name == "sqlite":
        forged = text("UPDATE polls SET result = :result")
    result = json.dumps(poll.result).replace('"yes": 7', '"yes": 8')
    db.session.execute(forged, {"result": result})
    db.session.commit()

    answer = run(app, "verify", number, path)

    assert answer.exit_code == 1 and package.RESULT in answer.output


def test_nothing_is_published_before_the_count(client: Visitor) -> None:
    make_resident()
    poll = make_poll()

    for end in ("resultat.zip", "verifier", "empreintes"):
        assert client.get(f"/scrutins/{poll.id}/{end}").status_code == 404
