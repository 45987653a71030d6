"""What people write in Markdown, as data that a printed document lays out."""

from collections.abc import Sequence
from typing import Any

from markdown_it.token import Token

from app.core.markdown import parse_markdown

Block = dict[str, Any]
CONTAINERS = {
    "bullet_list_open": "bullets",
    "ordered_list_open": "numbers",
    "list_item_open": "item",
    "blockquote_open": "quote",
}


def blocks_of(text: str) -> list[Block]:
    """Paragraphs, headings, lists and quotes, in order; what else there is becomes paragraphs.

    A paragraph or a heading is {"kind", "runs"}, a heading with its "level" from 1; a run is
    {"text", "strong", "em", "link"}, a line break the text "\\n". What holds others is
    {"kind": "bullets" | "numbers" | "item" | "quote", "blocks"}.
    """
    root: Block = {"kind": "root", "blocks": []}
    open_blocks = [root]
    level = 0
    for token in parse_markdown(text):
        here = open_blocks[-1]["blocks"]
        if token.type in CONTAINERS:
            inner: Block = {"kind": CONTAINERS[token.type], "blocks": []}
            here.append(inner)
            open_blocks.append(inner)
        elif token.type.removesuffix("_close") + "_open" in CONTAINERS:
            open_blocks.pop()
        elif token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline":
            runs = _runs(token.children or [])
            here.append(
                {"kind": "heading", "level": level, "runs": runs}
                if level
                else {"kind": "paragraph", "runs": runs}
            )
        elif token.type in ("fence", "code_block"):
            here.append({"kind": "paragraph", "runs": [_run(token.content.strip("\n"))]})
    blocks: list[Block] = root["blocks"]
    return blocks


def _runs(tokens: Sequence[Token]) -> list[Block]:
    runs: list[Block] = []
    strong = em = 0
    link = ""
    for token in tokens:
        if token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type in ("em_open", "em_close"):
            em += token.nesting
        elif token.type == "link_open":
            link = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            link = ""
        elif token.type in ("softbreak", "hardbreak"):
            runs.append(_run("\n"))
        elif words := token.content:
            runs.append(_run(words, strong=strong > 0, em=em > 0, link=link))
    return runs


def _run(text: str, *, strong: bool = False, em: bool = False, link: str = "") -> Block:
    return {"text": text, "strong": strong, "em": em, "link": link}
