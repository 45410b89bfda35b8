// Fails when the catalogues do not match the sources, or a French text is missing or could break before
// its mark: extracts again and compares.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = ['en', 'fr'].flatMap((l) => ['console', 'desk'].map((c) => `${root}src/locales/${l}/${c}.po`));
const withoutDate = (text) => text.replace(/^"POT-Creation-Date:.*\n/m, '');

const before = files.map((file) => readFileSync(file, 'utf8'));
let after;
try {
  execFileSync(process.execPath, [`${root}node_modules/@lingui/cli/dist/lingui.js`, 'extract', '--clean'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  after = files.map((file) => readFileSync(file, 'utf8'));
} finally {
  files.forEach((file, i) => writeFileSync(file, before[i]));
}

const problems = [];
files.forEach((file, i) => {
  const name = file.slice(root.length);
  if (withoutDate(before[i]) !== withoutDate(after[i])) problems.push(`${name} is stale: run "npm run messages"`);
  if (file.includes('/fr/')) {
    for (const match of after[i].matchAll(/^msgid ((?:".*"\n)+)msgstr ""\n(?!")/gm)) problems.push(`${name}: no French for ${match[1].trim()}`);
    // A line must not begin with a colon.
    for (const [, text] of after[i].matchAll(/^msgstr "(.*(?:\S [:;?!»%]|« ).*)"$/gm)) problems.push(`${name}: a space that does not break belongs beside the mark in “${text}”`);
  }
});
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(`messages: ${files.length} catalogues match the sources`);
