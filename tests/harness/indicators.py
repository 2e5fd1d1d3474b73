#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Puts an empty NAME.is_google_test beside each test program NAME.

The Visual Studio adapter takes a program for a GoogleTest one only if it finds this file (or the
words of GoogleTest's own help in it, which ours does not claim). Meson runs this after configuring.
"""
import json
import os
import pathlib

build = pathlib.Path(os.environ['MESON_BUILD_ROOT'])
targets = json.loads((build / 'meson-info' / 'intro-targets.json').read_text(encoding='utf-8'))
for target in targets:
    if target['type'] == 'executable' and target['name'].endswith('-test'):
        program = pathlib.Path(target['filename'][0])
        program.parent.mkdir(parents=True, exist_ok=True)
        program.with_name(program.name + '.is_google_test').touch()
