#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Each way in which SECURITY.md and the tests can part, and that security.py says so."""
import os
import sys
import unittest

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import security  # noqa: E402

KNOWN = {'One_suite.a_test', 'Other.GET_it'}


def table(*rows):
    return '\n'.join(['text', '', security.HEADER, '|---|---|---|', *rows, '', '| other | table |'])


class Parts(unittest.TestCase):
    def wrong(self, text):
        return security.check(security.read_threats(text), KNOWN)

    def test_good(self):
        text = table('| flood | a wall | `one-suite/a-test` `other/GET-it` |', '| fire | water | `other/GET-it` |')
        self.assertEqual(len(security.read_threats(text)), 2)
        self.assertEqual(self.wrong(text), [])

    def test_no_table(self):
        self.assertEqual(len(self.wrong('| threat | tests |\n')), 1)
        self.assertEqual(len(self.wrong(table())), 1)

    def test_lost_test(self):
        found = self.wrong(table('| flood | a wall | `one-suite/a-test` `one-suite/gone` |'))
        self.assertEqual(found, ['flood: no program has a test one-suite/gone'])

    def test_lost_suite(self):
        self.assertEqual(len(self.wrong(table('| flood | a wall | `gone/a-test` |'))), 1)

    def test_no_tests(self):
        self.assertEqual(len(self.wrong(table('| flood | a wall | |'))), 1)
        self.assertEqual(len(self.wrong(table('| flood | a wall |'))), 1)

    def test_words_for_tests(self):
        self.assertEqual(len(self.wrong(table('| flood | a wall | `one-suite/a-test` and others |'))), 1)


if __name__ == '__main__':
    unittest.main()
