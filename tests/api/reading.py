"""Reading all there is to read."""

from collections.abc import Iterator

from flask.testing import FlaskClient

FEEDS = ("propositions", "decisions", "comptes-rendus", "programme")
KEYS = {
    "/api/v1/propositions/{proposal_id}": ("/api/v1/propositions", "id"),
    "/api/v1/scrutins/{poll_id}": ("/api/v1/scrutins", "id"),
    "/api/v1/decisions/{year}-{rank}": ("/api/v1/decisions", "numero"),
    "/api/v1/comptes-rendus/{meeting_id}": ("/api/v1/comptes-rendus", "reunion"),
    "/api/v1/seances/{session_id}": ("/api/v1/seances", "id"),
    "/api/v1/associations/{slug}": ("/api/v1/associations", "nom_court"),
}
"""Each detail: the list that leads to it, and by what."""


def every_answer(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """(address, answer) of every list, detail, feed and document, none of them forgotten."""
    described = client.get("/api/v1/openapi.json")
    yield "/api/v1/openapi.json", described.text
    rows: dict[str, list[dict[str, object]]] = {}
    for path in described.get_json()["paths"]:
        if "{" not in path:
            answer = client.get(f"{path}?taille=100" if path[8:] != "indicateurs" else path)
            assert answer.status_code == 200, path
            yield path, answer.text
            rows[path] = answer.get_json().get("donnees", [])
            rows.setdefault("codes", []).extend(answer.get_json().get("indicateurs", []))
    for path in described.get_json()["paths"]:
        if "{" in path:
            list_path, key = KEYS.get(path, ("codes", "code"))
            for row in rows[list_path]:
                address = f"{path.partition('{')[0]}{row[key]}"
                answer = client.get(address)
                assert answer.status_code == 200, address
                yield address, answer.text
    for name in FEEDS:
        answer = client.get(f"/flux/{name}.atom")
        assert answer.status_code == 200, name
        yield name, answer.text
