"""Files made on the spot, as phones, browsers and offices make them."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

import io
import math
import zipfile
from array import array
from fractions import Fraction
from typing import Any

import av
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from PIL import Image

RATE = 48_000


def picture(width: int = 64, height: int = 48, format_: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), (200, 80, 20)).save(file, format_, **options)
    return file.getvalue()


def sticker(*, moves: bool = False) -> bytes:
    frames = [
        Image.new("RGBA", (512, 512), (255, n * 40, 0, 128)) for n in range(3 if moves else 1)
    ]
    file = io.BytesIO()
    frames[0].save(file, "WEBP", save_all=moves, append_images=frames[1:], duration=80)
    return file.getvalue()


def pdf(pages: int = 1) -> bytes:
    file = io.BytesIO()
    sheets = [Image.new("RGB", (300, 400), (255, 255, 255)) for _ in range(pages)]
    sheets[0].save(file, "PDF", save_all=True, append_images=sheets[1:])
    return file.getvalue()


def docx() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return file.getvalue()


def recording(
    format_: str = "webm", codec: str = "libopus", *, seconds: float = 1.0, layout: str = "mono"
) -> bytes:
    """A tone, as a browser's recorder (webm) or a phone (ogg) would write it."""
    file = io.BytesIO()
    with av.open(file, "w", format=format_) as container:
        stream: Any = container.add_stream(codec, rate=RATE, layout=layout)
        for number in range(int(seconds * 50)):
            container.mux(stream.encode(_tone(number * 960, layout)))
        container.mux(stream.encode(None))
    return file.getvalue()


def film(width: int = 64, height: int = 48, frames: int = 10) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream: Any = container.add_stream("mpeg4", rate=Fraction(10))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(frames):
            frame = VideoFrame.from_image(Image.new("RGB", (width, height), (number * 20, 0, 90)))
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def _tone(start: int, layout: str) -> AudioFrame:
    channels = 2 if layout == "stereo" else 1
    wave = (int(8000 * math.sin((start + n) / 20)) for n in range(960))
    samples = array("h", [value for value in wave for _ in range(channels)])
    frame = AudioFrame(format="s16", layout=layout, samples=960)
    frame.planes[0].update(samples.tobytes())
    frame.sample_rate, frame.pts = RATE, start
    return frame
