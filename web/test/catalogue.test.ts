import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** Attributes whose text a person reads or hears. */
const READ = new Set(['label', 'title', 'placeholder', 'alt', 'aria-label', 'aria-description', 'aria-valuetext', 'description', 'subtitle', 'hint', 'error']);
/** Elements of the message macros: their text goes to the catalogue. */
const MACROS = new Set(['Trans', 'Plural', 'Select', 'SelectOrdinal']);
/** Names and terms that are the same in every language. */
const UNIVERSAL = new Set(['Etalon', 'SHA-256', 'CC0-1.0', 'CSV', 'medical-doctor', '…']);
const ADDRESS = /^(https:\/\/)?[a-z.]+\.example\.org|^(https:\/\/)?example\.org/;

const hasWords = (text: string) => /\p{L}{2,}/u.test(text) && !UNIVERSAL.has(text.trim()) && !ADDRESS.test(text);

/** The texts in a source that a person would read and no catalogue holds. */
export function strayTexts(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const report = (node: ts.Node, text: string) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${name}:${line + 1}: ${text.trim()}`);
  };
  const visit = (node: ts.Node) => {
    if (ts.isJsxElement(node) && MACROS.has(node.openingElement.tagName.getText())) return;
    if (ts.isJsxText(node) && hasWords(node.text)) report(node, node.text);
    if (ts.isJsxExpression(node) && node.expression && ts.isStringLiteralLike(node.expression) && ts.isJsxElement(node.parent) && hasWords(node.expression.text)) {
      report(node, node.expression.text);
    }
    if (ts.isJsxAttribute(node) && READ.has(node.name.getText()) && node.initializer) {
      const value = ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (value && ts.isStringLiteralLike(value) && hasWords(value.text)) report(node, value.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : path.endsWith('.tsx') ? [path] : [];
  });
}

it('keeps every text that a person reads in the catalogue', () => {
  const files = sources('src');
  expect(files.length).toBeGreaterThan(40);
  expect(files.flatMap((file) => strayTexts(file, readFileSync(file, 'utf8')))).toEqual([]);
});

it('sees a stray text wherever it hides', () => {
  const stray = '<p title="Hello there">Some words{"more words"}<Trans>fine</Trans><img alt={`A cat`} /></p>';
  expect(strayTexts('x.tsx', stray)).toHaveLength(4);
});

it('holds files to 500 lines', () => {
  const long = sources('src').filter((file) => readFileSync(file, 'utf8').split('\n').length > 500);
  expect(long).toEqual([]);
});
