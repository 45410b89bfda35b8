import { readFileSync } from 'node:fs';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { expect, it } from 'vitest';

it('has types made from the description that is checked in: if not, run "npm run api"', async () => {
  const made = await openapiTS(new URL(`file://${process.cwd()}/openapi.json`), { immutable: true });
  expect(readFileSync('src/api/schema.d.ts', 'utf8')).toBe(`${COMMENT_HEADER}${astToString(made)}`);
}, 20_000);
