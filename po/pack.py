#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""pack.py LANGUAGE.mo... TEXTS LANGUAGE.texts...

What the compiled languages have in common, the English texts, is half of each: it is written to
TEXTS once, a "context\\004text" a line, and of each language only what it says, in the same order.
A text with forms has them parted by NUL; what a language lacks is an empty line. The first line is
that of the header, of which only Plural-Forms is kept. plugin/text/packed.c puts them together.
"""
import struct
import sys


def read(path):
    """The texts of a little-endian .mo by their keys, without plurals of the keys."""
    with open(path, 'rb') as file:
        data = file.read()
    magic, _, count, originals, translations = struct.unpack_from('<5I', data)
    if magic != 0x950412de:
        sys.exit('%s: not a little-endian .mo' % path)

    def string(table, i):
        length, offset = struct.unpack_from('<2I', data, table + 8 * i)
        return data[offset:offset + length]

    return {string(originals, i).split(b'\0')[0]: string(translations, i) for i in range(count)}


def write(path, lines):
    for line in lines:
        if b'\n' in line:
            sys.exit('%s: a text has more than one line: %r' % (path, line))
    with open(path, 'wb') as file:
        file.write(b''.join(line + b'\n' for line in lines))


def main(arguments):
    n = (len(arguments) - 1) // 2
    catalogues = [read(path) for path in arguments[:n]]
    if not catalogues or not all(b'' in catalogue for catalogue in catalogues):
        sys.exit('there is no language, or one without a header')
    keys = sorted(set().union(*catalogues))
    write(arguments[n], keys)
    for path, catalogue in zip(arguments[n + 1:], catalogues):
        header = [line for line in catalogue[b''].split(b'\n') if line.startswith(b'Plural-Forms:')]
        write(path, header + [catalogue.get(key, b'') for key in keys[1:]])


if __name__ == '__main__':
    main(sys.argv[1:])
