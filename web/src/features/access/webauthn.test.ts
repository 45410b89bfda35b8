import { describe, expect, it } from 'vitest';
import { base64UrlFromBytes, bytesFromBase64Url, creationOptions, requestOptions } from './webauthn';

describe('webauthn', () => {
  it('reads back every byte that it writes, without padding or unsafe letters', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
    const text = base64UrlFromBytes(bytes.buffer);
    expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
    expect([...bytesFromBase64Url(text)]).toEqual([...bytes]);
  });

  it('turns the texts of creation options into bytes and keeps the rest', () => {
    const options = creationOptions({
      challenge: 'AQID',
      rp: { name: 'Etalon' },
      user: { id: '_-8', name: 'ada', displayName: 'Ada' },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      excludeCredentials: [{ id: 'BAU', type: 'public-key', transports: ['usb'] }],
    });
    expect([...(options.challenge as Uint8Array)]).toEqual([1, 2, 3]);
    expect([...(options.user.id as Uint8Array)]).toEqual([0xff, 0xef]);
    expect(options.excludeCredentials?.[0]).toMatchObject({ transports: ['usb'] });
    expect(options.pubKeyCredParams).toEqual([{ type: 'public-key', alg: -7 }]);
  });

  it('asks for any passkey when the server names none', () => {
    expect(requestOptions({ challenge: 'AA' }).allowCredentials).toEqual([]);
  });
});
