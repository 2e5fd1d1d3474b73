#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Each way in which the list of wrong changes can be wrong itself, and what the runner says of each end
that a change can come to."""
import importlib.machinery
import importlib.util
import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True  # the source tree stays as it is
HERE = os.path.dirname(os.path.realpath(__file__))
LOADER = importlib.machinery.SourceFileLoader('mutation', os.path.join(HERE, 'run'))
mutation = importlib.util.module_from_spec(importlib.util.spec_from_loader('mutation', LOADER))
LOADER.exec_module(mutation)

GOOD = '''# words
[gate/too-late]
file: a.c
tests: one two
-  if (a < b)
-    return;
+  if (a <= b)
+    return;
'''
SOURCE = 'begin\n  if (a < b)\n    return;\nend\n'


class ReadsTheList(unittest.TestCase):
    def test_a_change(self):
        (found,), wrong = mutation.read_list(GOOD)
        self.assertEqual(wrong, [])
        self.assertEqual((found.name, found.file, found.tests, found.equivalent),
                         ('gate/too-late', 'a.c', ['one', 'two'], None))
        self.assertEqual(found.applied_to(SOURCE), SOURCE.replace('<', '<='))

    def test_what_is_dropped(self):
        (found,), _ = mutation.read_list('[a/b]\n-  if (a < b)\n-    return;\n')
        self.assertEqual(found.applied_to(SOURCE), 'begin\n\nend\n')

    def test_bad_lines(self):
        for line in ('words', 'file: again.c', 'tests: three', 'equivalence: no'):
            self.assertEqual(len(mutation.read_list(GOOD + line + '\n')[1]), 1, line)
        self.assertEqual(len(mutation.read_list('-before\n' + GOOD)[1]), 1)


class ChecksTheList(unittest.TestCase):
    def wrong(self, text):
        with tempfile.TemporaryDirectory() as root:
            with open(os.path.join(root, 'a.c'), 'w', encoding='utf-8') as file:
                file.write(SOURCE + 'twice twice')
            return mutation.check_list(mutation.read_list(text)[0], root)

    def test_good(self):
        self.assertEqual(self.wrong(GOOD), [])
        self.assertEqual(self.wrong(GOOD + 'equivalent: a reason\n'), [])

    def test_bad(self):
        for old, new in (('a.c', 'gone.c'), ('file: a.c\n', ''), ('tests: one two\n', ''),
                         ('gate/too-late', 'Too Late'), ('-  if (a < b)', '-  if (a > b)'),
                         ('-  if (a < b)\n-    return;', '-twice'), ('a <= b', 'a < b'),
                         ('-  if (a < b)\n-    return;\n', '')):
            self.assertEqual(len(self.wrong(GOOD.replace(old, new))), 1, old)
        self.assertEqual(len(self.wrong(GOOD + 'equivalent:\n')), 1)
        self.assertEqual(len(self.wrong(GOOD + GOOD)), 2)

    def test_names_of_tests(self):
        found = mutation.read_list(GOOD)[0]
        self.assertEqual(mutation.check_tests(found, {'one', 'two'}), [])
        self.assertEqual(len(mutation.check_tests(found, {'one'})), 1)

    def test_selects(self):
        found = mutation.read_list(GOOD + GOOD.replace('gate', 'terms'))[0]
        self.assertEqual(len(mutation.select(found, [])), 2)
        self.assertEqual([one.name for one in mutation.select(found, ['ter'])], ['terms/too-late'])
        self.assertRaises(mutation.Trouble, mutation.select, found, ['late'])


class FakeBuild:
    """A copy of one file, and programs that fail as they are told to."""

    def __init__(self, compiles=True, **failures):
        self.text = SOURCE
        self.compiles = compiles
        self.failures = failures
        self.made = []  # the source, whenever something was built
        self.ran = []

    def read(self, _path):
        return self.text

    def write(self, _path, text):
        self.text = text

    def make(self, _names):
        self.made.append(self.text)
        return self.compiles

    def run(self, name):
        self.ran.append(name)
        return mutation.Result(name not in self.failures, self.failures.get(name, ''), 1)


class TriesChanges(unittest.TestCase):
    def attempt(self, build, text=GOOD):
        lines = []
        good = mutation.try_all(build, mutation.read_list(text)[0], lines.append)
        self.assertEqual(build.text, SOURCE)
        self.assertEqual(build.made, [SOURCE.replace('<', '<=')])
        return good, lines

    def test_caught_by_the_first(self):
        build = FakeBuild(one='a-test.c:1 assertion failed')
        good, lines = self.attempt(build)
        self.assertTrue(good)
        self.assertEqual(build.ran, ['one'])
        self.assertRegex(lines[0], '^caught .*one: a-test.c:1 assertion failed$')
        self.assertEqual(lines[1], '1 caught, 0 survived')

    def test_caught_by_the_second(self):
        build = FakeBuild(two='the time limit of 60 s')
        self.assertTrue(self.attempt(build)[0])
        self.assertEqual(build.ran, ['one', 'two'])

    def test_survived(self):
        good, lines = self.attempt(FakeBuild())
        self.assertFalse(good)
        self.assertRegex(lines[0], '^SURVIVED .*not noticed by one, two$')
        self.assertEqual(lines[1], '0 caught, 1 survived')

    def test_equivalent(self):
        good, lines = self.attempt(FakeBuild(), GOOD + 'equivalent: a reason\n')
        self.assertTrue(good)
        self.assertEqual(lines[1], '0 caught, 0 survived, 1 equivalent')

    def test_not_equivalent_after_all(self):
        good, lines = self.attempt(FakeBuild(one='no'), GOOD + 'equivalent: a reason\n')
        self.assertFalse(good)
        self.assertEqual(lines[1], '0 caught, 0 survived, 1 could not be tried')

    def test_does_not_compile(self):
        build = FakeBuild(compiles=False)
        good, lines = self.attempt(build)
        self.assertFalse(good)
        self.assertEqual(build.ran, [])
        self.assertRegex(lines[0], '^BROKEN .*does not compile$')


class RunsPrograms(unittest.TestCase):
    def test_status_and_output(self):
        self.assertEqual(mutation.run_limited(['sh', '-c', 'echo words; exit 3'], 30), (3, 'words\n'))

    def test_the_time_limit(self):
        status, _ = mutation.run_limited(['sh', '-c', 'sleep 1000 & wait'], 0.2)
        self.assertIsNone(status)

    def test_why(self):
        for status, output, why in (
                (-6, 'ok 1 /a/b\n**\nttecomm:ERROR:../tests/a-test.c:12:test_a: assertion failed: (x)\n',
                 'a-test.c:12 assertion failed: (x)'),
                (-5, 'Bail out! GLib-FATAL-CRITICAL: words\n', 'GLib-FATAL-CRITICAL: words'),
                (1, 'not ok 3 /a/b\n', 'not ok 3 /a/b'),
                (-11, '', 'signal SIGSEGV'),
                (2, '', 'exit status 2')):
            self.assertEqual(mutation.explain_failure(status, output), why)


class CopiesTheTree(unittest.TestCase):
    def test_only_what_has_changed(self):
        with tempfile.TemporaryDirectory() as root, tempfile.TemporaryDirectory() as copy:
            for name, text in (('same', '1'), ('other', '1'), ('sub/gone', '1'), ('build/x', '1')):
                os.makedirs(os.path.dirname(os.path.join(root, name)), exist_ok=True)
                with open(os.path.join(root, name), 'w', encoding='utf-8') as file:
                    file.write(text)
            mutation.synchronise(root, copy)
            for name in ('same', 'other'):
                os.utime(os.path.join(copy, name), (1, 1))
            with open(os.path.join(root, 'other'), 'w', encoding='utf-8') as file:
                file.write('2')
            os.unlink(os.path.join(root, 'sub', 'gone'))
            mutation.synchronise(root, copy)
            self.assertEqual(os.stat(os.path.join(copy, 'same')).st_mtime, 1)
            self.assertEqual(mutation.read_bytes(os.path.join(copy, 'other')), b'2')
            self.assertFalse(os.path.exists(os.path.join(copy, 'sub', 'gone')))
            self.assertFalse(os.path.exists(os.path.join(copy, 'build')))


if __name__ == '__main__':
    unittest.main()
