# SPDX-License-Identifier: MIT
"""How a sample is compiled and started, for each language."""
import os
import shutil
import subprocess


class CannotBuild(Exception):
    pass


def compile_with(command, cwd):
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding='utf-8', errors='replace', timeout=300, check=False)
    if done.returncode != 0:
        raise CannotBuild('%s\n%s' % (' '.join(command), done.stdout[-4000:]))


class Language:
    """`build (name, sources)` makes a program; `command (name)` is how it starts."""
    needs = ()  # programs that must be there

    def __init__(self, root, build):
        self.root, self.samples = root, os.path.join(root, 'api/prosoft/samples')
        self.here = os.path.join(root, 'tests/samples')
        self.made = os.path.join(build, 'samples', self.name)
        self.built = build

    def missing(self):
        return [program for program in self.needs if shutil.which(program) is None]

    def prepare(self):
        os.makedirs(self.made, exist_ok=True)
        self.build_all()

    def path(self, name):
        return os.path.join(self.made, name)

    def command(self, name):
        return [self.path(name)]


class C(Language):
    """Compiled with the rest: meson knows the warnings and the sanitizers."""
    name, title = 'c', 'C'

    def build_all(self):
        pass

    def path(self, name):
        return os.path.join(self.built, 'tests/samples', '%s-%s' % (name, self.name))


class Cpp(C):
    name, title = 'cpp', 'C++'


class Pascal(Language):
    name, title, needs = 'pascal', 'Free Pascal', ('fpc',)

    def build_all(self):
        self.build(os.path.join(self.samples, 'pascal/host.pas'))
        self.build(os.path.join(self.here, 'unkind.pas'))
        self.build(os.path.join(self.here, 'draw.pas'))

    def build(self, source):
        # Warnings are errors.
        compile_with(['fpc', '-l-', '-vew', '-Sew', '-O2', '-g', '-FE' + self.made, '-FU' + self.made,
                      '-Fu' + os.path.join(self.samples, 'pascal'), source], self.made)


class CSharp(Language):
    name, title, needs = 'csharp', 'C#', ('mcs', 'mono')

    def build_all(self):
        folder = os.path.join(self.samples, 'csharp')
        binding = [os.path.join(folder, name)
                   for name in ('Prosoft.cs', 'ProsoftHost.cs', 'ProsoftPlugin.cs')]
        page = os.path.join(folder, 'PageText.cs')
        self.build('host', binding + [page, os.path.join(folder, 'Program.cs')])
        self.build('unkind', binding + [os.path.join(self.here, 'Unkind.cs')])
        self.build('draw', [page, os.path.join(self.here, 'Draw.cs')])

    def build(self, name, sources):
        compile_with(['mcs', '-unsafe', '-warn:4', '-warnaserror', '-debug', '-out:' + self.path(name)]
                     + sources, self.made)

    def path(self, name):
        return os.path.join(self.made, name + '.exe')

    def command(self, name):
        return ['mono', '--debug', self.path(name)]


ALL = (C, Cpp, Pascal, CSharp)
