"""Asks a program of the installation whether a file carries a virus.

The program is started with the path of the file behind its own arguments. It ends with 0 for a
clean file and with 1 for an infected one, as `clamdscan` does; anything else means that it could
not look, and the file is looked at again later.
"""

import asyncio
import shlex
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from serai.kit.sandbox import without_secrets

CLEAN, INFECTED = 0, 1


class ScannerAway(Exception):
    """The scanner could not look; the file is neither clean nor infected."""


@dataclass(frozen=True)
class Scanner:
    command: str
    """As in a shell, without its features: clamdscan --fdpass --no-summary."""
    patience_seconds: float = 60.0

    async def is_infected(self, path: Path) -> bool:
        """Raises ScannerAway."""
        try:
            process = await asyncio.create_subprocess_exec(
                *shlex.split(self.command), str(path),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                env=without_secrets(),
            )  # fmt: skip
        except (OSError, ValueError) as error:
            raise ScannerAway("The scanner cannot be started.") from error
        try:
            code = await asyncio.wait_for(process.wait(), self.patience_seconds)
        except TimeoutError as error:
            raise ScannerAway("The scanner takes too long.") from error
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        if code not in {CLEAN, INFECTED}:
            raise ScannerAway(f"The scanner ended with {code}.")
        return code == INFECTED
