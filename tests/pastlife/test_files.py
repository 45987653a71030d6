"""Whatever the spreadsheet that wrote it, a table is read; what is no table is refused."""

import csv
import io
import struct
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
from openpyxl import load_workbook

from app.core.db import db
from app.core.errors import Invalid
from app.core.rights import Role
from app.pastlife import queries
from app.pastlife.kinds import KINDS
from app.pastlife.model_files import as_book, as_rows
from app.pastlife.models import PastImport, PastLine
from app.pastlife.sheets import most_lines
from tests.factories import make_quartier, make_with_role
from tests.pastlife.support import as_csv, as_xlsx, bring, send, states, table, told, understood
from tests.support import Visitor

pytestmark = pytest.mark.usefixtures("app")
HEADS = ["Action", "Date", "Durée", "Type"]
LINE = ["Fête d’été à l’école", "12/03/2023", "1,5", "Activité"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_csv_is_read_as_each_spreadsheet_writes_it(encoding: str, sign: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows([HEADS, LINE])

    sent = send("sessions", out.getvalue().encode(encoding))

    (line,) = understood(sent)
    assert (line["Action"], line["Durée en minutes"]) == ("Fête d’été à l’école", "90")


def test_a_workbook_is_read_with_its_dates_times_and_numbers() -> None:
    rows: list[list[object]] = [
        [*HEADS, "Heure", "Personnes"],
        ["Couture", date(2023, 3, 12), 1.5, "Activité", time(14, 30), 12.0],
        ["Couture", datetime(2023, 3, 13, 9, 0), timedelta(hours=2), "Activité", "9h", "12"],
        [None, None, None, None, None, None],
        ["Couture", 44999, "1:45", "activite", None, None],
    ]

    sent = send("sessions", as_xlsx(rows), name="avant.xlsx")

    assert states(sent) == {2: "good", 3: "good", 5: "good"}
    assert [
        (line["Date"], line["Heure"], line["Durée en minutes"]) for line in understood(sent)
    ] == [
        ("12 mars 2023", "14\u00a0h\u00a030", "90"),
        ("13 mars 2023", "09\u00a0h\u00a000", "120"),
        ("14 mars 2023", "non dite", "105"),
    ]


@pytest.mark.parametrize(
    ("day", "at"),
    [
        ("2023-03-12", "14h"),
        ("12.03.2023", "14:00"),
        ("12-3-23", "14 h 00"),
        (" 12/03/2023 ", "14H00"),
        ("44997", "14"),
    ],
)
def test_a_day_and_an_hour_are_read_however_they_are_typed(day: str, at: str) -> None:
    sent = send("sessions", table("sessions", {"Date": day, "Heure": at}))

    (line,) = understood(sent)
    assert (line["Date"], line["Heure"]) == ("12 mars 2023", "14\u00a0h\u00a000")


def test_all_missing_columns_are_told_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        send("sessions", as_csv([["Date", "Bidule"], ["12/03/2023", "x"]]))

    said = refused.value.message.replace("\u00a0", " ")
    assert all(f"« {name} »" in said for name in ("Action", "Durée", "Type", "Bidule"))
    assert db.session.query(PastImport).count() == 0


def test_unknown_columns_are_told_and_left() -> None:
    rows = [[*HEADS, "Humeur", "À corriger"], [*LINE, "joyeuse", "rien"]]

    sent = send("sessions", as_csv(rows))

    assert sent.ignored == ["Humeur"]
    assert "joyeuse" not in db.session.query(PastLine).one().typed


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_models_come_back_without_a_line_and_explain_each_column(kind: str) -> None:
    book = io.BytesIO()
    as_book(KINDS[kind]).save(book)
    rows = list(as_rows(KINDS[kind]))

    for data in (book.getvalue(), as_csv(rows)):
        with pytest.raises(Invalid, match="aucune ligne"):
            send(kind, data)

    guide = [row[0] for row in load_workbook(io.BytesIO(book.getvalue()))["Mode d’emploi"].values]
    assert {str(column.label) for column in KINDS[kind].columns} <= set(guide)


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_each_model_is_a_good_line_once_it_is_ones_own(kind: str) -> None:
    columns = KINDS[kind].columns
    cells = [column.example.replace("(exemple)", "à nous") for column in columns]
    cells = ["A" if cell == "Exemple" else cell for cell in cells]
    if kind == "attendance":
        from_sessions = {"Action": "Atelier couture à nous"}
        bring("sessions", from_sessions)

    sent = send(kind, as_csv([[str(column.label) for column in columns], cells]))

    assert told(sent) == []


def test_a_table_too_long_is_refused_and_leaves_nothing() -> None:
    rows = [HEADS, *([f"Action {n}", *LINE[1:]] for n in range(most_lines() + 1))]

    with pytest.raises(Invalid, match="trop de lignes"):
        send("sessions", as_csv(rows))

    assert db.session.query(PastImport).count() == db.session.query(PastLine).count() == 0


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (40 * 1024 * 1024))
    return out.getvalue()


def damaged() -> bytes:
    """An archive whose list is whole, and whose part no longer unpacks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>" * 50)
    data = bytearray(out.getvalue())
    start = data.index(b"xl/workbook.xml") + len("xl/workbook.xml")
    data[start : start + 8] = b"\xff" * 8
    return bytes(data)


def misplaced() -> bytes:
    """An archive whose parts are said to begin before it."""
    data = bytearray(as_xlsx([HEADS, LINE]))
    data[-6:-2] = b"\xff\x00\x00\x7f"
    return bytes(data)


def lying_bomb() -> bytes:
    """It says its part is small: its true size is not what is read of it."""
    data = bytearray(bomb())
    true, false = struct.pack("<L", 40 * 1024 * 1024), struct.pack("<L", 1000)
    return bytes(data.replace(true, false))


def entities() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n;;\n",
        b"%PDF-1.7 ...",
        b"\xff\xfeA\x00",
        b"\xd0\xcf\x11\xe0rest",
        b"PK\x03\x04broken",
        b"x" * (6 * 1024 * 1024 + 1),
        b'Action;Date\r\n"' + b"x" * 200_000,
        damaged(),
        misplaced(),
        bomb(),
        lying_bomb(),
        entities(),
    ],
    ids=[
        "empty", "blank", "pdf", "utf-16", "xls", "broken", "heavy", "endless", "damaged",
        "misplaced", "bomb", "lying", "entities",
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words_and_leaves_nothing(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        send("sessions", data)

    assert refused.value.field == "file"
    assert db.session.query(PastImport).count() == db.session.query(PastLine).count() == 0


def packed(*names: str, first: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
ODT = b"application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("bilan.pdf", b"%PDF-1.7\nAction;Date\n", "document PDF"),
        ("liste.csv", b"%PDF-1.7\nAction;Date\n", "document PDF"),
        ("liste.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "une image"),
        ("liste.png", b"\x89PNG\r\n\x1a\n", "une image"),
        ("liste.heic", HEIC, "une image"),
        ("liste.webp", b"RIFF\x24\x00\x00\x00WEBP", "une image"),
        ("avant.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "ancien Excel"),
        ("avant.xls", b"<html><table><tr><td>Action</td></tr></table>", "page web"),
        ("avant.ods", packed("content.xml", first=ODS), "classeur ODS"),
        ("avant.odt", packed("content.xml", first=ODT), "traitement de texte"),
        ("avant.docx", packed("word/document.xml"), "traitement de texte"),
        ("avant.xlsb", packed("xl/workbook.bin"), "XLSB"),
        ("avant.zip", packed("avant.csv"), "archive ZIP"),
        ("avant.xlsx", packed("avant.csv"), "archive ZIP"),
        ("avant.xlsx", b"Bonjour, voici la liste.\nMerci", "n’en est pas un"),
        ("avant.csv", "Action;Date".encode("utf-16"), "UTF-16"),
        ("avant.csv", b"\x01\x00\x02\x00", "ni du texte"),
    ],
)
def test_what_was_sent_is_named_with_how_to_send_a_table(name: str, data: bytes, what: str) -> None:
    with pytest.raises(Invalid) as refused:
        send("sessions", data, name=name)

    said = refused.value.message.replace("\u00a0", " ")
    assert f"Vous avez envoyé « {name} »." in said
    assert what in said
    assert "« Enregistrer sous », au format XLSX ou CSV" in said
    assert "Il manque" not in said
    assert db.session.query(PastImport).count() == 0


def test_a_table_is_read_whatever_its_name() -> None:
    data = as_csv([HEADS, LINE])

    assert states(send("sessions", data, name="avant.xlsx")) == {2: "good"}
    assert states(send("sessions", as_xlsx([HEADS, LINE]), name="avant.csv")) == {2: "good"}


def test_a_text_named_as_a_workbook_tells_the_columns_it_lacks_when_it_has_some() -> None:
    with pytest.raises(Invalid, match="Il manque"):
        send("sessions", as_csv([["Date"], ["12/03/2023"]]), name="avant.xlsx")


def test_faulty_lines_leave_as_a_table_to_mend_that_starts_no_formula(client: Visitor) -> None:
    make_quartier("Les Tilleuls")
    director = make_with_role(Role.DIRECTOR)
    evil = '=HYPERLINK("http://x")'
    sent = send("sessions", table("sessions", {}, {"Action": evil, "Durée": "?"}), director)

    answer = client.sign_in(director).get(f"/administration/reprise/{sent.id}/a-corriger.csv")

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == 2
    assert rows[0][-1] == "À corriger"
    assert rows[1][0] == f"'{evil}"
    assert "1h30" in rows[1][-1]
    again = send("sessions", answer.data)
    assert told(again)[0][2] == "?"
    mended = answer.text.replace(";?;", ";2;").encode()
    (line,) = understood(send("sessions", mended))
    assert line["Action"] == evil
    kept = queries.sent_file(sent.id)
    assert kept is not None
    assert kept.good == 1
