"""The ballot paper: what its form sends, read as the counting methods expect it."""

import json
from collections.abc import Mapping
from typing import Any

GRADE = "mention-"


def read(method: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """What someone answered; the counting method says whether it is a ballot."""
    if fields.get("blank"):
        return {"blank": True}
    if method == "yesno":
        return {"choice": fields.get("choice", "")}
    given = {
        name.removeprefix(GRADE): value for name, value in fields.items() if name.startswith(GRADE)
    }
    return {"grades": given}


def write(choice: str | None) -> dict[str, str]:
    """The fields that give this ballot back, to fill the form again."""
    given: dict[str, Any] = json.loads(choice) if choice else {}
    if given.get("blank"):
        return {"blank": "1"}
    if "choice" in given:
        return {"choice": given["choice"]}
    return {f"{GRADE}{option}": str(grade) for option, grade in given.get("grades", {}).items()}
