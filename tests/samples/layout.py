# SPDX-License-Identifier: MIT
"""Programs that print every size, offset, width and constant of the interface, one for each language, made
from one list: tests/unit/api/layout-facts.h and the #define lines of api/prosoft/*.h.

What they print must be the same, line by line. A name that a binding does not have is an error of its
compiler.
"""
import os
import re

FACT = re.compile(r'^(SIZE|OFFSET) \((\w+)_t, (?:(\w+), )?', re.MULTILINE)
DEFINE = re.compile(r'^#define (PROSOFT_\w+) +(\S.*?) *(?:/\*.*)?$', re.MULTILINE)
# Of a C compiler, not of the interface.
NOT_OURS = re.compile(r'PROSOFT_(ABI|EXPORT|\w*_H)$')
# Words of a language that a field of C is named for.
PASCAL_WORDS = {'label': 'label_'}


class Layout:
    def __init__(self, root):
        self.structs = []    # (name in C, fields)
        self.constants = []  # (name, is text)
        with open(os.path.join(root, 'tests/unit/api/layout-facts.h'), encoding='utf-8') as file:
            self._read_facts(file.read())
        folder = os.path.join(root, 'api/prosoft')
        for name in sorted(os.listdir(folder)):
            if name.endswith('.h'):
                with open(os.path.join(folder, name), encoding='utf-8') as file:
                    self._read_defines(file.read())

    def _read_facts(self, text):
        for kind, struct, field in FACT.findall(text):
            if kind == 'SIZE':
                self.structs.append((struct, []))
            else:
                assert self.structs[-1][0] == struct, 'OFFSET lines stand below their SIZE'
                self.structs[-1][1].append(field)

    def _read_defines(self, text):
        for name, value in DEFINE.findall(text):
            if not NOT_OURS.match(name):
                self.constants.append((name, value.startswith('"')))

    def lines(self, size, offset, width, text, number):
        """The statements of a program, each by a template of its language."""
        for struct, fields in self.structs:
            yield size % {'what': struct, 'type': camel(struct), 'c': struct + '_t'}
            for field in fields:
                words = {'what': struct + '.' + field, 'type': camel(struct), 'c': struct + '_t',
                         'field': field, 'pascal': PASCAL_WORDS.get(field, field)}
                yield offset % words
                yield width % words
        for name, is_text in self.constants:
            yield (text if is_text else number) % {'name': name}


def camel(struct):
    """prosoft_gate_decision: GateDecision."""
    return ''.join(word.capitalize() for word in struct.split('_')[1:])


def c_program(layout):
    lines = layout.lines('printf ("%(what)s %%d\\n", (int)sizeof (%(c)s));',
                         'printf ("%(what)s %%d\\n", (int)offsetof (%(c)s, %(field)s));',
                         'printf ("- %%d wide\\n", (int)sizeof ((%(c)s *)0)->%(field)s);',
                         'printf ("%(name)s %%s\\n", %(name)s);',
                         'printf ("%(name)s %%d\\n", (int)(%(name)s));')
    return ('#include "api/prosoft/prosoft.h"\n#include <stddef.h>\n#include <stdio.h>\n'
            'int main (void)\n{\n  %s\n  return 0;\n}\n' % '\n  '.join(lines))


def pascal_program(layout):
    # The offset of a field: its address in a record at nil.
    lines = layout.lines("WriteLn('%(what)s ', SizeOf(T%(type)s));",
                         "WriteLn('%(what)s ', PtrUInt(@P%(type)s_(nil)^.%(pascal)s));",
                         "WriteLn('- ', SizeOf(P%(type)s_(nil)^.%(pascal)s), ' wide');",
                         "WriteLn('%(name)s ', %(name)s);", "WriteLn('%(name)s ', Int64(%(name)s));")
    pointers = '\n'.join('  P%s_ = ^T%s;' % (camel(name), camel(name)) for name, _ in layout.structs)
    return ('program layout;\n{$mode objfpc}\nuses cthreads, prosoft;\ntype\n%s\nbegin\n  %s\nend.\n'
            % (pointers, '\n  '.join(lines)))


def csharp_program(layout):
    lines = layout.lines(
        'Console.WriteLine("%(what)s " + Marshal.SizeOf(typeof(%(type)s)));',
        'Console.WriteLine("%(what)s " + Marshal.OffsetOf(typeof(%(type)s), "%(field)s"));',
        'Console.WriteLine("- " + Width(typeof(%(type)s).GetField("%(field)s").FieldType) + " wide");',
        'Console.WriteLine("%(name)s " + Abi.%(name)s);', 'Console.WriteLine("%(name)s " + Abi.%(name)s);')
    return ('using System;\nusing System.Runtime.InteropServices;\nusing Prosoft;\n'
            'using Prosoft.Native;\nusing Version = Prosoft.Native.Version;\n'
            'static class Layout\n{\n  static int Width(Type type)\n  {\n'
            '    return type.IsSubclassOf(typeof(Delegate)) ? IntPtr.Size : Marshal.SizeOf(type);\n  }\n\n'
            '  static void Main()\n  {\n    %s\n  }\n}\n' % '\n    '.join(lines))


PROGRAMS = {'c': c_program, 'pascal': pascal_program, 'csharp': csharp_program}


def differences(expected, seen):
    """The lines that two programs do not agree on, as text; empty when they do."""
    wanted, found = expected.splitlines(), seen.splitlines()
    wrong = ['%s: the header says %s' % (there, here)
             for here, there in zip(wanted, found) if here != there]
    if len(wanted) != len(found):
        wrong.append('%d lines instead of %d' % (len(found), len(wanted)))
    return wrong
