#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""usage: path_test.py BUILD

One path of a person who sees nothing: through the real menu, by keyboard and by what a screen reader
is told (AT-SPI). Opens a file, signs in, buys, opens a remote session. Runs on a display and a session
bus of its own (with-display dbus-run-session). Exit status 0 well, 1 not, 77 where a part is missing.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

SLOW = int(os.environ.get('HARNESS_SLOW', '1'))
PATIENCE_S = 120 * SLOW
# A key that a window has not answered by then went to another, or to none.
KEY_S = 10 * SLOW

try:
    import gi
    gi.require_version('Atspi', '2.0')
    from gi.repository import Atspi, GLib
except (ImportError, ValueError) as missing:
    print(f'path: {missing} (Debian packages python3-gi, gir1.2-atspi-2.0)', file=sys.stderr)
    sys.exit(77)


class Lost(Exception):
    """What a person waits for did not come."""


def pump(seconds):
    loop = GLib.MainLoop()
    GLib.timeout_add(int(seconds * 1000), loop.quit)
    loop.run()


def wait_for(what, look, patience=PATIENCE_S):
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            found = look()
        except GLib.Error:  # it went away while it was looked at
            found = None
        if found:
            return found
        pump(0.1)
    raise Lost(what)


def walk(node, depth=0):
    if node is None or depth > 40:
        return
    # What was read once may be another by now.
    node.clear_cache()
    yield node
    for i in range(node.get_child_count()):
        yield from walk(node.get_child_at_index(i), depth + 1)


def is_focused(node):
    return node.get_state_set().contains(Atspi.StateType.FOCUSED)


