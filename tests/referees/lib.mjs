// SPDX-License-Identifier: MIT
// What all referees share: the tally, the tools of the lock file, programs under test.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const build = path.resolve(process.argv[2]);
const home = path.join(build, 'referees');
const require = createRequire(path.join(home, 'package.json'));

export const inTree = (...names) => path.join(root, ...names);
export const inBuild = (...names) => path.join(build, ...names);
export const read = (...names) => fs.readFileSync(inTree(...names), 'utf8');

/** A CommonJS module that the lock file pins. */
export const load = (name) => require(name);

/** A file of a package that the lock file pins. */
export const inPackage = (name, ...names) => path.join(home, 'node_modules', name, ...names);

/** An ECMAScript module that the lock file pins. */
export const loadModule = (name, entry) => import(pathToFileURL(inPackage(name, entry)).href);

/** One referee's words: a line a check, and at last how many. */
export class Tally {
  constructor(name) {
    this.name = name;
    this.passed = 0;
    this.failed = 0;
  }

  /** @param {boolean} good  @param {string} what  @param {string} [detail] why not */
  check(good, what, detail = '') {
    this[good ? 'passed' : 'failed']++;
    console.log(`${good ? 'ok  ' : 'FAIL'} ${this.name}: ${what}${!good && detail ? `: ${detail}` : ''}`);
    return good;
  }

  /** Nothing in the list is as it should be. */
  none(list, what) {
    return this.check(list.length === 0, what, `\n       ${list.slice(0, 20).join('\n       ')}`);
  }
}

const folders = [];

/** A folder of this run's own, gone at the end. */
export const temporary = (name) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `ttecomm-${name}-`));
  folders.push(folder);
  return folder;
};

export const cleanUp = () => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
};

/** Runs a program to its end; never rejects. */
export const run = (program, args = [], options = {}) =>
  new Promise((resolve) => {
    const { env, timeout = 300000, cwd, input = '' } = options;
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout,
      killSignal: 'SIGKILL',
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (errors += data));
    child.on('error', (error) => resolve({ status: -1, output, errors: error.message }));
    child.on('close', (status, signal) => resolve({ status: status ?? signal, output, errors }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });

export const until = async (what, condition, ms = 30000) => {
  const end = Date.now() + ms;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what} did not come within ${ms / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** A sandbox of this run's own. */
export const startSandbox = async (options = [], env = {}) => {
  const folder = temporary('sandbox');
  const child = spawn(inBuild('tests/sandbox/ttcloud-sandbox'), ['--dir', folder, ...options], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  const file = path.join(folder, 'urls.json');
  let stopped = false;
  const ended = new Promise((resolve) =>
    child.on('close', (status, signal) => {
      if (!stopped) console.error(`referees: the sandbox ended by itself: ${signal ?? status}`);
      resolve();
    }),
  );
  child.on('error', () => {});
  await until('the sandbox', () => fs.existsSync(file));
  return {
    folder,
    urls: JSON.parse(fs.readFileSync(file, 'utf8')),
    ca: fs.readFileSync(path.join(folder, 'ca.pem')),
    trust: JSON.parse(fs.readFileSync(path.join(folder, 'trust.json'), 'utf8')),
    stop: () => ((stopped = true), child.kill('SIGTERM'), ended),
  };
};

/** Tests by name, each once a run; the pages that they show are kept for the referee of pages. */
const been = new Set();
let pages;
export const pagesFolder = () => (pages ??= temporary('pages'));
export const runTests = (names, env = {}) => {
  const left = names.filter((name) => !been.has(name));

  names.forEach((name) => been.add(name));
  return left.length === 0
    ? { status: 0, output: '', errors: '' }
    : run('meson', ['test', '-C', inBuild(), '--no-rebuild', '-t', '3', ...left], { env: { TTECOMM_PAGES_DIR: pagesFolder(), ...env }, timeout: 900000 });
};

/** What our own code answers to each question (tests/tools/witness.c). */
export const witness = async (questions) => {
  const { status, output, errors } = await run(inBuild('tests/tools/witness'), [], {
    input: questions.map((question) => `${JSON.stringify(question)}\n`).join(''),
  });
  const answers = output.split('\n').slice(0, -1).map((line) => JSON.parse(line));

  if (status !== 0 || answers.length !== questions.length)
    throw new Error(`the witness ended with ${status} after ${answers.length} of ${questions.length} answers: ${errors}`);
  return answers;
};

/** The same numbers every time: mulberry32. */
export const dice = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
