// The web's build as Maven runs it: `node build.mjs build` and `node build.mjs test`. Each step hashes its inputs into
// target/ and does nothing when they are what they were, so that a Java change costs no web build.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));
const LOCK = ['package.json', 'package-lock.json', '.npmrc'];
const SOURCES = [...LOCK, 'index.html', 'tsconfig.json', 'vite.config.ts', 'lingui.config.ts', 'postcss.config.mjs', 'build.mjs', 'public', 'src', 'engines'];

// Whose sentences are read in `vendors/reason-forms.ts`.
const ROUTER = '../server/src/main/java/io/etalon/server/vendor/score/Router.java';

const steps = {
  install: { inputs: LOCK, output: 'node_modules', commands: [['ci', '--no-audit', '--no-fund']] },
  build: { inputs: SOURCES, output: 'dist/index.html', commands: [['run', 'build']] },
  test: { inputs: [...SOURCES, 'openapi.json', 'scripts', 'test', ROUTER], output: 'dist/index.html', commands: [['test']] },
};

function* files(path) {
  if (!existsSync(path)) return;
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    yield path;
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name !== 'node_modules') yield* files(join(path, entry.name));
  }
}

function fingerprint(inputs) {
  const hash = createHash('sha256').update(process.version);
  for (const input of inputs) {
    for (const file of files(join(root, input))) hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function run(name) {
  const step = steps[name];
  const stamp = join(root, 'target', `${name}.stamp`);
  const now = fingerprint(step.inputs);
  if (existsSync(join(root, step.output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) {
    console.log(`web ${name}: up to date`);
    return;
  }
  rmSync(stamp, { force: true });
  for (const command of step.commands) execFileSync('npm', command, { cwd: root, stdio: 'inherit' });
  // Maven only adds to its copy of the output: chunks of an earlier build would stay in the jar.
  if (name === 'build') rmSync(join(root, 'target', 'classes', 'web'), { recursive: true, force: true });
  mkdirSync(join(root, 'target'), { recursive: true });
  writeFileSync(stamp, now);
}

const wanted = process.argv[2];
if (wanted !== 'build' && wanted !== 'test') {
  console.error('usage: node build.mjs build|test');
  process.exit(2);
}
run('install');
run(wanted);
