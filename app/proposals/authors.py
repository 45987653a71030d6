"""What others read of whoever wrote."""

from typing import Any

from sqlalchemy import ColumnElement, case

from app.accounts.models import CHILDREN, Resident


def author_name(theme: ColumnElement[Any] | Any) -> ColumnElement[str]:
    """The name shown, by the theme of the comité where it was written, if any (a column).

    Among children nobody's family name gives so much as its initial. NULL where an outer join
    finds nobody.
    """
    return case((theme == CHILDREN, Resident.called), else_=Resident.display_name)


def name_among(resident: Resident, theme: str | None) -> str:
    """The same of one person at hand."""
    return resident.called if theme == CHILDREN else resident.display_name


def author_in(theme: str | None) -> Any:
    """The same for rows that all come from one comité, or from none."""
    return Resident.called if theme == CHILDREN else Resident.display_name