class Desktop:
    """prosoft-desktop as a screen reader has it."""

    def application(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and 'prosoft-desktop' in (child.get_name() or ''):
                return child
        return None

    def find(self, test):
        application = self.application()
        for node in walk(application):
            if test(node):
                return node
        return None

    def wait(self, what, test):
        return wait_for(what, lambda: self.find(test))

    def wait_named(self, name, *roles):
        return self.wait(name, lambda node: (node.get_name() or '') == name
                         and (not roles or node.get_role() in roles))

    def wait_text(self, part):
        return self.wait(part, lambda node: part in (node.get_name() or ''))

    def press(self, name):
        """A button, by the name that is read aloud."""
        def can_press(node):
            return ((node.get_name() or '') == name
                    and node.get_role() in (Atspi.Role.PUSH_BUTTON, Atspi.Role.TOGGLE_BUTTON)
                    and node.get_state_set().contains(Atspi.StateType.SENSITIVE)
                    and node.get_action_iface() is not None)
        self.act(f'a button "{name}" that can be pressed', can_press,
                 lambda node: node.get_action_iface().do_action(0))

    def tab_to(self, what, test):
        """By keyboard alone, as somebody who sees nothing goes."""
        for _ in range(60):
            keys('Tab')
            pump(0.2 * SLOW)
            node = self.find(test)
            if node is not None and is_focused(node):
                return
        raise Lost(f'the focus on {what}')

    def choose_first(self, shortcut, item):
        """The first item of a menu, once it is there to be chosen."""
        def is_chosen(node):
            return (node.get_role() == Atspi.Role.MENU_ITEM and is_focused(node)
                    and (node.get_name() or '').startswith(item))
        self.insist(item, lambda: keys(shortcut), is_chosen, lambda: keys('Escape'))
        keys('Return')

    def insist(self, what, do, test, undo):
        """Does it, and again where the window did not have the keys yet."""
        for _ in range(6):
            do()
            try:
                return wait_for(what, lambda: self.find(test), KEY_S)
            except Lost:
                undo()
        raise Lost(what)

    def act(self, what, test, do):
        """Does it as soon as it can be done: what was found may be gone when it is used."""
        def attempt():
            node = self.find(test)
            return node is not None and do(node)
        wait_for(what, attempt)


def keys(*names):
    subprocess.run(['xdotool', 'key', '--clearmodifiers', *names], check=True)


def write(text):
    subprocess.run(['xdotool', 'type', '--clearmodifiers', text], check=True)


def say(step):
    print(f'ok - {step}', flush=True)


def open_file(desktop, path):
    desktop.wait_text('Open an installation')
    say('the start says what to do')
    desktop.choose_first('alt+f', 'Open')
    desktop.wait('the file dialog', lambda node: 'Open' in (node.get_name() or '').split()
                 and node.get_role() == Atspi.Role.PUSH_BUTTON
                 and 'Open .nbt' not in node.get_name())
    # What stands in the dialog's entry is not told to a screen reader: only what comes of it.
    def choose_path():
        write(path)
        pump(0.5)
        keys('Return')
    desktop.insist('villa-picos.nbt', choose_path,
                   lambda node: node.get_name() == 'villa-picos.nbt', lambda: keys('ctrl+a'))
    say('a file is opened through the menu')


def sign_in(desktop):
    desktop.choose_first('alt+x', 'Users and settings')
    desktop.wait_named('People and roles')
    say('Extra, Users and settings shows the page')
    desktop.press('Sign in to TTcloud in the browser')
    desktop.wait_named('Sign out of TTcloud on this PC')
    say('signed in')


def buy(desktop):
    desktop.press('Put Remote Services for Villa Picos into the basket')
    desktop.press('Ask TTcloud what the basket costs; nothing is bought')
    def is_terms(node):
        return (node.get_role() == Atspi.Role.CHECK_BOX
                and 'I accept the terms of sale' in (node.get_name() or ''))
    desktop.wait('the terms', is_terms)
    desktop.tab_to('the terms', is_terms)
    keys('space')
    desktop.act('a price', lambda node: node.get_role() == Atspi.Role.PUSH_BUTTON
                and (node.get_name() or '').startswith('Pay €')
                and node.get_state_set().contains(Atspi.StateType.SENSITIVE),
                lambda node: node.get_action_iface().do_action(0))
    desktop.wait('the question', lambda node: (node.get_name() or '').startswith('Pay €')
                 and node.get_role() in (Atspi.Role.ALERT, Atspi.Role.DIALOG))
    say('the payment is asked about')
    desktop.tab_to('the answer', lambda node: node.get_role() == Atspi.Role.PUSH_BUTTON
                   and (node.get_name() or '').startswith('Pay €')
                   and 'basket' not in node.get_name())
    keys('Return')
    desktop.wait_text('was paid and the service is on')
    say('Remote Services is bought')


def open_session(desktop):
    desktop.choose_first('alt+r', 'Open')
    desktop.wait_text('The remote session with villa-picos.nbt is open.')
    say('the remote session is open')


def start_sandbox(build, folder):
    sandbox = subprocess.Popen([os.path.join(build, 'tests/sandbox/ttcloud-sandbox'), '--dir',
                                os.path.join(folder, 'sandbox')], stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL)
    wait_for('the sandbox', lambda: os.path.exists(os.path.join(folder, 'sandbox', 'urls.json')))
    return sandbox


def start_desktop(build, folder):
    person = os.path.join(build, 'tests/sandbox/sandbox-person') + ' --as mara@example.org'
    environment = dict(os.environ, GTK_A11Y='atspi', HOME=folder,
                       XDG_RUNTIME_DIR=folder, GSETTINGS_BACKEND='memory')
    return subprocess.Popen(
        [os.path.join(build, 'tests/host/desktop/prosoft-desktop'), '--module',
         os.path.join(build, 'plugin/ttecomm.so'), '--sandbox', os.path.join(folder, 'sandbox'),
         '--home', os.path.join(folder, 'home'), '--secrets-dir', os.path.join(folder, 'secrets'),
         '--locale', 'en', '--browser', person], env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL)


def main():
    build = os.path.abspath(sys.argv[1])
    data = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data')
    children = []
    if shutil.which('xdotool') is None:
        print('path: there is no xdotool here (Debian package xdotool)', file=sys.stderr)
        return 77
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(os.path.join(data, 'villa-picos.nbt'), folder)
        desktop = Desktop()
        try:
            children.append(start_sandbox(build, folder))
            children.append(start_desktop(build, folder))
            wait_for('the desktop host', desktop.application)
            # Without a window manager the keys go to the window under the pointer.
            subprocess.run(['xdotool', 'mousemove', '300', '150'], check=True)
            open_file(desktop, path)
            sign_in(desktop)
            buy(desktop)
            open_session(desktop)
        except (Lost, GLib.Error) as lost:
            print(f'not ok - waited in vain for {lost}', flush=True)
            for node in walk(desktop.application()):
                print('#', node.get_role_name(), repr(node.get_name()))
            return 1
        finally:
            for child in reversed(children):
                child.terminate()
                child.wait(PATIENCE_S)
    return 0


if __name__ == '__main__':
    sys.exit(main())
