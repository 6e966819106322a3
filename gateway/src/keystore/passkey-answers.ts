import { base64urlToBytes } from '@veinledger/domain';
import { z } from 'zod';

const MAX_LENGTH = 8192;
const base64url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+={0,2}$/, 'base64url')
  .max(MAX_LENGTH);
const attachment = z.enum(['cross-platform', 'platform']);

const common = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.exactOptional(attachment),
  clientExtensionResults: z.looseObject({}),
};

/** What `navigator.credentials.get` gave a page, as `toJSON` writes it (Web Authentication, section 5.1.8). */
export const assertionSchema = z.strictObject({
  ...common,
  response: z.strictObject({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: z.exactOptional(base64url),
  }),
});

/** What `navigator.credentials.create` gave a page; members that are derived from others are not read. */
export const registrationSchema = z.strictObject({
  ...common,
  response: z.strictObject({
    clientDataJSON: base64url,
    attestationObject: base64url,
    authenticatorData: z.exactOptional(base64url),
    transports: z.exactOptional(
      z.array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])),
    ),
    publicKeyAlgorithm: z.exactOptional(z.int()),
    publicKey: z.exactOptional(base64url),
  }),
});

export type Assertion = z.infer<typeof assertionSchema>;
export type Registration = z.infer<typeof registrationSchema>;

const prfResults = z.looseObject({
  prf: z.looseObject({ results: z.looseObject({ first: base64url }) }),
});

/** The output of the PRF extension (Web Authentication, section 10.1.4); undefined when there is none of 32 bytes. */
export function prfOf({
  clientExtensionResults,
}: Pick<Assertion, 'clientExtensionResults'>): Uint8Array | undefined {
  const parsed = prfResults.safeParse(clientExtensionResults);
  if (!parsed.success) return undefined;
  const text = parsed.data.prf.results.first.replace(/=+$/, '');
  return text.length === PRF_TEXT_LENGTH ? base64urlToBytes(text, 'prf') : undefined;
}

/** 32 bytes in base64url. */
const PRF_TEXT_LENGTH = 43;

/** The challenge that an answer says it is to; undefined when it says none. */
export function challengeIn({ response }: Pick<Assertion | Registration, 'response'>): string {
  try {
    const text = Buffer.from(response.clientDataJSON, 'base64url').toString();
    return clientData.parse(JSON.parse(text)).challenge;
  } catch {
    return '';
  }
}

const clientData = z.looseObject({ challenge: z.string() });
