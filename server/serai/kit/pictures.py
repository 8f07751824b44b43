"""Small pictures of big ones, of the first page of a PDF and of the first frame of a film.

Runs on files from strangers: use it through `kit.sandbox`.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# PyAV and pypdfium2 leave some of their types open.

from pathlib import Path
from typing import Any, cast

import av
import pypdfium2
from av.error import FFmpegError
from PIL import Image, ImageOps

LONGEST_SIDE = 480
"""Of a thumbnail, in pixels: a message's width on a phone, twice as fine."""
MOST_PIXELS = 60_000_000
"""Of a picture that is opened: beyond the cameras of phones; small files can claim far more."""
QUALITY = 78

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class NoPicture(Exception):
    """Nothing to be shown small: broken, locked, or too large to be opened."""


def of_image(source: Path, target: Path) -> tuple[int, int, bool]:
    """Width and height as shown, and whether it moves; writes the thumbnail. Raises NoPicture."""
    try:
        with Image.open(source) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NoPicture
            moves = bool(getattr(image, "is_animated", False))
            width, height = _shown(image)
            image.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
            _write(ImageOps.exif_transpose(image), target)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoPicture from error
    return width, height, moves


def of_pdf(source: Path, target: Path) -> None:
    """Writes a thumbnail of the first page. Raises NoPicture."""
    try:
        with pypdfium2.PdfDocument(source) as document:
            page = cast("Any", document)[0]
            longest = max(page.get_width(), page.get_height())
            bitmap = page.render(scale=LONGEST_SIDE / max(longest, 1))
            _write(bitmap.to_pil(), target)
    except (pypdfium2.PdfiumError, IndexError, ValueError, OSError) as error:
        raise NoPicture from error


def of_film(source: Path, target: Path) -> None:
    """Writes a thumbnail of the first frame. Raises NoPicture."""
    try:
        with av.open(str(source)) as film:
            frame = next(film.decode(video=0))
            _write(frame.to_image(), target)
    except (FFmpegError, IndexError, StopIteration, ValueError, OSError) as error:
        raise NoPicture from error


TURNED = frozenset({5, 6, 7, 8})
"""Orientations that swap width and height. Source: EXIF 2.3, tag 0x0112."""


def _shown(image: Image.Image) -> tuple[int, int]:
    turned = image.getexif().get(0x0112) in TURNED
    return (image.height, image.width) if turned else (image.width, image.height)


def _write(image: Image.Image, target: Path) -> None:
    """As WebP, with what is transparent, without what the camera wrote beside the picture."""
    small = image.convert("RGBA" if "A" in image.getbands() or image.mode == "P" else "RGB")
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    small.save(target, "WEBP", quality=QUALITY)
