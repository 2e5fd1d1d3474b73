#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""leaks.py [--complete] WITNESS [FILE...]: searches what a test run said for secrets.

WITNESS is the folder that HARNESS_WITNESS named during the run:
  secrets      one "KIND SECRET" a line: what the test clouds gave out or were sent
  module.log   every line that the module gave a test's host to log
  *.output     all that each test program printed, and GLib's debug messages
FILEs are searched too: test logs, reports.

Nowhere may stand: a noted secret, a statement (or any other JWS), a card number, the password of a
sample file, a token of a test's own cloud. Where the module or a library logs, and only there, no
e-mail address and no address of a checkout may stand either: a page shows them to whom they
concern, and a test or the demo may print the page. What is found is told by its place and never repeated.
--complete: of each kind that is noted there must be one, and the module must have logged something,
or nothing was searched for. The search is one test: the last line is "N passed, N failed".
"""
import os
import re
import sys

# What the test clouds note (tests/sandbox/secrets.h, harness_witness_secret()).
NOTED = ('access', 'checkout', 'code', 'cookie', 'form', 'nonce', 'refresh', 'verifier')
# What a page may show.
SHOWN = ('address', 'checkout')
WORD = re.compile(r'[A-Za-z0-9_-]{16,}')
# What a test sends in the place of a secret is none: too short for one, or a piece of the alphabet.
SHORTEST = 16
ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
JWS = re.compile(r'eyJ[A-Za-z0-9_-]{16,}')
CARD = re.compile(r'(?<![\w.])(?:\d[ -]?){14,15}\d(?![\w.])')
# Visa, Mastercard, American Express, Discover.
ISSUER = re.compile(r'4|5[1-5]|2[2-7]|3[47]|6011|65')
BEARER = re.compile(r'\bBearer +[A-Za-z0-9._~+/-]{6,}')
TOKEN = re.compile(r'\b(?:access|refresh)-(?:\d+|Zm9vYmFy|c2VjcmV0)\b')
PASSWORD = re.compile(r'serena[ +]2026|serena%202026')
ADDRESS = re.compile(r'[\w.+-]+@[\w-]+(?:\.[\w-]+)+')
# A log line among what a g_test program prints.
LOGGED = re.compile(r'^(?:# )?(?:[\w-]+-)?(?:DEBUG|INFO|MESSAGE|WARNING|CRITICAL|ERROR)(?: \*\*)?: ')


def is_card(text):
    digits = [int(c) for c in text if c.isdigit()]
    if not ISSUER.match(''.join(map(str, digits))):
        return False
    doubled = [d * 2 - 9 if d > 4 else d * 2 for d in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0


class Search:
    def __init__(self):
        self.noted = {}
        self.lengths = ()
        self.found = {kind: [] for kind in
                      NOTED + ('statement', 'card', 'bearer', 'token', 'password', 'address')}
        self.n_logged = 0

    def note(self, path):
        with open(path, encoding='utf-8') as file:
            for line in file:
                kind, secret = line.rstrip('\n').split(' ', 1)
                if len(secret) < SHORTEST or secret in ALPHABET:
                    continue
                self.noted[secret] = kind
                self.found.setdefault(kind, [])
        self.lengths = sorted({len(secret) for secret in self.noted})

    def kinds_in(self, line):
        for word in WORD.findall(line):
            for length in self.lengths:
                for start in range(len(word) - length + 1):
                    kind = self.noted.get(word[start:start + length])
                    if kind:
                        yield kind
        if JWS.search(line):
            yield 'statement'
        if any(is_card(match) for match in CARD.findall(line)):
            yield 'card'
        for kind, pattern in (('bearer', BEARER), ('token', TOKEN), ('password', PASSWORD)):
            if pattern.search(line):
                yield kind
        if ADDRESS.search(line):
            yield 'address'

    def search(self, path, is_log):
        with open(path, encoding='utf-8', errors='replace') as file:
            for number, line in enumerate(file, 1):
                place = '%s:%d' % (path, number)
                self.n_logged += is_log
                for kind in set(self.kinds_in(line)):
                    if kind not in SHOWN or is_log or LOGGED.match(line):
                        self.found[kind].append(place)

    def tell(self, complete):
        """Prints what is wrong with each kind; returns whether all is well."""
        is_good = True
        for kind in sorted(self.found):
            places = self.found[kind]
            if places:
                print('FAILED %s: %d found, such as in %s' % (kind, len(places),
                                                            ', '.join(places[:5])))
            elif complete and kind in NOTED and kind not in self.noted.values():
                print('FAILED %s: the run used none, so none was searched for' % kind)
            else:
                continue
            is_good = False
        if complete and self.n_logged == 0:
            print('FAILED log: the module logged nothing, so nothing was searched')
            is_good = False
        return is_good


def main(arguments):
    complete = arguments[:1] == ['--complete']
    witness, *files = arguments[complete:]
    search = Search()
    secrets = os.path.join(witness, 'secrets')
    if os.path.exists(secrets):
        search.note(secrets)
    for name in sorted(os.listdir(witness)):
        if name != 'secrets':
            search.search(os.path.join(witness, name), name == 'module.log')
    for path in files:
        search.search(path, False)
    is_good = search.tell(complete)
    print('%d passed, %d failed' % (is_good, not is_good))
    return 0 if is_good else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
