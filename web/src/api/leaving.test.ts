import { beforeEach, expect, test } from 'vitest';
import { forgetContent, LAST_CLIENT, MERGES } from './leaving';

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

test('signing out takes content out of the stores and leaves how a person likes to work', () => {
  sessionStorage.setItem(`${MERGES}1`, '{"shapes":[]}');
  sessionStorage.setItem('other', 'x');
  localStorage.setItem(LAST_CLIENT, 'mint');
  localStorage.setItem('etalon.keys', '{}');
  forgetContent();
  expect(Object.keys(sessionStorage)).toEqual(['other']);
  expect(Object.keys(localStorage)).toEqual(['etalon.keys']);
});
