# SPDX-License-Identifier: MIT
"""The code that stands in api/prosoft/README.md is code of the samples: each block of a language is a
run of lines of one file there, indented more or less."""
import os
import re
import textwrap

BLOCK = re.compile(r'^```(\w+)\n(.*?)^```$', re.MULTILINE | re.DOTALL)
# The languages of code, and what their files end in. Others are commands and text.
ENDINGS = {'c': ('.c', '.h'), 'cpp': ('.cpp', '.hpp'), 'csharp': ('.cs',), 'pascal': ('.pas',)}


def is_run_of(block, text):
    """Whether the lines of `block` stand in `text` one below the other, all moved by one indent."""
    lines, wanted = text.splitlines(), textwrap.dedent(block).splitlines()
    for start in range(len(lines) - len(wanted) + 1):
        piece = '\n'.join(lines[start:start + len(wanted)])
        if textwrap.dedent(piece).splitlines() == wanted:
            return True
    return False


def sources(folder):
    for where, _, names in os.walk(folder):
        for name in sorted(names):
            path = os.path.join(where, name)
            with open(path, encoding='utf-8') as file:
                yield path, file.read()


def strangers(readme, folder):
    """What is wrong with the blocks of the text `readme`, one line each."""
    files = list(sources(folder))
    wrong, seen = [], set()
    for language, block in BLOCK.findall(readme):
        if language not in ENDINGS:
            continue
        seen.add(language)
        if not any(path.endswith(ENDINGS[language]) and is_run_of(block, text) for path, text in files):
            wrong.append('no sample has this %s: %s...' % (language, block.split('\n')[0].strip()))
    return wrong + ['there is no block in %s' % language for language in ENDINGS if language not in seen]
