"""The folder that a distributed run writes to, on a shared file system or an object store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from alambic.readers import Unreadable, store
from alambic.running.faults import RunFault

_AT_ONCE = 16  # requests under way: an object store answers slowly, but many at a time


class Outputs:
    """The folder at `address`, an address or a path of a file system that all machines share.

    Nothing is renamed, for object stores cannot: who writes a file that others wait for writes it last. Raises
    `RunFault` where the address cannot be opened.
    """

    def __init__(self, address: str) -> None:
        self.address = address if store.is_address(address) else str(Path(address).resolve())
        try:
            self._system, self._root = store.opened(self.address)
        except Unreadable as fault:
            raise RunFault(f"{address}: {fault.reason}; {fault.remedy}.") from None

    def __reduce__(self) -> tuple[type[Outputs], tuple[str]]:
        return Outputs, (self.address,)

    def write(self, name: str, data: bytes) -> None:
        """Writes the file `name`, its folders made as need be. Raises `OSError`."""
        path = f"{self._root}/{name}"
        self._system.create_dir(path.rpartition("/")[0], recursive=True)
        with self._system.open_output_stream(path) as stream:
            stream.write(data)

    def copy(self, file: Path, name: str) -> None:
        """Writes the file `name` with what `file` of this machine holds. Raises `OSError`."""
        self.write(name, file.read_bytes())

    def read_all(self, folder: str) -> dict[str, bytes]:
        """What the files in `folder` hold, by their names. Raises `OSError`."""
        names = self.names(folder)
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            held = threads.map(lambda name: self.read(f"{folder}/{name}"), names)
            return dict(zip(names, held, strict=True))

    def read(self, name: str) -> bytes:
        """What the file `name` holds. Raises `OSError`."""
        with self._system.open_input_stream(f"{self._root}/{name}") as stream:
            return bytes(stream.read())

    def names(self, folder: str) -> list[str]:
        """The names of the files in `folder`, sorted; none where there is no such folder."""
        from pyarrow import fs

        selector = fs.FileSelector(f"{self._root}/{folder}", allow_not_found=True)
        files = self._system.get_file_info(selector)
        return sorted(info.base_name for info in files if info.type == fs.FileType.File)

    def delete(self, folder: str, names: list[str]) -> None:
        """Deletes the files `names` in `folder`."""
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            list(threads.map(lambda name: self._system.delete_file(f"{self._root}/{folder}/{name}"), names))

    def withdraw(self, name: str) -> None:
        """Deletes the file `name`, if it is there."""
        from pyarrow import fs

        if self._system.get_file_info(f"{self._root}/{name}").type == fs.FileType.File:
            self._system.delete_file(f"{self._root}/{name}")
