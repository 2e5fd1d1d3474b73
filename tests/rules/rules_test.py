#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Each way in which the list of rules and the tests can part, and that rules.py says so."""
import collections
import io
import json
import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import rules  # noqa: E402

C_FILE = '''
static const Row rows[] = {
  /* rules: S2 */
  { "a-row", 7 },
  { "another", 8 },
};
  /* rules: S1 C1 */
  harness_add (harness, "one-suite", "first-test",
               test_first);
  /* rules: S3 */
  add (harness, "by-helper", test_by_helper);
'''


def claim(*numbers, test='A.b'):
    return rules.Claim('x-test.c:1', list(numbers), test)


def rule_list(**reasons):
    return collections.OrderedDict(
        (number, rules.Rule(number, 'says', reason)) for number, reason in reasons.items())


class ReadsTheList(unittest.TestCase):
    def read(self, text):
        with tempfile.NamedTemporaryFile('w', suffix='.tsv') as file:
            file.write(text)
            file.flush()
            return rules.read_rules(file.name)

    def test_lines(self):
        found, wrong = self.read('# words\n\nS1\tsays this\nS2\tsays that\tlater: Windows\n')
        self.assertEqual(wrong, [])
        self.assertEqual([rule.reason for rule in found.values()], ['', 'later: Windows'])

    def test_bad_lines(self):
        for line in ('S1', 'S1\t', 'x\tsays', 'S1\ta\tb\tc', '1S\tsays', 'S1 says'):
            found, wrong = self.read(line + '\n')
            self.assertEqual((len(found), len(wrong)), (0, 1), line)

    def test_twice(self):
        self.assertEqual(len(self.read('S1\ta\nS1\tb\n')[1]), 1)

    def test_families(self):
        families = {'S': (2, 'Sellers')}
        self.assertEqual(rules.check_families(rule_list(S1='', S2=''), families), [])
        self.assertIn('S2 is missing', rules.check_families(rule_list(S1=''), families)[0])
        self.assertIn('S3 is not', rules.check_families(rule_list(S1='', S2='', S3=''), families)[0])
        self.assertIn('X1 is not', rules.check_families(rule_list(S1='', S2='', X1=''), families)[0])


class ReadsComments(unittest.TestCase):
    def test_c(self):
        found = rules.claims_of_c('x-test.c', C_FILE)
        self.assertEqual([(one.numbers, one.test) for one in found],
                         [(['S2'], 'a_row'), (['S1', 'C1'], 'One_suite.first_test'),
                          (['S3'], 'by_helper')])
        self.assertEqual(found[0].place, 'x-test.c:3')

    def test_nothing_follows(self):
        for text in ('/* rules: S1 */', '/* rules: S1 */ return;\n add ("x", f);',
                     '/* rules: S1 */\n/* rules: S2 */ add ("x", f);'):
            self.assertIsNone(rules.claims_of_c('x.c', text)[0].test, text)

    def test_other_comments(self):
        self.assertEqual(rules.claims_of_c('x.c', '/* the rules are S1 */ add ("x", f);'), [])

    def test_meson(self):
        text = "# rules: S1 S2\ntest('demo', demo)\n# rules: S3\nfoo()\n"
        self.assertEqual([(one.numbers, one.test) for one in rules.claims_of_meson('m', text)],
                         [(['S1', 'S2'], 'demo'), (['S3'], None)])


class Matches(unittest.TestCase):
    def wrong_with(self, listed, claims, found=lambda claim: {'program': [claim.test]}):
        shown, wrong = rules.match(listed, claims, found)
        return wrong + rules.check_shown(listed, shown)

    def test_all_is_well(self):
        self.assertEqual(self.wrong_with(rule_list(S1='', S2='not ours'), [claim('S1')]), [])

    def test_a_number_vanishes_from_the_tests(self):
        self.assertIn('S2 has neither', self.wrong_with(rule_list(S1='', S2=''), [claim('S1')])[0])

    def test_unknown_number(self):
        self.assertIn('no rule S9', self.wrong_with(rule_list(S1=''), [claim('S1', 'S9')])[0])

    def test_a_reason_and_a_test(self):
        self.assertIn('S1 has a reason', self.wrong_with(rule_list(S1='later'), [claim('S1')])[0])

    def test_no_numbers(self):
        self.assertIn('no rule is named', self.wrong_with(rule_list(), [claim()])[0])

    def test_no_test(self):
        wrong = self.wrong_with(rule_list(S1=''), [claim('S1', test=None)])
        self.assertIn('no test follows', wrong[0])
        self.assertIn('S1 has neither', wrong[1])

    def test_a_test_that_does_not_exist(self):
        wrong = self.wrong_with(rule_list(S1=''), [claim('S1')], lambda claim: {})
        self.assertIn('no program has a test A.b', wrong[0])
        self.assertIn('S1 has neither', wrong[1])

    def test_tests_of_two_programs(self):
        wrong = self.wrong_with(rule_list(S1=''), [claim('S1')], lambda claim: {'a': ['A.b'], 'b': ['A.b']})
        self.assertIn('several programs', wrong[0])


