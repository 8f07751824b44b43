/** Passkeys between the browser, which speaks in bytes, and the server, which speaks JSON. Source: W3C Web Authentication 3, 5.1.8–5.1.10. */
import { Problem } from '@/shared/api/problem'
import { t } from '@/shared/i18n/t'

type Json = Record<string, unknown>
interface Described {
  id: string
}

export const knowsPasskeys = () => typeof globalThis.PublicKeyCredential === 'function'

/** Ask the device to prove itself. Throws Problem when nobody does. */
export async function showPasskey(options: Json, signal?: AbortSignal): Promise<Json> {
  const publicKey = {
    ...options,
    challenge: bytes(options['challenge']),
    allowCredentials: described(options['allowCredentials']),
  } as PublicKeyCredentialRequestOptions
  const found = await asked(() => navigator.credentials.get({ publicKey, ...(signal !== undefined && { signal }) }))
  const { authenticatorData, clientDataJSON, signature, userHandle } = found.response as AuthenticatorAssertionResponse
  return told(found, {
    authenticatorData: text(authenticatorData),
    clientDataJSON: text(clientDataJSON),
    signature: text(signature),
    ...(userHandle !== null && { userHandle: text(userHandle) }),
  })
}

/** Have the device make one. Throws Problem when it does not. */
export async function makePasskey(options: Json): Promise<Json> {
  const user = options['user'] as Json
  const publicKey = {
    ...options,
    challenge: bytes(options['challenge']),
    user: { ...user, id: bytes(user['id']) },
    excludeCredentials: described(options['excludeCredentials']),
  } as unknown as PublicKeyCredentialCreationOptions
  const made = await asked(() => navigator.credentials.create({ publicKey }))
  const response = made.response as AuthenticatorAttestationResponse
  return told(made, {
    attestationObject: text(response.attestationObject),
    clientDataJSON: text(response.clientDataJSON),
    transports: response.getTransports(),
  })
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  const found = await ask().catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'InvalidStateError') {
      throw new Problem(0, 'passkey_there', t('This device has a passkey for Serai already.'))
    }
    throw new Problem(0, 'passkey_cancelled', t('The passkey was not used. Try again, or use another way.'))
  })
  if (!(found instanceof PublicKeyCredential)) throw new Problem(0, 'passkey_cancelled', t('There is no passkey here.'))
  return found
}

const told = ({ id, type }: PublicKeyCredential, response: Json): Json => ({ id, rawId: id, type, response })

function described(list: unknown): { id: ArrayBuffer }[] {
  return ((list ?? []) as Described[]).map((each) => ({ ...each, id: bytes(each.id) }))
}

function bytes(value: unknown): ArrayBuffer {
  const plain = atob(String(value).replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (letter) => letter.codePointAt(0) ?? 0).buffer
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCodePoint(...new Uint8Array(buffer))
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
