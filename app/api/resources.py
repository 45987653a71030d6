"""What the resources share: a list by pages, one of its rows, and how both are described."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, cast

from apiflask import Schema
from apiflask.fields import Field, List, Nested
from flask import abort

from app.api.answering import REFUSED, UNKNOWN, Listed, Source, listed, source
from app.api.asking import Asked, Listing, Rows
from app.api.blueprint import bp, limit
from app.core.db import db
from app.core.pagination import paginate

P = ParamSpec("P")
Answer = dict[str, Any]


@dataclass(frozen=True)
class Resource:
    """One kind of thing given out: its chapter, one of it as described, and rows as sent."""

    tag: str
    row: type[Schema]
    written: Callable[[Sequence[Any]], list[Answer]]

    def many(
        self, path: str, filters: type[Listing], summary: str
    ) -> Callable[[Callable[[Asked], Rows]], Callable[[Asked], Answer]]:
        """Answer the rows that the view chooses, by pages; 404 past the last.

        Two statements, and those that writing the rows takes.
        """

        def wrap(view: Callable[[Asked], Rows]) -> Callable[[Asked], Answer]:
            rows = List(Nested(self.row), required=True)

            @bp.get(path)
            @bp.input(filters, location="query", arg_name="asked")
            @bp.output(_holding(Listed, _name(view), donnees=rows))
            @bp.doc(summary=summary, tags=[self.tag], responses=REFUSED)
            @limit
            @wraps(view)
            def page_of(asked: Asked) -> Answer:
                page = paginate(view(asked), asked["page"], asked["taille"])
                return listed(page, self.written(page.items))

            return page_of

        return wrap

    def one(self, path: str, summary: str) -> Callable[[Callable[P, Rows]], Callable[P, Answer]]:
        """Answer the one row that the view chooses, under the view's name; 404 for none.

        One statement, and those that writing the row takes.
        """

        def wrap(view: Callable[P, Rows]) -> Callable[P, Answer]:
            row = Nested(self.row, required=True)

            @bp.get(path)
            @bp.output(_holding(Source, f"One{_name(view)}", **{view.__name__: row}))
            @bp.doc(summary=summary, tags=[self.tag], responses=UNKNOWN)
            @limit
            @wraps(view)
            def only(*args: P.args, **kwargs: P.kwargs) -> Answer:
                found = self.first(view(*args, **kwargs), 1)
                return {**source(), view.__name__: found[0]} if found else abort(404)

            return only

        return wrap

    def first(self, rows: Rows, wanted: int) -> list[Answer]:
        """The first of the rows as they are sent: a statement, and those that writing takes."""
        return self.written(db.session.execute(rows.limit(wanted)).all())


def _holding(base: type[Schema], name: str, **content: Field[Any]) -> type[Schema]:
    """A schema of this name: the base's fields, and the content."""
    # The library says it gives any schema, and gives one of the base.
    return cast(type[Schema], base.from_dict(content, name=name))


def _name(view: Callable[..., Any]) -> str:
    """As the document names it: ComptesRendusSchema for comptes_rendus."""
    return view.__name__.title().replace("_", "") + "Schema"
