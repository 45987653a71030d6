"""What people write, made safe to show: a small Markdown, and nothing else."""

import re
from collections.abc import Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h2", "h3", "h4", "h5", "hr",
    "code", "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto"}
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+\Z", re.IGNORECASE)
_LIST_MARK = re.compile(r"^ *(?:-|\d+\.) ", re.MULTILINE)

_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    # Without the empty "*", nh3 lets `title` and `lang` through.
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    set_tag_attribute_values={"th": {"scope": "col"}},
    url_schemes=_SCHEMES,
    link_rel="nofollow noopener ugc",
)


def _image_as_its_description(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    # A picture from elsewhere would tell that site who reads the page.
    return str(nh3.clean_text(_inline(tokens[index].children or [], links=False)))


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        # An address without its scheme would become a broken link of our own site.
        return bool(_ADDRESS.match(url))


def _parser() -> MarkdownIt:
    # People press Enter to change line, so a single line break is kept.
    md = _Parser("commonmark", {"html": False, "linkify": False, "breaks": True})
    md.enable("table")
    md.add_render_rule("image", _image_as_its_description)
    return md


_MD = _parser()


def parse_markdown(text: str) -> list[Token]:
    """The tokens of a text, as the pages show it."""
    return _MD.parse(text)


def render_markdown(text: str, top: int = 3) -> Markup:
    """Safe HTML for a text in Markdown.

    The highest heading used becomes h`top`, and the others follow without a gap, so that a text
    keeps its place in the page's own outline; none goes below h5. Raw HTML is shown as text,
    pictures as their description; links accept http, https and mailto only.
    """
    tokens = _MD.parse(text)
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    used = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(top + used.index(token.tag), 5)}"
    html = _MD.renderer.render(tokens, _MD.options, {})
    return Markup(_CLEANER.clean(html))


def plain(text: str, *, links: bool = False) -> str:
    """The words of a Markdown text without its marks, a blank line between blocks.

    With `links`, an address that the reader could no longer see follows its words, as e-mails
    in plain text need.
    """
    blocks: list[str] = []
    items: list[str] = []
    counters: list[int | None] = []
    cells: list[str] | None = None
    for token in _MD.parse(text):
        if token.type == "bullet_list_open":
            counters.append(None)
        elif token.type == "ordered_list_open":
            counters.append(int(token.attrGet("start") or 1) - 1)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            counters.pop()
            if not counters:
                blocks.append("\n".join(items))
                items = []
        elif token.type == "list_item_open":
            counters[-1], mark = _next_mark(counters[-1])
            items.append("  " * (len(counters) - 1) + mark)
        elif token.type == "tr_open":
            cells = []
        elif cells is not None and token.type == "inline":
            cells.append(_inline(token.children or [], links))
        elif token.type in ("inline", "fence", "code_block", "tr_close"):
            if token.type == "tr_close":
                words, cells = " | ".join(cells or []), None
            elif token.type == "inline":
                words = _inline(token.children or [], links)
            else:
                words = token.content.strip("\n")
            if counters:
                _add_to_item(items, words)
            else:
                blocks.append(words)
    return "\n\n".join(block for block in blocks if block.strip())


def excerpt(text: str, length: int) -> str:
    """The first words of a Markdown text, its list marks left out, on one line.

    At most `length` characters, with the « … ».

    Raises:
        ValueError: `length` is not positive.
    """
    if length < 1:
        raise ValueError("length must be positive")
    words = " ".join(_LIST_MARK.sub("", plain(text)).split())
    if len(words) <= length:
        return words
    cut = words[: length - 1]
    # A word longer than the whole excerpt can only be cut where it stands.
    if not words[length - 1].isspace() and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:.!?-–—«(") + "…"


def _next_mark(counter: int | None) -> tuple[int | None, str]:
    return (None, "- ") if counter is None else (counter + 1, f"{counter + 1}. ")


def _add_to_item(items: list[str], words: str) -> None:
    # Only the first words of an item stand on the line of its mark.
    if items and items[-1].endswith(("- ", ". ")):
        items[-1] += words
    else:
        items.append(words)


def _inline(tokens: Sequence[Token], links: bool) -> str:
    words = ""
    starts: list[tuple[int, str]] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            words += "\n"
        elif token.type == "image":
            words += _inline(token.children or [], links=False)
        elif token.type == "link_open":
            starts.append((len(words), str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            start, address = starts.pop()
            shown = address.removeprefix("mailto:")
            if links and words[start:] not in (address, shown):
                words += f" ({shown})"
        else:
            words += token.content
    return words
