"""What is in a recording or a film, and how to make a voice note of it.

Runs on files from strangers: use it through `kit.sandbox`.
"""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
# PyAV leaves some of its types open.

from pathlib import Path

import av
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from msgspec import Struct

VOICE_RATE_HZ = 48_000
VOICE_BITS_PER_SECOND = 32_000
"""Speech by Opus is clear at this rate; a minute has about 240 KB."""


class NoSound(Exception):
    """It cannot be read as a recording."""


class Recording(Struct, frozen=True):
    """What a container holds."""

    duration_seconds: float | None
    """None for recordings that do not say and could not be counted."""
    audio_codec: str | None
    channel_count: int | None
    width: int | None
    height: int | None
    """Of the film's pictures; None for sound alone."""


def listen(source: Path) -> Recording:
    """What is in it. Raises NoSound."""
    try:
        with av.open(str(source)) as container:
            audio = next(iter(container.streams.audio), None)
            video = next(iter(container.streams.video), None)
            return Recording(
                duration_seconds=_duration(container, audio),
                audio_codec=audio.codec_context.name if audio else None,
                channel_count=audio.codec_context.channels if audio else None,
                width=video.codec_context.width if video else None,
                height=video.codec_context.height if video else None,
            )
    except (FFmpegError, ValueError, OSError) as error:
        raise NoSound from error


def to_voice(source: Path, target: Path) -> None:
    """Write a voice note as WhatsApp plays it: Opus, one channel, in Ogg. Raises NoSound.

    Source: WhatsApp Cloud API, audio messages, voice.
    """
    try:
        with av.open(str(source)) as reader, av.open(str(target), "w", format="ogg") as writer:
            voice = writer.add_stream("libopus", rate=VOICE_RATE_HZ, layout="mono")
            voice.bit_rate = VOICE_BITS_PER_SECOND
            resampler = AudioResampler(format="s16", layout="mono", rate=VOICE_RATE_HZ)
            for frame in reader.decode(audio=0):
                for even in resampler.resample(frame):
                    writer.mux(voice.encode(even))
            for even in resampler.resample(None):
                writer.mux(voice.encode(even))
            writer.mux(voice.encode(None))
    except (FFmpegError, IndexError, ValueError, OSError) as error:
        raise NoSound from error


def _duration(container: InputContainer, audio: AudioStream | None) -> float | None:
    """In seconds. A browser's recording says nothing of its length: then by its last packet."""
    if container.duration is not None:
        return container.duration / av.time_base
    if audio is None:
        return None
    ends = [
        float((packet.pts + (packet.duration or 0)) * packet.time_base)
        for packet in container.demux(audio)
        if packet.pts is not None
    ]
    return max(ends, default=None)
