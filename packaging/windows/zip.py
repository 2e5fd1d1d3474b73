#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""zip.py ARCHIVE FOLDER: what is in FOLDER, in the order of names and of one time: the same bytes again."""
import os
import sys
import time
import zipfile


def main(archive, folder):
    stamp = time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", "1700000000")))[:6]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for where, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                path = os.path.join(where, name)
                entry = zipfile.ZipInfo(os.path.relpath(path, folder).replace(os.sep, "/"), stamp)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o100644 << 16
                with open(path, "rb") as file:
                    out.writestr(entry, file.read())


if len(sys.argv) != 3:
    sys.exit(__doc__)
main(*sys.argv[1:])
