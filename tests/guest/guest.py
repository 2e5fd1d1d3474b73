#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""guest.py SANDBOX LINUX_BUILD BUILD: the module for Windows as a guest in processes not its own.

SANDBOX: the folder of a running ttcloud-sandbox. BUILD: a build for Windows. Each test is a process of
its own under Wine (windows/wine); the last line is "N passed, N failed".
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
WINE = os.path.join(ROOT, "windows", "wine")
PATIENCE_S = 60
EXITS = 100
EXIT_STATUS = 7
# Wine kills a process now and then that ends while others begin; a crash has another status.
WINE_LOST_IT = -9
PASCAL_FILES = ["villa-picos.nbt", "protected.nbt"]
# Under a folder of this name everything lies: what a person may be called.
PERSON = "Zoë 漢字 van den Berg"


def windows_path(path):
    return "Z:" + path.replace("/", "\\")


class Guest:
    def __init__(self, sandbox, linux, build):
        self.sandbox = sandbox
        self.linux = linux
        self.folder = os.path.join(tempfile.mkdtemp(prefix="guest-"), PERSON)
        self.programs = os.path.join(self.folder, "PROSOFT")
        self.module = os.path.join(self.folder, "plugins", "ttecomm", "ttecomm.dll")
        self.passed = self.failed = self.skipped = self.n_environments = 0
        os.makedirs(self.programs)
        os.makedirs(os.path.dirname(self.module))
        for name in ("guest.exe", "guest-windowed.exe", "planted.dll"):
            shutil.copy(os.path.join(build, "tests", "guest", name), self.programs)
        shutil.copy(os.path.join(build, "plugin", "ttecomm.dll"), self.module)

    def environment(self, **more):
        """A folder with a file for each key that the host knows; cache and data are new."""
        self.n_environments += 1
        folder = os.path.join(self.folder, f"environment {self.n_environments}")
        os.makedirs(folder)
        with open(os.path.join(self.sandbox, "urls.json"), encoding="utf-8") as file:
            urls = json.load(file)
        values = {
            "locale": "nl-BE", "theme": "light", "proxy": "direct",
            "ttcloud-url": urls["ttcloud_url"], "ttecomm-url": urls["ttecomm_url"],
            "data-dir": windows_path(os.path.join(folder, "dàta")),
            "cache-dir": windows_path(os.path.join(folder, "暫存")),
        }
        for key, name in (("ttcloud-trust", "trust.json"), ("ttcloud-ca", "ca.pem")):
            with open(os.path.join(self.sandbox, name), encoding="utf-8") as file:
                values[key] = file.read()
        values.update(more)
        for key, value in values.items():
            with open(os.path.join(folder, key), "w", encoding="utf-8") as file:
                file.write(value)
        return folder

    def start(self, command, *words, program="guest.exe", variables=None):
        """(process, file of its report)"""
        handle, report = tempfile.mkstemp(dir=self.folder)
        os.close(handle)
        line = [WINE, windows_path(os.path.join(self.programs, program)), windows_path(report), command]
        line += [windows_path(word) if word.startswith("/") else word for word in words]
        environment = dict(os.environ, **(variables or {}))
        return subprocess.Popen(line, cwd=self.programs, env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT), report

    def finish(self, process, report):
        """(exit status, last line of the report, what it wrote to its console)"""
        try:
            said, _ = process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            try:
                process.communicate(timeout=5)
            except subprocess.TimeoutExpired:
                pass  # a process of Wine's own has its pipe still
            return None, f"it took longer than {PATIENCE_S} s", ""
        with open(report, encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
        return process.returncode, lines[-1] if lines else "it said nothing", said.decode("utf-8", "replace")

    def tell(self, name, good, found, started):
        print(f"{' ok ' if good else 'FAIL'} {name} ({time.monotonic() - started:.1f} s)"
              + ("" if good else f": {found}"), flush=True)
        self.passed, self.failed = self.passed + good, self.failed + (not good)

    def expect_ok(self, name, command, *words, **how):
        started = time.monotonic()
        status, line, said = self.finish(*self.start(command, self.module, *words, **how))
        if status == WINE_LOST_IT:
            status, line, said = self.finish(*self.start(command, self.module, *words, **how))
        good = status == 0 and line.startswith("ok") and not said.strip()
        self.tell(name, good, f"{line} (status {status}) {said.strip()[:300]}", started)

    # --- the tests -----------------------------------------------------------------------------

    def lives(self):
        """A console or none, a language or none, chatty libraries or not: nothing reaches the console."""
        loud = {"G_MESSAGES_DEBUG": "all"}
        for program, what in (("guest.exe", "with a console"), ("guest-windowed.exe", "with windows")):
            self.expect_ok(f"a host {what}, without a language", "once", self.environment(), program=program,
                           variables=loud)
            self.expect_ok(f"a host {what}, in French", "once", self.environment(locale="fr-BE"),
                           program=program, variables=dict(loud, LANG="fr_BE.UTF-8"))

    def planted(self):
        """Where GIO would look: beside the host, beside the module, and where a variable says."""
        trap = os.path.join(self.programs, "planted.dll")
        folders = [os.path.join(where, "lib", "gio", "modules")
                   for where in (self.programs, self.folder, os.path.dirname(self.module),
                                 os.path.dirname(os.path.dirname(self.module)))]
        for folder in folders:
            os.makedirs(folder)
            shutil.copy(trap, folder)
        self.expect_ok("modules of GIO that somebody put there stay out", "planted", self.environment(), trap,
                       variables={"GIO_EXTRA_MODULES": windows_path(folders[0]),
                                  "GIO_MODULE_DIR": windows_path(folders[0])})
        for folder in folders:
            shutil.rmtree(folder)

    def unsettled(self):
        """Settings of another program's OpenSSL, with which nobody could be reached, and its folders."""
        # Of letters that the C library's getenv() has in every code page.
        path = os.path.join(os.path.dirname(self.folder), "openssl.cnf")
        with open(path, "w", encoding="ascii") as file:
            file.write("openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = none\n"
                       "[none]\nMaxProtocol = TLSv1\n")
        self.expect_ok("another program's settings of OpenSSL stay out", "once", self.environment(),
                       variables={"OPENSSL_CONF": windows_path(path), "OPENSSL_MODULES": windows_path(self.programs),
                                  "SSL_CERT_FILE": windows_path(path), "SSL_CERT_DIR": windows_path(self.programs)})

    def leaves(self):
        """Ends without a word, 0 to 60 ms after it was asked to sign in; two at once."""
        started, odd, running = time.monotonic(), [], []
        environment = self.environment()
        for number in range(EXITS):
            running.append(self.start("leave", self.module, environment, str(number * 61 // EXITS)))
            if len(running) < 2 and number + 1 < EXITS:
                continue
            status, line, _ = self.finish(*running.pop(0))
            if status not in (EXIT_STATUS, WINE_LOST_IT):
                odd.append(f"{status} ({line})")
        for process in running:
            status, line, _ = self.finish(*process)
            if status not in (EXIT_STATUS, WINE_LOST_IT):
                odd.append(f"{status} ({line})")
        self.tell(f"{EXITS} hosts that end in the middle of a handshake", not odd,
                  f"{len(odd)} ended otherwise: {', '.join(odd[:5])}", started)

    def pascal_says(self, line, module, file):
        """What the sample host in Free Pascal writes, in folders of its own, of Latin names: Free Pascal
        takes its command line in the code page of the PC."""
        home = tempfile.mkdtemp(dir=os.path.dirname(self.folder))
        line = line + [module, file, home + "/data", home + "/cache", self.sandbox, "--ask", "2"]
        done = subprocess.run(line, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=PATIENCE_S, check=False)
        return done.returncode, done.stdout.replace(b"\r\n", b"\n")

    def pascal(self):
        """A host whose runtime unmasks floating-point exceptions, on both systems: the same bytes."""
        started = time.monotonic()
        out = os.path.join(os.path.dirname(self.folder), "pascal")
        module = os.path.join(os.path.dirname(self.folder), "ttecomm.dll")
        shutil.copy(self.module, module)
        built = subprocess.run([os.path.join(ROOT, "windows", "pascal"), out], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if built.returncode == 77:
            print("skip a host in Free Pascal: the compiler or its source is not there")
            self.skipped += 1
            return
        if built.returncode != 0:
            self.tell("a host in Free Pascal", False, built.stdout.decode("utf-8", "replace")[-300:], started)
            return
        for name in PASCAL_FILES:
            started = time.monotonic()
            file = os.path.join(ROOT, "tests", "data", name)
            here = self.pascal_says([os.path.join(out, "native", "host")],
                                    os.path.join(self.linux, "plugin", "ttecomm.so"), file)
            there = self.pascal_says([WINE, windows_path(os.path.join(out, "host.exe"))], module, file)
            good = here == there and here[0] == 0 and len(here[1]) > 500
            self.tell(f"a host in Free Pascal, {name}: the same bytes on both systems", good,
                      f"Linux {here[0]}, {len(here[1])} bytes; Windows {there[0]}, {len(there[1])} bytes", started)

    def run(self):
        copy = os.path.join(self.folder, "old", "ttecomm.dll")
        os.makedirs(os.path.dirname(copy))
        shutil.copy(self.module, copy)
        self.lives()
        self.expect_ok("a scan for plug-ins leaves nothing, 20 times", "scan")
        self.expect_ok("loaded, used and let go, 20 times", "live", self.environment())
        self.expect_ok("threads of the host leave nothing", "threads", self.environment())
        self.expect_ok("two copies from two folders", "twice", self.environment(), copy)
        self.expect_ok("floating-point exceptions unmasked", "floating", self.environment())
        self.planted()
        self.unsettled()
        self.pascal()
        self.leaves()
        shutil.rmtree(os.path.dirname(self.folder))
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        print(f"{self.passed} passed, {self.failed} failed{skipped}")
        return 0 if self.failed == 0 else 1


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    return Guest(*map(os.path.realpath, sys.argv[1:])).run()


sys.exit(main())
