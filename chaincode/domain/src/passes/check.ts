import { z } from 'zod';
import { canonicalise } from '../encoding/codec.js';
import { VeinledgerError } from '../errors/errors.js';
import { parseClosed } from '../errors/schema.js';
import type { ReadOnly } from '../nouns/noun.js';
import { parseJws, type ParsedJws, verifyJws } from '../signing/jws.js';
import { JWS_ALGORITHMS, type JwsAlgorithm } from '../signing/jws-text.js';
import { publicKeysSchema } from '../signing/keys.js';
import type { Verifier } from '../signing/verifier.js';
import { actorId, digest, instant, organisationId } from '../values/identifiers.js';
import { isBefore, milliseconds } from '../values/time.js';
import { type PassStatement, passStatementSchema } from './statement.js';

/** What the protected headers of a pass say that it is. */
export const PASS_TYPE = 'vnd.veinledger.pass+jws';

/** The one algorithm whose signature has room in a printed code. */
const PRINTED: readonly JwsAlgorithm[] = ['EdDSA'];

/** Whose passes count where no ledger can be asked: written while it could be. */
export const passIssuersSchema = z.strictObject({
  v: z.literal(1),
  network: digest,
  /** when the ledger named them; who was revoked since is among them still */
  asOf: instant,
  issuers: z
    .array(z.strictObject({ actor: actorId, organisation: organisationId, keys: publicKeysSchema }))
    .max(10_000),
});

export interface PassIssuers extends ReadOnly<z.infer<typeof passIssuersSchema>> {}

/** Who and what is before whoever checks a pass. */
export interface BeforeUs {
  readonly patient: string;
  /** the number on its label */
  readonly item: string;
  /** RFC 3339, by the checker's own clock */
  readonly at: string;
}

export const PASS_FINDINGS = [
  'PASS_UNREADABLE',
  'PASS_ALTERED',
  'ISSUER_NOT_KNOWN',
  'OTHER_NETWORK',
  'OTHER_PATIENT',
  'OTHER_ITEM',
  'LABEL_MISMATCH',
  'NOT_YET_VALID',
  'PASS_EXPIRED',
] as const;

/** Why a pass does not count here. */
export interface PassFinding {
  readonly code: (typeof PASS_FINDINGS)[number];
  readonly expected: string;
  readonly found: string;
}

/** What a check without a network comes to: the pass counts where nothing is found. */
export interface PassCheck {
  /** what it says, where it is what its issuer signed */
  readonly statement?: PassStatement;
  readonly findings: readonly PassFinding[];
}

/**
 * Checks a dose pass without a network (A11): that one of the known issuers signed it as it stands, that it counts now, and
 * that it is of the patient and the item at hand. Whether it was used before only the ledger can tell, at the late entry.
 * @param text what a scanner read from the printed code, or a file of the pass with both signatures
 */
export async function checkPass(
  text: string,
  issuers: PassIssuers,
  before: BeforeUs,
  verifier: Verifier,
): Promise<PassCheck> {
  let read: { readonly parsed: ParsedJws; readonly statement: PassStatement };
  try {
    read = readPass(text.trim());
  } catch (error) {
    if (!(error instanceof VeinledgerError)) throw error;
    return found('PASS_UNREADABLE', 'a dose pass', error.message);
  }
  const { parsed, statement } = read;
  const issuer = issuers.issuers.find(({ actor }) => actor === statement.issuer);
  if (!issuer) {
    return found('ISSUER_NOT_KNOWN', `somebody known as of ${issuers.asOf}`, statement.issuer);
  }
  try {
    await verifyJws(parsed, issuer.keys, verifier);
  } catch (error) {
    if (!(error instanceof VeinledgerError)) throw error;
    return found('PASS_ALTERED', `what ${statement.issuer} signed`, error.message);
  }
  return { statement, findings: findingsOf(statement, issuers, before) };
}

function findingsOf(
  { network, patient, item, label = item, issued, until }: PassStatement,
  issuers: PassIssuers,
  before: BeforeUs,
): readonly PassFinding[] {
  const findings: PassFinding[] = [];
  const differs = (code: PassFinding['code'], expected: string, of: string) => {
    if (expected !== of) findings.push({ code, expected, found: of });
  };
  differs('OTHER_NETWORK', issuers.network, network);
  differs('OTHER_PATIENT', before.patient, patient);
  // what is read may be what it bore before it was relabelled
  differs(before.item === item ? 'LABEL_MISMATCH' : 'OTHER_ITEM', before.item, label);
  if (isBefore(before.at, issued)) {
    findings.push({ code: 'NOT_YET_VALID', expected: `from ${issued} on`, found: before.at });
  }
  if (milliseconds(before.at) > milliseconds(until)) {
    findings.push({ code: 'PASS_EXPIRED', expected: `until ${until}`, found: before.at });
  }
  return findings;
}

function found(code: PassFinding['code'], expected: string, what: string): PassCheck {
  return { findings: [{ code, expected, found: what }] };
}

/** A General JWS with one signature. */
const onceSigned = z.strictObject({
  payload: z.string(),
  signatures: z.tuple([z.strictObject({ protected: z.string(), signature: z.string() })]),
});

/** A file is a General JWS by both algorithms, a printed code a compact one (RFC 7515 section 7.1) by Ed25519 alone. */
function readPass(text: string) {
  const parsed = text.startsWith('{')
    ? parseJws(text, PASS_TYPE, JWS_ALGORITHMS)
    : parseJws(generalOf(text), PASS_TYPE, PRINTED);
  return { parsed, statement: parseClosed(passStatementSchema, parsed.payload, 'pass') };
}

function generalOf(text: string): string {
  const [header, payload, signature, ...rest] = text.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    throw new VeinledgerError('MALFORMED_JWS', 'the code is no pass', {
      field: 'pass',
      expected: 'three parts, with points between them',
      found: `${text.split('.').length}`,
    });
  }
  return canonicalise({ payload, signatures: [{ protected: header, signature }] });
}

/**
 * What a printed code holds of a pass that its issuer signed by Ed25519 alone: the compact serialisation (RFC 7515 section
 * 7.1). A signature by ML-DSA-65 has 3309 bytes and no room in one code.
 * @param jws General JWS
 * @throws VeinledgerError MALFORMED_JWS and the like for what is none
 */
export function printedPass(jws: string): string {
  parseJws(jws, PASS_TYPE, PRINTED);
  const { payload, signatures } = onceSigned.parse(JSON.parse(jws));
  const [{ protected: header, signature }] = signatures;
  return `${header}.${payload}.${signature}`;
}
