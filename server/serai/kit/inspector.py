"""The process that opens files from strangers, so that a file made to harm harms nothing else.

`python -m serai.kit.inspector look|voice SOURCE MEDIA_TYPE TARGET`; started by `kit.sandbox`, which
limits its memory and time. Prints what it found as JSON; exits with 1 if the file cannot be read.
"""

import resource
import sys
from pathlib import Path

import msgspec
from msgspec.structs import replace

from serai.kit import pictures, sound
from serai.kit.pictures import NoPicture
from serai.kit.sandbox import CPU_SECONDS, MEMORY_BYTES, Seen
from serai.kit.sound import NoSound

UNREADABLE = 1


def look(source: Path, media_type: str, target: Path) -> Seen:
    """What is in the file; a thumbnail in `target` if it has a picture."""
    seen = Seen(media_type=media_type)
    if media_type.startswith(("audio/", "video/")):
        seen = _recording(source, seen)
    try:
        return _pictured(source, seen, target)
    except NoPicture:
        return seen


def _recording(source: Path, seen: Seen) -> Seen:
    try:
        found = sound.listen(source)
    except NoSound:
        return seen
    kind, _, container = seen.media_type.partition("/")
    if kind == "video" and found.width is None:
        kind = "audio"
    return replace(
        seen,
        media_type=f"{kind}/{container}",
        width=found.width,
        height=found.height,
        duration_seconds=found.duration_seconds,
        audio_codec=found.audio_codec,
        channel_count=found.channel_count,
    )


def _pictured(source: Path, seen: Seen, target: Path) -> Seen:
    if seen.media_type.startswith("image/"):
        width, height, moves = pictures.of_image(source, target)
        seen = replace(seen, width=width, height=height, is_animated=moves)
    elif seen.media_type.startswith("video/"):
        pictures.of_film(source, target)
    elif seen.media_type == "application/pdf":
        pictures.of_pdf(source, target)
    else:
        raise NoPicture
    return replace(seen, has_thumbnail=True)


def main(task: str, source: Path, media_type: str, target: Path) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    if task == "voice":
        try:
            sound.to_voice(source, target)
        except NoSound:
            return UNREADABLE
        source, media_type = target, "audio/ogg"
    seen = look(source, media_type, target.with_suffix(".thumbnail") if task == "voice" else target)
    sys.stdout.buffer.write(msgspec.json.encode(seen))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])))
