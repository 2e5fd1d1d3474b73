#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""tally.py BUILDDIR STATUS: counts the test cases of the last `meson test` in a build directory.

Prints one line for each case that failed, and below it what it said where it went wrong (of the first
few: the record of a run may be all that is left of it), then "N passed, N failed" (", N skipped" if any).
meson's own count is of programs; a program that wrote a GoogleTest report counts case by case, and
one that died or was stopped counts as failed whatever its report says. STATUS is what meson exited
with: a run that meson calls bad is never counted as good.
"""
import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

GOOD = {'OK', 'EXPECTEDFAIL'}
# Where a sanitizer, valgrind, GLib or python begins to tell what it found.
FOUND = re.compile(r'ERROR: |runtime error: |^==\d+== \S|^Bail out!|^Traceback |CRITICAL|WARNING \*\*')
SHOWN_CASES, SHOWN_LINES, SHOWN_COLUMNS = 8, 24, 200


def excerpt(said):
    """The lines that tell most: from the first finding on, or else the last ones."""
    lines = [line.rstrip()[:SHOWN_COLUMNS] for line in said.split('\n') if line.strip()]
    found = next((i for i, line in enumerate(lines) if FOUND.search(line)), None)
    return lines[-SHOWN_LINES:] if found is None else lines[found:found + SHOWN_LINES]


class Tally:
    def __init__(self):
        self.passed, self.failed, self.skipped = 0, 0, 0
        self.failures = []

    def fail(self, name, why, said=''):
        self.failed += 1
        self.failures.append('FAILED %s: %s' % (name, why))
        if self.failed <= SHOWN_CASES:
            self.failures += ['  | ' + line for line in excerpt(said)]

    def add_report(self, program, cases):
        for case in cases:
            failure = case.find('failure')
            name = '%s %s.%s' % (program, case.get('classname'), case.get('name'))
            if failure is not None:
                message = failure.get('message', '')
                self.fail(name, message.replace('\n', ': ', 1).split('\n')[0],
                          (failure.text or '').removeprefix(message))
            elif case.find('skipped') is not None or case.get('status') == 'notrun':
                self.skipped += 1
            else:
                self.passed += 1

    def add_program(self, entry, cases):
        result, failed_before = entry['result'], self.failed
        program = entry['name'].split(' / ')[-1]
        self.add_report(program, cases)
        if result == 'SKIP' and not cases:
            self.skipped += 1
        elif result not in GOOD | {'SKIP'} and self.failed == failed_before:
            self.fail(program, result.lower(),
                      entry.get('stdout', '') + '\n' + entry.get('stderr', ''))
        elif result in GOOD and not cases:
            self.passed += 1

    def summary(self):
        text = '%d passed, %d failed' % (self.passed, self.failed)
        return text + (', %d skipped' % self.skipped if self.skipped else '')


def log_of(build_dir):
    """The log of a run with a set-up bears that set-up's name."""
    logs = os.path.join(build_dir, 'meson-logs')
    found = [os.path.join(logs, name) for name in os.listdir(logs)
             if name.startswith('testlog') and name.endswith('.json')]
    return max(found, key=os.path.getmtime)


def cases_of(build_dir, name):
    path = os.path.join(build_dir, name + '.xml')
    if not os.path.exists(path):
        return []
    return ElementTree.parse(path).getroot().findall('.//testcase')


def main(build_dir, status):
    tally = Tally()
    with open(log_of(build_dir), encoding='utf-8') as log:
        for line in log:
            entry = json.loads(line)
            tally.add_program(entry, cases_of(build_dir, entry['name'].split(' / ')[-1]))
    if status != '0' and tally.failed == 0:
        tally.fail('meson test', 'exit status %s, see its log' % status)
    for line in tally.failures:
        print('  ' + line)
    print(tally.summary())


if __name__ == '__main__':
    main(*sys.argv[1:])
