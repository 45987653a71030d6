"""A text in Markdown becomes what a printed document lays out."""

from app.core.markdown_blocks import Block, blocks_of


def words(text: str) -> list[tuple[str, str]]:
    """The kind of each block that holds words, and its words."""
    found = []

    def walk(blocks: list[Block], inside: str) -> None:
        for block in blocks:
            if "runs" in block:
                said = "".join(run["text"] for run in block["runs"])
                found.append((inside or str(block["kind"]), said))
            else:
                walk(block["blocks"], f"{inside}/{block['kind']}".strip("/"))

    walk(blocks_of(text), "")
    return found


def test_each_kind_of_block_keeps_its_words_and_its_place() -> None:
    text = "## Titre\n\nUn **mot** et\nun _autre_.\n\n- a\n- b\n  1. c\n\n> dit\n\n```\ncode\n```"

    assert words(text) == [
        ("heading", "Titre"),
        ("paragraph", "Un mot et\nun autre."),
        ("bullets/item", "a"),
        ("bullets/item", "b"),
        ("bullets/item/numbers/item", "c"),
        ("quote", "dit"),
        ("paragraph", "code"),
    ]


def test_runs_say_what_is_strong_stressed_or_a_link() -> None:
    (block,) = blocks_of("**fort _et_** [ici](https://exemple.fr) [là](javascript:x)")

    assert [(run["text"], run["strong"], run["em"], run["link"]) for run in block["runs"]] == [
        ("fort ", True, False, ""),
        ("et", True, True, ""),
        (" ", False, False, ""),
        ("ici", False, False, "https://exemple.fr"),
        (" [là](javascript:x)", False, False, ""),
    ]


def test_a_picture_is_its_description_and_html_is_text() -> None:
    said = words("![Un banc](https://exemple.fr/b.png) <script>alert(1)</script>")

    assert said == [("paragraph", "Un banc <script>alert(1)</script>")]
