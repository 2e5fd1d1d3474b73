#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""rules.py BUILDDIR: prints the business rules, each with the tests that show it, and fails if one is lost.

rules.tsv lists the rules: number, what it says, and, where no test can show it here, why not. Which
tests show a rule stands beside the tests, as a comment in front of what names the test:

    /* rules: S55 S58 */
    harness_add (harness, "dates", "same-month-same-end", test_same_month_same_end);

or of a row of a table whose rows are tests, or, as "# rules: ...", of a test() in a meson.build. The
comment claims that this test fails when the rule is broken.

What is wrong is said on standard error: a rule without tests or reason, or with both; a number that
does not exist; a comment without a test; a test that no program has. The exit status is then 1.
"""
import collections
import json
import os
import re
import subprocess
import sys
import textwrap

# How many rules each family has: none can be dropped from the list unnoticed.
FAMILIES = collections.OrderedDict([
    ('S', (95, 'TTecomm')),
    ('H', (24, 'The public handbook')),
    ('C', (34, 'Contradictions, and how they are resolved')),
    ('D', (28, 'DEXMA accounts')),
    ('T', (30, 'TMAS subscriptions')),
    ('A', (38, 'Airthings partner portal')),
])

NUMBER = re.compile(r'[A-Z]\d{1,3}$')
C_COMMENT = re.compile(r'/\*\s*rules:\s*([^*]*?)\s*\*/')
MESON_COMMENT = re.compile(r'^[ \t]*#\s*rules:[ \t]*(.*?)[ \t]*$', re.MULTILINE)
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
HARNESS_ADD = re.compile(r'\s*harness_add\w*\s*\(\s*\w+\s*,\s*"([^"]*)"\s*,\s*"([^"]*)"')
MESON_TEST = re.compile(r"\s*test\(\s*'([^']*)'")

Rule = collections.namedtuple('Rule', 'number says reason')
# `test` is "Suite.name" or, where the program's code does not say the suite there, "name".
Claim = collections.namedtuple('Claim', 'place numbers test')


def read_rules(path):
    """The rules of a rules.tsv, in its order, and what is wrong with it."""
    rules, wrong = collections.OrderedDict(), []
    with open(path, encoding='utf-8') as lines:
        for at, line in enumerate(lines, 1):
            fields = line.rstrip('\n').split('\t')
            if line.startswith('#') or fields == ['']:
                continue
            if len(fields) not in (2, 3) or not NUMBER.match(fields[0]) or not fields[1].strip():
                wrong.append('%s:%d: not a number, what it says, and a reason' % (path, at))
            elif fields[0] in rules:
                wrong.append('%s:%d: %s is there twice' % (path, at, fields[0]))
            else:
                rules[fields[0]] = Rule(fields[0], fields[1],
                                        fields[2].strip() if len(fields) == 3 else '')
    return rules, wrong


def check_families(rules, families):
    wanted = ['%s%d' % (letter, n) for letter, (count, _) in families.items()
              for n in range(1, count + 1)]
    wrong = ['%s is missing from the list of rules' % number
             for number in wanted if number not in rules]
    return wrong + ['%s is not a rule: its family ends before it' % number
                    for number in rules if number not in set(wanted)]


def line_of(text, offset):
    return text.count('\n', 0, offset) + 1


def test_after(text):
    """What the code after a comment names: "Suite.name", or "name", or None."""
    added = HARNESS_ADD.match(text)
    if added:
        suite, name = added.groups()
        return '%s.%s' % (suite[:1].upper() + suite[1:].replace('-', '_'), name.replace('-', '_'))
    literal = LITERAL.search(re.split(r';|/\*\s*rules:', text, maxsplit=1)[0])
    return literal.group(1).replace('-', '_') if literal else None


def claims_of_c(path, text):
    return [Claim('%s:%d' % (path, line_of(text, found.start())), found.group(1).split(),
                  test_after(text[found.end():])) for found in C_COMMENT.finditer(text)]


def claims_of_meson(path, text):
    claims = []
    for found in MESON_COMMENT.finditer(text):
        test = MESON_TEST.match(text[found.end():])
        claims.append(Claim('%s:%d' % (path, line_of(text, found.start())),
                            found.group(1).split(), test.group(1) if test else None))
    return claims


def read_claims(source_root):
    """Everything under tests/ that says it shows a rule."""
    claims = []
    for folder, _, names in sorted(os.walk(os.path.join(source_root, 'tests'))):
        for name in sorted(names):
            path = os.path.join(folder, name)
            reader = (claims_of_meson if name == 'meson.build' else
                      claims_of_c if name.endswith(('.c', '.h')) else None)
            if reader:
                with open(path, encoding='utf-8') as text:
                    claims += reader(os.path.relpath(path, source_root), text.read())
    return claims


def list_tests(program):
    """The "Suite.name"s of a program, as it lists them itself."""
    listed = subprocess.run([program, '--gtest_list_tests'], stdout=subprocess.PIPE, check=True,
                            stdin=subprocess.DEVNULL, encoding='utf-8', timeout=120).stdout
    tests, suite = [], ''
    for line in listed.splitlines():
        if line.startswith(' '):
            tests.append(suite + line.split('#')[0].strip())
        else:
            suite = line.split('#')[0].strip()
    return tests


class Programs:
    """What was built: which program is made of which file, and which tests it has."""

    def __init__(self, build_dir, source_root):
        def introspected(what):
            with open(os.path.join(build_dir, 'meson-info', 'intro-%s.json' % what),
                      encoding='utf-8') as text:
                return json.load(text)

        tests = introspected('tests')
        self.meson_tests = {test['name'] for test in tests}
        runs = {os.path.realpath(test['cmd'][0])
                for test in tests if test.get('protocol') == 'gtest'}
        self.programs_of = collections.defaultdict(list)
        for target in introspected('targets'):
            program = os.path.realpath(target['filename'][0])
            if target['type'] != 'executable' or program not in runs:
                continue
            for group in target['target_sources']:
                for source in group.get('sources', []):
                    path = os.path.relpath(os.path.realpath(source), source_root)
                    self.programs_of[path].append(program)
        self.listed = {}

    def programs_for(self, path):
        """The programs made of a file; for one that is in a library, all of its folder's."""
        folder = os.path.dirname(path)
        return self.programs_of.get(path) or sorted({
            program for source, programs in self.programs_of.items()
            if os.path.dirname(source) == folder for program in programs})

    def tests_of(self, program):
        if program not in self.listed:
            self.listed[program] = list_tests(program)
        return self.listed[program]

    def find(self, claim):
        """The tests that a claim means, in the words of the programs, by program."""
        path = claim.place.rsplit(':', 1)[0]
        if os.path.basename(path) == 'meson.build':
            return {'': [claim.test]} if claim.test in self.meson_tests else {}
        for is_meant in (named, named_in_part):
            found = {}
            for program in self.programs_for(path):
                tests = [test for test in self.tests_of(program) if is_meant(test, claim.test)]
                if tests:
                    found[program] = tests
            if found:
                return found
        return {}


