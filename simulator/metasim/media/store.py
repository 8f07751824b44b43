"""The bytes of files beside the state file, each in a file of its own that is written once."""

from pathlib import Path

from metasim.media.shelf import Shelf


def save(shelf: Shelf, state: Path) -> None:
    """Write what is new, remove what no file needs any more."""
    folder = _folder(state)
    known = {path.name for path in folder.iterdir()} if folder.is_dir() else set[str]()
    for name in shelf.blobs.keys() - known:
        folder.mkdir(exist_ok=True)
        fresh = folder / (name + ".new")
        fresh.write_bytes(shelf.blobs[name])
        fresh.replace(folder / name)
    for name in known - shelf.blobs.keys():
        (folder / name).unlink()


def load(shelf: Shelf, state: Path) -> None:
    """Read the bytes back; a file whose bytes are lost is dead."""
    folder = _folder(state)
    for kept in shelf.items.values():
        path = folder / kept.sha256
        if path.is_file():
            shelf.blobs[kept.sha256] = path.read_bytes()
        else:
            kept.until = 0.0


def _folder(state: Path) -> Path:
    return state.with_name(state.name + ".media")
