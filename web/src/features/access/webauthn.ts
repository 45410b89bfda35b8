import { api } from '@/api/client';
import type { Passkey, Session } from '@/api/types';

/**
 * Passkeys over the JSON forms of WebAuthn Level 3 (section 5.1.9-10). Converted here, because the browsers' own
 * `parseCreationOptionsFromJSON` and `toJSON` are younger than the browsers we serve.
 */

export function bytesFromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

export function base64UrlFromBytes(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

interface DescriptorJson {
  id: string;
  type: PublicKeyCredentialType;
  transports?: AuthenticatorTransport[];
}

export interface CreationOptionsJson
  extends Omit<PublicKeyCredentialCreationOptions, 'challenge' | 'user' | 'excludeCredentials' | 'extensions'> {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  excludeCredentials?: DescriptorJson[];
  extensions?: AuthenticationExtensionsClientInputs;
}

export interface RequestOptionsJson
  extends Omit<PublicKeyCredentialRequestOptions, 'challenge' | 'allowCredentials' | 'extensions'> {
  challenge: string;
  allowCredentials?: DescriptorJson[];
  extensions?: AuthenticationExtensionsClientInputs;
}

const descriptors = (list: DescriptorJson[] | undefined): PublicKeyCredentialDescriptor[] =>
  (list ?? []).map((descriptor) => ({ ...descriptor, id: bytesFromBase64Url(descriptor.id) }));

export function creationOptions(json: CreationOptionsJson): PublicKeyCredentialCreationOptions {
  return {
    ...json,
    challenge: bytesFromBase64Url(json.challenge),
    user: { ...json.user, id: bytesFromBase64Url(json.user.id) },
    excludeCredentials: descriptors(json.excludeCredentials),
  };
}

export function requestOptions(json: RequestOptionsJson): PublicKeyCredentialRequestOptions {
  return { ...json, challenge: bytesFromBase64Url(json.challenge), allowCredentials: descriptors(json.allowCredentials) };
}

function envelope(credential: PublicKeyCredential, response: Record<string, unknown>) {
  return {
    id: credential.id,
    rawId: base64UrlFromBytes(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

export function attestationJson(credential: PublicKeyCredential) {
  const response = credential.response as AuthenticatorAttestationResponse;
  return envelope(credential, {
    clientDataJSON: base64UrlFromBytes(response.clientDataJSON),
    attestationObject: base64UrlFromBytes(response.attestationObject),
    transports: response.getTransports(),
  });
}

export function assertionJson(credential: PublicKeyCredential) {
  const response = credential.response as AuthenticatorAssertionResponse;
  return envelope(credential, {
    clientDataJSON: base64UrlFromBytes(response.clientDataJSON),
    authenticatorData: base64UrlFromBytes(response.authenticatorData),
    signature: base64UrlFromBytes(response.signature),
    ...(response.userHandle ? { userHandle: base64UrlFromBytes(response.userHandle) } : {}),
  });
}

/** True where the browser can hold passkeys: not on plain http, except localhost. */
export function passkeysWork(): boolean {
  return window.isSecureContext && 'PublicKeyCredential' in window && 'credentials' in navigator;
}

/** True when the person closed the browser's dialogue: no failure worth a banner. */
export function wasDismissed(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}

/** Asks the device for a new passkey and registers it. Rejects with a DOMException when the person says no. */
export async function registerPasskey(label: string): Promise<Passkey> {
  const publicKey = creationOptions(await api.post<CreationOptionsJson>('/me/passkeys/options'));
  const credential = await navigator.credentials.create({ publicKey });
  return api.post<Passkey>('/me/passkeys', { label, credential: attestationJson(credential as PublicKeyCredential) });
}

/** Signs in with a passkey that the device offers. */
export async function signInWithPasskey(): Promise<Session> {
  const publicKey = requestOptions(await api.post<RequestOptionsJson>('/session/passkey/options'));
  const credential = await navigator.credentials.get({ publicKey });
  return api.post<Session>('/session/passkey', { credential: assertionJson(credential as PublicKeyCredential) });
}
