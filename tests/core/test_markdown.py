import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from app.core.markdown import excerpt, plain, render_markdown

ATTACKS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<p style='background:url(javascript:alert(1))' onclick=alert(1)>x</p>",
    "<form action=/x><input autofocus onfocus=alert(1)></form>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    '[x](https://a.fr "onmouseover=alert(1)")',
    '[x](https://a.fr/"onmouseover="alert(1))',
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    "![<script>alert(1)</script>](https://a.fr/x.png)",
    '![" onerror="alert(1)](https://a.fr/x.png)',
    "```<script>\nalert(1)\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "`<script>alert(1)</script>`",
    "# <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n| --- |\n| <img src=x onerror=alert(1)> |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!-- --><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "\x00<script>alert(1)</script>",
]

BARE = (
    "p", "br", "strong", "em", "ul", "li", "blockquote", "h2", "h3", "h4", "h5", "hr", "code",
    "pre", "table", "thead", "tbody", "tr", "td",
)  # fmt: skip
ALLOWED: dict[str, set[str]] = {
    **{tag: set() for tag in BARE},
    "a": {"href", "rel"},
    "ol": {"start"},
    "th": {"scope"},
}
SAFE = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


class Reader(HTMLParser):
    """Notes everything a browser would take for mark-up."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[tuple[str, object]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED or not {name for name, _ in attrs} <= ALLOWED[tag]:
            self.faults.append((tag, attrs))
        for name, value in attrs:
            if name == "href" and not SAFE.match(value or ""):
                self.faults.append((tag, attrs))

    def handle_comment(self, data: str) -> None:
        self.faults.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.faults.append(("decl", decl))


@pytest.mark.parametrize("attack", ATTACKS)
def test_script_in_every_shape_is_neutralised(attack: str) -> None:
    html = render_markdown(attack)

    assert Reader(html).faults == []


@given(
    st.lists(
        st.sampled_from(
            [
                *"<>\"'`[](){}!#*_&;:/|\\=-+\n\t ",
                "script",
                "javascript:",
                "a",
                "1",
                "onload",
                "https://",
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_no_mixture_of_marks_gets_out_of_the_allow_list(text: str) -> None:
    assert Reader(render_markdown(text)).faults == []


def test_a_long_hostile_text_is_rendered_all_the_same() -> None:
    for piece in ("[", "*a_ ", "> ", "![](", "`", "- ", "<", "|a"):
        assert isinstance(render_markdown(piece * 3000), Markup)


def test_a_text_that_begins_with_a_lower_heading_leaves_no_gap_in_the_page_s_outline() -> None:
    html = render_markdown("## Un\n\n#### Deux", 2)

    assert html == "<h2>Un</h2>\n<h3>Deux</h3>\n"


def test_headings_start_under_the_titles_of_the_page() -> None:
    html = render_markdown("# Un\n\n## Deux\n\n### Trois\n\n###### Six")

    assert html == "<h3>Un</h3>\n<h4>Deux</h4>\n<h5>Trois</h5>\n<h5>Six</h5>\n"


def test_ordinary_marks_are_rendered() -> None:
    html = render_markdown("**gras** et *italique*\nsuite\n\n- un\n- deux\n\n> cité\n\n---")

    assert "<strong>gras</strong> et <em>italique</em><br>\nsuite" in html
    assert "<li>un</li>" in html
    assert "<blockquote>" in html
    assert "<hr>" in html


def test_a_table_keeps_its_headers() -> None:
    html = render_markdown("| Jour | Lieu |\n| --- | --- |\n| lundi | salle 2 |")

    assert '<th scope="col">Jour</th>' in html
    assert "<td>salle 2</td>" in html


def test_a_link_says_that_we_do_not_vouch_for_it() -> None:
    html = render_markdown("[le site](https://exemple.fr/a?b=1&c=2)")

    assert 'href="https://exemple.fr/a?b=1&amp;c=2"' in html
    assert 'rel="nofollow noopener ugc"' in html


def test_a_picture_is_replaced_by_its_description() -> None:
    assert render_markdown("![la <cour>](https://a.fr/x.png)") == "<p>la &lt;cour&gt;</p>\n"


def test_raw_html_is_shown_as_it_was_typed() -> None:
    assert render_markdown("1 < 2 <b>gras</b>") == "<p>1 &lt; 2 &lt;b&gt;gras&lt;/b&gt;</p>\n"


def test_plain_text_has_words_without_marks() -> None:
    text = (
        "# Fête\n\n**Venez** [nombreux](https://a.fr) :\n\n1. goûter\n2. jeux\n   - dés\n\nÀ *17 h*"
    )

    assert plain(text) == "Fête\n\nVenez nombreux :\n\n1. goûter\n2. jeux\n  - dés\n\nÀ 17 h"


def test_plain_text_for_an_email_shows_the_addresses_a_link_hides() -> None:
    text = "[ici](https://a.fr) ou <https://b.fr> ou <c@d.fr>"

    assert plain(text, links=True) == "ici (https://a.fr) ou https://b.fr ou c@d.fr"


def test_plain_text_of_a_table_has_one_line_a_row() -> None:
    assert plain("| a | b |\n| - | - |\n| 1 | 2 |") == "a | b\n\n1 | 2"


def test_an_excerpt_stops_after_a_whole_word() -> None:
    text = "Une **cabane** à livres, dans le parc"

    assert excerpt(text, 100) == "Une cabane à livres, dans le parc"
    assert excerpt(text, 21) == "Une cabane à livres…"
    assert excerpt(text, 12) == "Une cabane…"


@given(st.text(), st.integers(1, 60))
def test_an_excerpt_never_exceeds_its_length(text: str, length: int) -> None:
    assert len(excerpt(text, length)) <= length