class AsksPrograms(unittest.TestCase):
    """A build directory with one program, which lists what it is told to."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = os.path.realpath(self.folder.name)
        build = os.path.join(self.root, 'build')
        os.makedirs(os.path.join(build, 'meson-info'))
        os.makedirs(os.path.join(self.root, 'tests', 'rules'))
        program = os.path.join(build, 'x-test')
        self.write(program, '#!/bin/sh\nprintf "One_suite.\\n  first_test\\n  odd_a_row\\nTwo.\\n'
                   '  by_helper  # comment\\n"\n')
        os.chmod(program, 0o755)
        self.dump('tests', [{'name': 'x', 'protocol': 'gtest', 'cmd': [program]},
                            {'name': 'demo', 'protocol': 'exitcode', 'cmd': ['demo']}])
        self.dump('targets', [{'type': 'executable', 'filename': [program], 'target_sources': [
            {'sources': [os.path.join(self.root, 'tests/x-test.c')]}, {}]}])
        self.programs = rules.Programs(build, self.root)

    def write(self, path, text):
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)

    def dump(self, what, data):
        self.write(os.path.join(self.root, 'build', 'meson-info', 'intro-%s.json' % what),
                   json.dumps(data))

    def find(self, path, test):
        found = self.programs.find(rules.Claim(path + ':1', ['S1'], test))
        return [one for tests in found.values() for one in tests]

    def test_finds(self):
        self.assertEqual(self.find('tests/x-test.c', 'One_suite.first_test'),
                         ['One_suite.first_test'])
        self.assertEqual(self.find('tests/x-test.c', 'by_helper'), ['Two.by_helper'])
        self.assertEqual(self.find('tests/x-test.c', 'a_row'), ['One_suite.odd_a_row'])
        self.assertEqual(self.find('tests/in-a-library.c', 'by_helper'), ['Two.by_helper'])
        self.assertEqual(self.find('tests/demo/meson.build', 'demo'), ['demo'])

    def test_does_not_find(self):
        for path, test in (('tests/x-test.c', 'Two.first_test'), ('tests/x-test.c', 'helper_'),
                           ('tests/x-test.c', 'row_'), ('tests/elsewhere/y.c', 'by_helper'),
                           ('tests/demo/meson.build', 'demo-outage')):
            self.assertEqual(self.find(path, test), [], test)

    def run_main(self):
        out, err = io.StringIO(), io.StringIO()
        whole, rules.FAMILIES = rules.FAMILIES, {'S': (2, 'Sellers')}
        try:
            status = rules.main(os.path.join(self.root, 'build'), self.root, out, err)
        finally:
            rules.FAMILIES = whole
        return status, out.getvalue(), err.getvalue()

    def test_the_whole(self):
        self.write(os.path.join(self.root, 'tests/rules/rules.tsv'), 'S1\tfirst\nS2\tnext\tlater: x\n')
        self.write(os.path.join(self.root, 'tests/x-test.c'), '/* rules: S1 */ add ("by-helper", f);')
        status, out, err = self.run_main()
        self.assertEqual((status, err), (0, ''))
        self.assertIn('S1   first\n         Two.by_helper\n', out)
        self.assertTrue(out.endswith('2 rules: 1 shown by 1 tests, 0 not for a plug-in to show, 1 later\n'))

    def test_the_whole_fails(self):
        self.write(os.path.join(self.root, 'tests/rules/rules.tsv'), 'S1\tfirst\n')
        status, out, err = self.run_main()
        self.assertEqual(status, 1)
        self.assertIn('rules: S2 is missing', err)
        self.assertTrue(out.endswith('2 wrong\n'))


if __name__ == '__main__':
    unittest.main()
