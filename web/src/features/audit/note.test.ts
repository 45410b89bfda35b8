import { expect, it } from 'vitest';
import { headOf } from './note';

it('reads how many entries a head covers and who signed it', () => {
  const text = 'etalon/acme\n42\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\u2014 etalon/acme Az3grl==\n\u2014 witness.example.org Zm9v==\n';
  expect(headOf(text)).toEqual({ size: 42, signers: ['etalon/acme', 'witness.example.org'] });
  expect(headOf('nothing of that sort')).toBeNull();
});
