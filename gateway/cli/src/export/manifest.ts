import { coi, digest, instant } from '@veinledger/domain';
import { z } from 'zod';

/** The file that names every other file of an export. */
export const MANIFEST = 'manifest.json';

const relativePath = z.string().regex(/^[a-z]+\/[A-Za-z0-9._-]+\.json$/);

/** A command of an export, and where it is said to stand. */
const exported = z.strictObject({
  id: digest,
  type: z.string(),
  actor: z.string(),
  block: z.int().min(0),
  /** its transaction's place in the block, from 0 */
  index: z.int().min(0),
  /** General JWS (RFC 7515 section 7.2.1) */
  jws: relativePath,
  receipt: relativePath,
  /**
   * JWK set (RFC 7517 section 5) of the two public keys that the actor had then, for whoever checks by a library of
   * their own; left out where the export cannot show who enrolled them
   */
  keys: z.exactOptional(relativePath),
});

/** What an export consists of. */
export const manifest = z.strictObject({
  v: z.literal(3),
  network: digest,
  coi,
  exportedAt: instant,
  exportedBy: z.string(),
  /** the therapy's own, in the order of the ledger */
  commands: z.array(exported).min(1),
  /** what they rest on: founding, admissions, enrolments, keys, processes, consents, lots, runs; in the same order */
  evidence: z.array(exported),
  files: z.array(
    z.strictObject({
      path: relativePath,
      bytes: z.int().min(1),
      /** hexadecimal, as sha256sum prints it */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});

export type Manifest = z.infer<typeof manifest>;
export type ExportedCommand = z.infer<typeof exported>;

/** Orders what stands in blocks. */
export function byPlace(
  left: { readonly block: number; readonly index: number },
  right: { readonly block: number; readonly index: number },
): number {
  return left.block - right.block || left.index - right.index;
}
