"""What the content policy forbids is in no template, and no link leads nowhere."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
FORBIDDEN = re.compile(r'<script>|<style|\sstyle="|\son\w+="|href="#"|\|safe\b')
OUR_OWN_DRAWINGS = "components/icons.html"
"""Constant SVG written there, the one place that says it is safe."""

PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if not path.match(OUR_OWN_DRAWINGS))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_keeps_to_the_content_policy(path: Path) -> None:
    assert FORBIDDEN.findall(path.read_text("utf-8")) == []


SENTENCES = re.compile(r'\b(?:_|_l|_n|ngettext)\(\s*"((?:[^"\\]|\\.)*)"')
BREAKABLE = re.compile(r"\S [?!;:»]|« \S")
OURS = [
    *TEMPLATES.rglob("*.html"),
    *TEMPLATES.rglob("*.txt"),
    *(TEMPLATES.parent / "app").rglob("*.py"),
]


HARD_OF = re.compile(r"\b[Dd]e %\((?:name|child|who|person|guardian|resident|one|other)\)s")
"""« de Amina »: the filter `of` says « d’Amina »."""


def test_no_sentence_says_de_before_a_name_that_may_begin_with_a_vowel() -> None:
    hard = [
        f"{path.relative_to(TEMPLATES.parent)} : {sentence}"
        for path in OURS
        for sentence in SENTENCES.findall(path.read_text("utf-8"))
        if HARD_OF.search(sentence)
    ]

    assert hard == []


def test_no_line_of_ours_begins_with_a_question_mark() -> None:
    breakable = [
        f"{path.relative_to(TEMPLATES.parent)} : {sentence}"
        for path in OURS
        for sentence in SENTENCES.findall(path.read_text("utf-8"))
        if BREAKABLE.search(sentence)
    ]

    assert breakable == []


@pytest.mark.parametrize(
    "text", ['<p style="x">', '<a href="#">', '<a onclick="x">', "{{ x|safe }}"]
)
def test_a_breach_is_seen(text: str) -> None:
    assert FORBIDDEN.search(text)
