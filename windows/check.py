#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a module for Windows promises as a file: usage: check.py DLL x86_64|x86

One line a promise; the last line is "N passed, N failed". Reads the file itself, with no tool's help:
what the loader of Windows would see.
"""
import os
import struct
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__))).encode()
MAX_SIZE = 8 * 1024 * 1024
MACHINES = {"x86_64": 0x8664, "x86": 0x014C}
# In every Windows since 7. msvcrt.dll is one of them; no C runtime is brought along.
SYSTEM = {
    "advapi32.dll", "bcrypt.dll", "crypt32.dll", "dnsapi.dll", "gdi32.dll", "iphlpapi.dll", "kernel32.dll",
    "msvcrt.dll", "ncrypt.dll", "ntdll.dll", "ole32.dll", "shell32.dll", "shlwapi.dll", "user32.dll",
    "winhttp.dll", "ws2_32.dll",
}
HIGH_ENTROPY_VA, DYNAMIC_BASE, NX_COMPAT = 0x0020, 0x0040, 0x0100
EXPORT, IMPORT, RELOCATIONS, DEBUG = 0, 1, 5, 6


class Image:
    """The headers of a PE file."""

    def __init__(self, data):
        self.data = data
        if data[:2] != b"MZ":
            raise ValueError("not a program for Windows")
        at = self.number("<I", 0x3C)
        if data[at:at + 4] != b"PE\0\0":
            raise ValueError("not a PE file")
        self.machine, count = struct.unpack_from("<HH", data, at + 4)
        self.stamp, symbols, self.n_symbols = struct.unpack_from("<III", data, at + 8)
        self.strings = symbols + 18 * self.n_symbols
        size, self.kind = struct.unpack_from("<HH", data, at + 20)
        optional = at + 24
        self.is_64 = self.number("<H", optional) == 0x20B
        self.flags = self.number("<H", optional + 70)
        self.folders = optional + (112 if self.is_64 else 96)
        self.sections = [struct.unpack_from("<8sIIII", data, optional + size + 40 * i) for i in range(count)]

    def section_names(self):
        """A long one stands behind the symbols, and only its place in the table."""
        for section in self.sections:
            name = bytes(section[0]).rstrip(b"\0").decode("latin-1")
            if name.startswith("/"):
                start = self.strings + int(name[1:])
                name = self.data[start:self.data.index(b"\0", start)].decode("latin-1")
            yield name

    def number(self, form, at):
        return struct.unpack_from(form, self.data, at)[0]

    def offset(self, address):
        """Where in the file lies what is loaded at this address."""
        for _, virtual_size, virtual, raw_size, raw in self.sections:
            if virtual <= address < virtual + max(virtual_size, raw_size):
                return raw + address - virtual
        raise ValueError("an address outside of the file")

    def folder(self, index):
        address, size = struct.unpack_from("<II", self.data, self.folders + 8 * index)
        return (self.offset(address), size) if address else (None, 0)

    def text(self, address):
        start = self.offset(address)
        return self.data[start:self.data.index(b"\0", start)].decode("ascii")

    def imports(self):
        at, _ = self.folder(IMPORT)
        names = []
        while at is not None and any(entry := struct.unpack_from("<IIIII", self.data, at)):
            names.append(self.text(entry[3]).lower())
            at += 20
        return names

    def exports(self):
        at, _ = self.folder(EXPORT)
        if at is None:
            return []
        count, names = self.number("<I", at + 24), self.number("<I", at + 32)
        return [self.text(self.number("<I", self.offset(names) + 4 * i)) for i in range(count)]


def promises(image, machine):
    """(what, kept, what was found)"""
    imports, exports = image.imports(), image.exports()
    foreign = sorted(set(imports) - SYSTEM)
    wanted = DYNAMIC_BASE | NX_COMPAT | (HIGH_ENTROPY_VA if machine == "x86_64" else 0)
    names = list(image.section_names())
    yield f"is for {machine}", image.machine == MACHINES[machine] and image.is_64 == (machine == "x86_64"), hex(image.machine)
    yield "is a DLL", bool(image.kind & 0x2000), hex(image.kind)
    yield "imports only what Windows brings", bool(imports) and not foreign, " ".join(foreign or imports)
    yield "exports prosoft_entry and nothing else", exports == ["prosoft_entry"], " ".join(exports)
    yield "DYNAMIC_BASE, NX_COMPAT" + (", HIGH_ENTROPY_VA" if machine == "x86_64" else ""), \
        image.flags & wanted == wanted, hex(image.flags)
    yield "can be moved in memory", image.folder(RELOCATIONS)[1] > 0, f"{image.folder(RELOCATIONS)[1]} bytes"
    yield "carries no time of its making", image.stamp == 0, str(image.stamp)
    yield "carries no symbols", image.n_symbols == 0 and not any(name.startswith(".debug") for name in names), \
        f"{image.n_symbols} in {' '.join(names)}"
    yield "names no folder of the machine that built it", ROOT not in image.data, \
        f"{image.data.count(ROOT)} times"
    yield "is at most 8 MB", len(image.data) <= MAX_SIZE, f"{len(image.data) / 1048576:.2f} MB"


def main():
    if len(sys.argv) != 3 or sys.argv[2] not in MACHINES:
        sys.exit(__doc__)
    passed = failed = 0
    try:
        with open(sys.argv[1], "rb") as file:
            image = Image(file.read())
        for what, kept, found in promises(image, sys.argv[2]):
            print(f"{' ok ' if kept else 'FAIL'} {what}: {found}")
            passed, failed = passed + kept, failed + (not kept)
    except (OSError, ValueError, struct.error) as error:
        print(f"FAIL {sys.argv[1]}: {error}")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
