"""A counted thing is read with its number written as people read it."""

import pytest
from flask import Flask, render_template_string

from app.core.hours import Hours
from app.core.i18n import _n
from app.core.typography import NBSP, THIN


@pytest.mark.parametrize("sign", ["s", "d"])
def test_thousands_have_their_space_wherever_a_thing_is_counted(app: Flask, sign: str) -> None:
    words = f"%(num){sign} ligne", f"%(num){sign} lignes"

    said = render_template_string("{{ ngettext(one, many, 2100) }}", one=words[0], many=words[1])

    assert said == _n(*words, 2100) == f"2{THIN}100 lignes"
    assert _n(*words, 1) == "1 ligne"
    assert _n(*words, 0) == "0 ligne"
    assert _n("%(num)s", "%(num)s", Hours(2.5)) == f"2{NBSP}h{NBSP}30"


def test_what_is_counted_is_still_escaped_on_a_page(app: Flask) -> None:
    said = render_template_string(
        "{{ ngettext('%(num)s de %(who)s', '%(num)s de %(who)s', 2, who=who) }}", who="<b>"
    )

    assert said == "2 de &lt;b&gt;"
