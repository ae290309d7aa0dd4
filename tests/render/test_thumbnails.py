"""Portraits: square, small, upright, and without what a camera wrote into them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from sphinx_rapporteur.render.thumbnails import make_thumbnail, thumbnail_name, thumbnail_names

RED, BLUE, GREEN = (220, 20, 20), (20, 20, 220), (20, 160, 20)


def picture(file: Path, size: tuple[int, int], *, orientation: int = 1, suffix: str = "JPEG") -> Path:
    """Draw a picture whose upper half is red and whose lower half is blue."""
    drawn = Image.new("RGB", size, RED)
    drawn.paste(BLUE, (0, size[1] // 2, size[0], size[1]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Secret camera"
    drawn.save(file, suffix, exif=exif)
    return file


def colour(file: Path, x: float, y: float) -> str:
    with Image.open(file) as shown:
        pixel = shown.convert("RGB").getpixel((int(x * shown.width), int(y * shown.height)))
    assert isinstance(pixel, tuple)
    return "red" if pixel[0] > pixel[2] else "blue"


@pytest.mark.parametrize("size", [(400, 600), (600, 400), (200, 200)])
def test_a_portrait_is_a_square_of_the_wanted_size(tmp_path: Path, size: tuple[int, int]) -> None:
    file = picture(tmp_path / "face.jpg", size)
    for side in (56, 112, 168):
        name = make_thumbnail(file, side, tmp_path / "out")
        assert name
        with Image.open(tmp_path / "out" / name) as shown:
            assert (shown.size, shown.format) == ((side, side), "WEBP")
            assert not shown.getexif()
        assert b"Secret camera" not in (tmp_path / "out" / name).read_bytes()


def test_of_a_tall_picture_the_upper_part_is_kept(tmp_path: Path) -> None:
    name = make_thumbnail(picture(tmp_path / "tall.jpg", (300, 900)), 56, tmp_path)
    assert name
    # A fifth of 600 pixels is cut away above: pixels 120 to 420 of 900 are left, all in the upper half.
    assert colour(tmp_path / name, 0.5, 0.9) == "red"


def test_a_picture_is_turned_as_the_camera_says(tmp_path: Path) -> None:
    upside_down = picture(tmp_path / "turned.jpg", (100, 100), orientation=3)
    name = make_thumbnail(upside_down, 56, tmp_path)
    assert name
    assert [colour(tmp_path / name, 0.5, y) for y in (0.1, 0.9)] == ["blue", "red"]


def test_a_small_picture_is_not_blown_up(tmp_path: Path) -> None:
    name = make_thumbnail(picture(tmp_path / "small.png", (40, 30), suffix="PNG"), 56, tmp_path)
    assert name
    with Image.open(tmp_path / name) as shown:
        assert shown.size == (30, 30)


def test_a_see_through_picture_stays_so(tmp_path: Path) -> None:
    Image.new("RGBA", (80, 80), (*GREEN, 0)).save(tmp_path / "clear.png")
    name = make_thumbnail(tmp_path / "clear.png", 56, tmp_path)
    assert name
    with Image.open(tmp_path / name) as shown:
        assert shown.getchannel("A").getextrema() == (0, 0)


def test_what_cannot_be_read_is_no_portrait(tmp_path: Path) -> None:
    for number, data in enumerate((b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff broken", b"GIF89a")):
        file = tmp_path / f"{number}.png"
        file.write_bytes(data)
        assert make_thumbnail(file, 56, tmp_path / "out") is None
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


def test_the_name_changes_with_the_picture(tmp_path: Path) -> None:
    file = picture(tmp_path / "face.jpg", (80, 80))
    before = thumbnail_names(file)
    assert len(before) == 3
    assert thumbnail_name(file, 56) in before
    picture(file, (90, 90))
    assert not before & thumbnail_names(file)
    file.unlink()
    assert thumbnail_names(file) == set()
