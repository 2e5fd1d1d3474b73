#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""security.py BUILDDIR: fails when SECURITY.md names a test that no program has, or a threat that no
test shows."""
import os
import re
import sys

sys.dont_write_bytecode = True  # the source tree stays as it is
import rules  # noqa: E402

HEADER = '| threat | what meets it | tests |'
NAME = re.compile(r'`([A-Za-z_][\w-]*)/([A-Za-z_][\w-]*)`')


def as_listed(suite, name):
    """The "Suite.name" that a program lists for /suite/name."""
    suite = suite.replace('-', '_')
    return '%s.%s' % (suite[:1].upper() + suite[1:], name.replace('-', '_'))


def read_threats(text):
    """The rows of the table: what threatens, and the tests, as they are written."""
    lines = text.split('\n')
    if HEADER not in lines:
        return []
    threats = []
    for line in lines[lines.index(HEADER) + 2:]:
        if not line.startswith('|'):
            break
        cells = [cell.strip() for cell in line.strip('|').split('|')]
        threats.append((cells[0], cells[-1] if len(cells) == 3 else ''))
    return threats


def check(threats, known):
    """What is wrong with the table, when there are the tests @known."""
    wrong = [] if threats else ['there is no table "%s"' % HEADER]
    for threat, tests in threats:
        names = NAME.findall(tests)
        if not names or NAME.sub('', tests).strip():
            wrong.append('%s: not a list of `suite/name`: %s' % (threat, tests))
        wrong += ['%s: no program has a test %s/%s' % (threat, suite, name)
                  for suite, name in names if as_listed(suite, name) not in known]
    return wrong


def main(build_dir, source_root):
    with open(os.path.join(source_root, 'SECURITY.md'), encoding='utf-8') as text:
        threats = read_threats(text.read())
    programs = rules.Programs(build_dir, source_root)
    known = {test for built in programs.programs_of.values() for program in built
             for test in programs.tests_of(program)}
    wrong = check(threats, known)
    for line in wrong:
        sys.stderr.write('SECURITY.md: %s\n' % line)
    print('%d threats, %d wrong' % (len(threats), len(wrong)))
    return 1 if wrong else 0


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit('usage: security.py BUILDDIR')
    sys.exit(main(sys.argv[1], os.path.realpath(os.path.join(os.path.dirname(__file__), '..', '..'))))
