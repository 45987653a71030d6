"""At set-up: the Latin part of Atkinson Hyperlegible, from its package, as woff2."""

from importlib.resources import as_file, files
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font

UNICODES = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x2BC, *range(0x2010, 0x2027), 0x202F]
UNICODES += [0x2030, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212]
FACES = {
    "atkinson-regular": "AtkinsonHyperlegible-Regular",
    "atkinson-bold": "AtkinsonHyperlegible-Bold",
}


def build_fonts(folder: Path) -> None:
    """Write the two faces into `folder`, unless they are there."""
    folder.mkdir(parents=True, exist_ok=True)
    options = Options(flavor="woff2", layout_features=["kern", "liga", "mark", "tnum"])
    for name, source in FACES.items():
        target = folder / f"{name}.woff2"
        if target.exists():
            continue
        with as_file(files("fontpkg_atkinson_hyperlegible") / "files" / f"{source}.ttf") as path:
            font = load_font(str(path), options)
            for table in font["cmap"].tables:
                # The face has no narrow no-break space, which French wants before ; ! ?
                table.cmap.setdefault(0x202F, table.cmap.get(0x2009, table.cmap[0x20]))
            subsetter = Subsetter(options)
            subsetter.populate(unicodes=UNICODES)
            subsetter.subset(font)
            save_font(font, str(target), options)


if __name__ == "__main__":
    build_fonts(Path(__file__).parents[2] / "build" / "fonts")
