"""Pictures that show what a page is about where somebody shares a link to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
"""What the services that show such pictures ask for, in pixels."""
_MARGIN = 72
_LEVELS = 16
"""Shades between ground and letters: enough for smooth edges, and four bits for each pixel."""
_PAPER, _INK = (255, 255, 255), (23, 37, 64)
_BAR = 16
_TITLE_SIZES = (76, 64, 54, 46)
"""The largest that lets a title fit; the smallest cuts it."""
_TITLE_LINES, _LINES = 4, 2
"""The most lines of a title, and of what stands below it."""
_SMALL, _MIDDLE = 30, 38
_DIGITS = 12
_VERSION = 1
"""Of how they are drawn: another makes all anew."""
_NOWHERE = "\uffff"
"""A character that no font has."""


@dataclass(frozen=True, slots=True)
class Share:
    """What a picture says."""

    above: str
    title: str
    lines: tuple[str, ...]
    below: str

    @property
    def text(self) -> str:
        """Return all of it, for those who do not see the picture."""
        return ". ".join(one for one in (self.above, self.title, *self.lines, self.below) if one)


@dataclass(frozen=True)
class Fonts:
    """The fonts that pictures are written with; raises ``OSError`` if one is none."""

    files: tuple[Path, ...]

    def __post_init__(self) -> None:
        for file in self.files:
            _font(file, _SMALL)

    @cached_property
    def _digest(self) -> str:
        return sha256(b"".join(sha256(file.read_bytes()).digest() for file in self.files)).hexdigest()

    def name_of(self, share: Share) -> str:
        """Return the name of the file of a picture, which changes with all that it shows."""
        said = repr((_VERSION, self._digest, share.above, share.title, share.lines, share.below))
        return f"share-{sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:_DIGITS]}.png"

    def font_for(self, text: str) -> Path | None:
        """Return the first font that has all characters of a text, if there is one."""
        letters = set(text) - {" "}
        return next((file for file in self.files if all(_has(file, letter) for letter in letters)), None)


@lru_cache(maxsize=32)
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size)


@lru_cache(maxsize=65_536)
def _has(file: Path, letter: str) -> bool:
    """Whether a font has a character, and not only the box that stands for those that it has not."""
    return _drawn(file, letter) != _drawn(file, _NOWHERE)


@lru_cache(maxsize=65_536)
def _drawn(file: Path, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = _font(file, _SMALL).getmask(letter)
    return mask.size, bytes(mask)


def draw(share: Share, fonts: Fonts, target: Path) -> bool:
    """Write a picture, unless it is there already; return whether a font has all of its characters."""
    file = fonts.font_for(share.text)
    if file is None:
        return False
    if target.exists():
        return True
    picture = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, _BAR, HEIGHT), fill=255)
    width = WIDTH - 2 * _MARGIN
    small, middle = _font(file, _SMALL), _font(file, _MIDDLE)
    pen.text((_MARGIN, _MARGIN), _cut(share.above, small, width), font=small, fill=200)
    top = _MARGIN + 2 * _SMALL
    title, lines = _fitting(share.title, file, width)
    for line in lines:
        pen.text((_MARGIN, top), line, font=title, fill=255)
        top += int(title.size * 1.2)
    top += _SMALL // 2
    for line in (line for text in share.lines for line in _lines(text, middle, width, _LINES)):
        if top + _MIDDLE > HEIGHT - _MARGIN - _SMALL:
            break
        pen.text((_MARGIN, top), line, font=middle, fill=220)
        top += int(_MIDDLE * 1.35)
    below = (_MARGIN, HEIGHT - _MARGIN)
    pen.text(below, _cut(share.below, small, width), font=small, fill=200, anchor="ls")
    target.parent.mkdir(parents=True, exist_ok=True)
    _in_shades(picture).save(target, "PNG", bits=4)
    return True


def _in_shades(picture: Image.Image) -> Image.Image:
    """Return a picture of few colours from one that says how much ink there is."""
    last = _LEVELS - 1
    shades = picture.point([value * last // 255 for value in range(256)]).convert("P")
    ramp = ((_PAPER[i] * (last - n) + _INK[i] * n) // last for n in range(_LEVELS) for i in range(3))
    shades.putpalette(list(ramp))
    return shades


def _fitting(text: str, file: Path, width: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return a text in lines with the font in which it fits."""
    for size in _TITLE_SIZES:
        font = _font(file, size)
        lines = _wrapped(text, font, width)
        if len(lines) <= _TITLE_LINES and all(font.getlength(line) <= width for line in lines):
            return font, lines
    return font, _lines(text, font, width, _TITLE_LINES)


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """Return a text in lines, and as much of it as they have room for."""
    lines = _wrapped(text, font, width)
    rest = " ".join(lines[most - 1 :])
    return [_cut(line, font, width) for line in (*lines[: most - 1], rest) if line]


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _cut(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """Return as much of a text as there is room for."""
    if font.getlength(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if font.getlength(text[:middle] + "…") <= width else (low, middle - 1)
    return text[:low].rstrip() + "…"