def named(test, name):
    return test == name or test.split('.', 1)[1] == name


def named_in_part(test, name):
    """A row of a table may give the end of a name: "odd-" and its own."""
    return '.' not in name and test.endswith('_' + name)


def match(rules, claims, find):
    """Which tests show which rule, and what is wrong with the claims."""
    shown, wrong = collections.defaultdict(list), []
    for claim in claims:
        if not claim.numbers:
            wrong.append('%s: no rule is named' % claim.place)
        wrong += ['%s: there is no rule %s' % (claim.place, number)
                  for number in claim.numbers if number not in rules]
        if claim.test is None:
            wrong.append('%s: no test follows' % claim.place)
            continue
        found = find(claim)
        if len(found) != 1:
            wrong.append('%s: no program has a test %s' % (claim.place, claim.test) if not found
                         else '%s: several programs have a test %s' % (claim.place, claim.test))
        for number in claim.numbers:
            shown[number] += [test for tests in found.values() for test in tests
                              if test not in shown[number]]
    return shown, wrong


def check_shown(rules, shown):
    wrong = []
    for rule in rules.values():
        if not shown[rule.number] and not rule.reason:
            wrong.append('%s has neither a test nor a reason: %s' % (rule.number, rule.says))
        if shown[rule.number] and rule.reason:
            wrong.append('%s has a reason not to be shown, and is shown by %s'
                         % (rule.number, ', '.join(shown[rule.number])))
    return wrong


def is_later(rule):
    return rule.reason.startswith('later')


def print_rules(rules, shown, families, out):
    family = ''
    for rule in rules.values():
        if rule.number[0] != family:
            family = rule.number[0]
            out.write('%s%s\n\n' % ('' if rule is next(iter(rules.values())) else '\n',
                                    families[family][1]))
        out.write(textwrap.fill('%-4s %s' % (rule.number, rule.says), 100,
                                subsequent_indent=' ' * 5) + '\n')
        out.write(textwrap.fill(', '.join(shown[rule.number]) or '- ' + rule.reason, 100,
                                initial_indent=' ' * 9, subsequent_indent=' ' * 9,
                                break_long_words=False, break_on_hyphens=False) + '\n')


def total(rules, shown):
    tests = {test for number in shown for test in shown[number]}
    with_tests = [rule for rule in rules.values() if shown[rule.number]]
    later = [rule for rule in rules.values() if is_later(rule)]
    return '%d rules: %d shown by %d tests, %d not for a plug-in to show, %d later' % (
        len(rules), len(with_tests), len(tests), len(rules) - len(with_tests) - len(later),
        len(later))


def main(build_dir, source_root, out=sys.stdout, err=sys.stderr):
    rules, wrong = read_rules(os.path.join(source_root, 'tests', 'rules', 'rules.tsv'))
    wrong += check_families(rules, FAMILIES)
    shown, wrong_claims = match(rules, read_claims(source_root),
                                Programs(build_dir, source_root).find)
    wrong += wrong_claims + check_shown(rules, shown)
    print_rules(rules, shown, FAMILIES, out)
    out.write('\n')
    for line in wrong:
        err.write('rules: %s\n' % line)
    out.write(total(rules, shown) + (', %d wrong' % len(wrong) if wrong else '') + '\n')
    return 1 if wrong else 0


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit('usage: rules.py BUILDDIR')
    sys.exit(main(sys.argv[1], os.path.realpath(os.path.join(os.path.dirname(__file__), '..', '..'))))
