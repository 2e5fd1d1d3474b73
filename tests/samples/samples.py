#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""samples.py BUILD [LANGUAGE...]: the samples of api/prosoft/samples against the built module.

Each is compiled, opens files, prints the page, asks the gate; all must say the same, byte by byte, and
prosoft-hostcheck must find no broken rule in any. LANGUAGE: c, cpp, pascal, csharp; all by default.
A language whose compiler is not there is skipped, which is said, and the exit status is 77.
The last line is "N passed, N failed".
"""
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True  # the source tree stays as it is
import blocks  # noqa: E402
import languages  # noqa: E402
import layout  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
DATA = os.path.join(ROOT, 'tests/data')
PATIENCE_S = 120
# Six answers of prosoft-hostcheck: refused, late, allowed = 2, none at all, allowed, allowed.
HOSTCHECK = ['--press', 'threads', '--press', 'inside', '--press', 'addresses', '--ask', '6',
             '--timeout', '4000']


class Run:
    """What a sample said."""
    def __init__(self, status, output, errors):
        self.status, self.output, self.errors = status, output, errors
        self.data = None  # its data-dir


class Suite:
    def __init__(self, build, chosen):
        self.build = build
        self.folder = tempfile.mkdtemp(prefix='samples-')
        self.languages = [kind(ROOT, build) for kind in languages.ALL
                          if not chosen or kind.name in chosen]
        self.passed, self.failed, self.skipped = 0, 0, 0
        self.sandbox = None

    def built(self, path):
        return os.path.join(self.build, path)

    # --- running -------------------------------------------------------------------------------

    def environment(self):
        """Neither a home nor a desktop nor a proxy; what sanitizers are told stays."""
        kept = ('PATH', 'ASAN_OPTIONS', 'LSAN_OPTIONS', 'UBSAN_OPTIONS', 'HARNESS_WITNESS')
        found = {name: os.environ[name] for name in kept if name in os.environ}
        return dict(found, HOME=os.path.join(self.folder, 'home'), LC_ALL='C.UTF-8', TZ='UTC')

    def run(self, language, name, arguments, malformed='strict'):
        done = subprocess.run(language.command(name) + arguments, cwd=self.folder,
                              env=self.environment(), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE_S,
                              check=False)
        errors = done.stderr.decode('utf-8', 'replace')
        if 'HARNESS_WITNESS' in os.environ:
            with open(os.path.join(os.environ['HARNESS_WITNESS'], 'module.log'), 'a',
                      encoding='utf-8') as log:
                log.write(errors)
        return Run(done.returncode, done.stdout.decode('utf-8', malformed), errors)

    def host(self, language, module, file, *more):
        """A sample with folders of its own."""
        home = tempfile.mkdtemp(dir=self.folder)
        run = self.run(language, 'host', [module, file, home + '/dàta', home + '/cache'] + list(more))
        run.data = home + '/dàta'
        return run

    def each(self, function):
        """`function (language)` in all languages at once, in their order."""
        with concurrent.futures.ThreadPoolExecutor(len(self.languages)) as pool:
            return list(pool.map(function, self.languages))

    # --- checking ------------------------------------------------------------------------------

    def check(self, name, function, *arguments):
        start = time.monotonic()
        try:
            function(*arguments)
        except (AssertionError, subprocess.TimeoutExpired, OSError, languages.CannotBuild,
                UnicodeDecodeError) as error:
            self.failed += 1
            print('FAILED %s: %s' % (name, error), flush=True)
        else:
            self.passed += 1
            print('ok     %-34s %5.1f s' % (name, time.monotonic() - start), flush=True)

    def same(self, runs, status=0):
        """All ended with `status` and said the same."""
        for language, run in zip(self.languages, runs):
            assert run.status == status, '%s: exit status %d\n%s%s' % (
                language.title, run.status, run.output, run.errors)
            assert run.output == runs[0].output, '%s says\n%s\nand %s\n%s' % (
                language.title, run.output, self.languages[0].title, runs[0].output)
        return runs[0].output

    def page(self, *expected, file, module=None, more=()):
        module = module or self.built('plugin/ttecomm.so')
        text = self.same(self.each(lambda language: self.host(language, module, file, *more)))
        for line in expected:
            assert line + '\n' in text, '"%s" is missing in\n%s' % (line, text)
        assert 'loading' not in text.split('\n')[1], text

    def refusal(self, expected, arguments, status=1):
        """Every sample says on stderr what is wrong."""
        runs = self.each(lambda language: self.run(language, 'host', arguments))
        for language, run in zip(self.languages, runs):
            assert run.status == status and expected in run.errors, '%s: %d, %s' % (
                language.title, run.status, run.errors)

    # --- what is checked -----------------------------------------------------------------------

    def files(self):
        """Bad and odd projects, made from the good one."""
        def save(name, data):
            path = os.path.join(self.folder, name)
            with open(path, 'wb') as file:
                file.write(data)
            return path

        with open(os.path.join(DATA, 'villa-picos.nbt'), 'rb') as file:
            good = file.read()
        with open(os.path.join(DATA, 'villa-picos.json'), encoding='utf-8') as file:
            what = json.load(file)
        for section in what['sections']:
            if section['tag'] == 'UNIT':
                # What overflows when it is read, where floating-point exceptions are on (R13).
                units = json.dumps(section.pop('json'))
                section['text'] = units.replace('{', '{"x": [1e400, 1e-400], ', 1)
        described = save('numbers.json', json.dumps(what).encode('utf-8'))
        numbers = os.path.join(self.folder, 'numbers.nbt')
        subprocess.run([self.built('tests/tools/nbt-pack'), described, numbers], check=True,
                       env=self.environment(), timeout=PATIENCE_S)
        return {'cut': save('cut.nbt', good[:-100]), 'empty': save('empty.nbt', b''),
                'text': save('text.nbt', b'This is no project.\n' * 50),
                'accents': save('Villa Été ✓.nbt', good), 'numbers': numbers,
                'good': os.path.join(DATA, 'villa-picos.nbt'),
                'protected': os.path.join(DATA, 'protected.nbt')}

    def compile(self):
        for language in list(self.languages):
            if language.missing():
                self.languages.remove(language)
                self.skipped += 1
                print('SKIPPED %s: there is no %s' % (language.title, language.missing()[0]))
                continue
            before = self.failed
            self.check('compile ' + language.name, language.prepare)
            if self.failed > before:
                self.languages.remove(language)

    def layouts(self):
        facts = layout.Layout(ROOT)
        outputs = {}
        for language in self.languages:
            if language.name in ('pascal', 'csharp'):
                self.check('layout ' + language.name, self.layout, facts, outputs, language)

    def layout(self, facts, outputs, language):
        assert len(facts.structs) >= 34 and len(facts.constants) >= 70
        if not outputs:
            outputs['c'] = self.layout_in_c(facts)
        source = os.path.join(language.made, 'layout' + ('.pas' if language.name == 'pascal' else '.cs'))
        with open(source, 'w', encoding='utf-8') as file:
            file.write(layout.PROGRAMS[language.name](facts))
        if language.name == 'pascal':
            language.build(source)
        else:
            language.build('layout', [source, os.path.join(language.samples, 'csharp/Prosoft.cs')])
        seen = self.run(language, 'layout', [])
        assert seen.status == 0, seen.errors
        wrong = layout.differences(outputs['c'], seen.output)
        assert not wrong, '\n'.join(wrong)
        # And this would have been seen.
        spoiled = seen.output.replace('prosoft_gate_decision.valid_until 16', 'valid_until 12')
        assert len(layout.differences(outputs['c'], spoiled)) == 1
        assert layout.differences(outputs['c'], seen.output + 'one more 1\n')

    def layout_in_c(self, facts):
        source, program = os.path.join(self.folder, 'layout.c'), os.path.join(self.folder, 'layout')
        with open(source, 'w', encoding='utf-8') as file:
            file.write(layout.PROGRAMS['c'](facts))
        languages.compile_with(['cc', '-I', ROOT, '-o', program, source], self.folder)
        return subprocess.run([program], stdout=subprocess.PIPE, encoding='utf-8', check=True).stdout

    def drawing(self):
        """Every page of the tests, and one that no host has seen before."""
        strange = os.path.join(self.folder, 'strange.json')
        deep = {'id': 'deep', 'type': 'group', 'title': 'Deep', 'fallback_text': 'Deep', 'blocks': []}
        for i in range(12):
            deep = {'id': 'g%d' % i, 'type': 'group', 'title': 'Group', 'fallback_text': 'Too deep',
                    'blocks': [deep]}
        page = {'page': 'x', 'title': 'Str\u00e4nge \U0001f512 "\\/\b\n\t', 'revision': 1,
                'state': 'ready', 'later': [{}, [], None, True, -1.5e3],
                'blocks': [{'id': 'new', 'type': 'hologram', 'fallback_text': 'Not known\u2028here'},
                           {'id': 'empty', 'type': 'table', 'columns': [], 'rows': [],
                            'fallback_text': ''}, deep]}
        with open(strange, 'w', encoding='utf-8') as file:
            json.dump(page, file)
        pages = os.path.join(DATA, 'pages')
        paths = [os.path.join(pages, name) for name in sorted(os.listdir(pages))] + [strange]
        able = [language for language in self.languages if language.name != 'cpp']
        outputs = [self.run(language, 'draw', paths) for language in able]
        for language, run in zip(able, outputs):
            assert run.status == 0, '%s: %s' % (language.title, run.errors)
            assert run.output == outputs[0].output, language.title
            assert 'page: Stränge 🔒 "\\/   , ready\n' in run.output, run.output[-900:]
            assert '  new [hologram] Not known\u2028here\n' in run.output
            assert ' [group] Too deep\n' in run.output and '[group] Deep' not in run.output

    def cut_pages(self, language):
        """Nothing is read behind the end of a page that is cut short; the sanitizers watch."""
        with open(os.path.join(DATA, 'pages', 'basket-filled.json'), 'rb') as file:
            page = file.read()
        paths = []
        for size in range(0, len(page), 37):
            paths.append(os.path.join(self.folder, 'cut-%d.json' % size))
            with open(paths[-1], 'wb') as file:
                file.write(page[:size] + (b'"\\' if size % 2 else b'\\u12'))
        run = self.run(language, 'draw', paths, malformed='replace')  # cut within a character
        assert run.status == 0 and run.output.count('page: ') >= len(paths), run.errors

    def hostcheck(self, running):
        run = running.result()
        assert run.status == 0, run.output + run.errors
        answers = [line for line in run.output.split('\n') if line.startswith('gate: ')]
        assert [line.split(',')[0] for line in answers] == \
            ['gate: refused'] * 4 + ['gate: admitted'] * 2, answers
        report = ElementTree.parse(run.data + '/prosoft-hostcheck.xml').getroot().findall('.//testcase')
        found = [case.get('classname') + ' ' + case.get('name') + ': ' + bad.get('message', '')
                 for case in report for bad in case.findall('failure') + case.findall('skipped')]
        assert len(report) >= 18 and not found, '\n'.join(found)

    def hostchecks(self):
        """The plug-in that checks hosts waits now and then: in all languages at once."""
        module = self.built('tests/check/hostcheck/prosoft-hostcheck.so')
        project = os.path.join(DATA, 'villa-picos.nbt')
        with concurrent.futures.ThreadPoolExecutor(len(self.languages)) as pool:
            for language, running in [
                    (language, pool.submit(self.host, language, module, project, *HOSTCHECK))
                    for language in self.languages]:
                self.check('rules kept by ' + language.name, self.hostcheck, running)

    def unkind(self, language):
        run = self.run(language, 'unkind', [self.built('plugin/ttecomm.so')])
        assert run.status == 0, '%d: %s%s' % (run.status, run.output, run.errors)
        assert run.output == 'changed completed decided environment log wake survived\n', run.output

    def readme(self):
        samples = os.path.join(ROOT, 'api/prosoft/samples')
        with open(os.path.join(ROOT, 'api/prosoft/README.md'), encoding='utf-8') as file:
            text = file.read()
        wrong = blocks.strangers(text, samples)
        assert not wrong, '\n'.join(wrong)
        # And this would have been seen.
        assert blocks.strangers(text.replace('```c\n', '```c\nno such line\n', 1), samples)
        assert blocks.strangers(text.replace('```pascal\n', '```text\n'), samples)

    # --- the sandbox ---------------------------------------------------------------------------

    def start_sandbox(self):
        folder = os.path.join(self.folder, 'sandbox')
        os.makedirs(folder)
        with open(os.path.join(self.folder, 'sandbox.log'), 'wb') as log:
            self.sandbox = subprocess.Popen(
                [self.built('tests/sandbox/ttcloud-sandbox'), '--dir', folder],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment())
        deadline = time.monotonic() + PATIENCE_S
        while not os.path.exists(os.path.join(folder, 'urls.json')):
            assert self.sandbox.poll() is None and time.monotonic() < deadline, 'no sandbox'
            time.sleep(0.02)
        return folder

    def close(self):
        if self.sandbox is not None:
            self.sandbox.terminate()
            self.sandbox.wait()
        shutil.rmtree(self.folder)

    # -------------------------------------------------------------------------------------------

    def pages(self, files, sandbox):
        wait = 'gate: refused, wait, sign_in'
        no_keys = 'gate: refused, wait, flag_unknown'
        self.check('page without a cloud', lambda: self.page(
            'page: Subscriptions, error', '    Installation: Villa Picos, 2 central units', no_keys,
            '  cause: setup', file=files['good']))
        self.check('page with the sandbox', lambda: self.page(
            'page: Subscriptions, ready', '    Signed in as: nobody', wait,
            '  message: Sign in to TTcloud to open a remote session.',
            '  button: sign-in, Sign in', file=files['good'], more=[sandbox]))
        self.check('page of a protected file', lambda: self.page(
            '    Installation: Villa Serena', '    lock.password [input] Password of the project', wait,
            file=files['protected'], more=[sandbox]))
        self.check('page of a file with accents', lambda: self.page(
            '    Installation: Villa Picos, 2 central units', wait, file=files['accents'],
            more=[sandbox]))
        for name, notice in (
                ('cut', 'This project file is cut short. Open a backup, or save the project again.'),
                ('empty', 'This project file is cut short. Open a backup, or save the project again.'),
                ('text', 'This is not a PROSOFT project. Open another .nbt file.'),
                ('numbers', None)):
            lines = ['    notice.file [notice] ' + notice] if notice else []
            self.check('page of a bad file: ' + name, lambda: self.page(
                '    Installation: the open project cannot be read', '  cause: file', *lines,
                file=files[name], more=[sandbox]))

    def refusals(self, files):
        module, good = self.built('plugin/ttecomm.so'), files['good']
        specimen = self.built('tests/unit/host/specimens/specimen-%s.so')
        rest = ['data', 'cache']
        for name, expected, arguments in (
                ('no module', 'cannot load /nowhere/ttecomm.so',
                 ['/nowhere/ttecomm.so', good] + rest),
                ('a text as module', 'cannot load ' + files['text'], [files['text'], good] + rest),
                ('a library that is none', 'no module for PROSOFT: it has no prosoft_entry',
                 [specimen % 'nothing', good] + rest),
                ('another version', 'is for version 2 of the interface, this host for 1; update',
                 [specimen % 'other-major', good] + rest),
                ('a module without plug-in', 'there is no plug-in in the module',
                 [specimen % 'no-factory', good] + rest),
                ('create that fails', ' does not start: ', [specimen % 'refuse-create', good] + rest),
                ('init that fails', ' does not start: ', [specimen % 'refuse-init', good] + rest),
                ('no file', 'cannot open /nowhere/villa.nbt', [module, '/nowhere/villa.nbt'] + rest),
                ('no sandbox', 'urls.json', [module, good] + rest + ['/nowhere']),
                ('no such action', 'host: ', [module, good] + rest + ['--press', 'nothing'])):
            self.check('refusal: ' + name, self.refusal, expected, arguments)
        for arguments in ([], [module, good, 'data'], [module, good] + rest + ['x', 'y'],
                          [module, good] + rest + ['--ask'], [module, good] + rest + ['--ask', 'x'],
                          [module, good] + rest + ['--what', '1']):
            self.check('refusal: wrong use', self.refusal, 'usage: ', arguments, 2)

    def all(self):
        self.compile()
        if not self.languages:
            return
        self.layouts()
        self.check('the README', self.readme)
        self.check('drawing', self.drawing)
        for language in self.languages:
            if language.name == 'c':
                self.check('drawing of cut pages', self.cut_pages, language)
        files = self.files()
        self.refusals(files)
        self.pages(files, self.start_sandbox())
        for language in self.languages:
            if language.name != 'c':
                self.check('exceptions stay inside ' + language.name, self.unkind, language)
        self.hostchecks()


def main(build, chosen):
    suite = Suite(os.path.realpath(build), chosen)
    try:
        suite.all()
    finally:
        suite.close()
    print('%d passed, %d failed%s' % (suite.passed, suite.failed, ', %d skipped' % suite.skipped
                                      if suite.skipped else ''))
    if suite.failed or not suite.passed + suite.skipped:
        return 1
    return 77 if suite.skipped else 0


if __name__ == '__main__':
    if len(sys.argv) < 2 or not {kind.name for kind in languages.ALL}.issuperset(sys.argv[2:]):
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
