import { coi, digest, instant } from '@veinledger/chaincode/domain';
import { z } from 'zod';

/** The file that names every other file of an export. */
export const MANIFEST = 'manifest.json';

const relativePath = z.string().regex(/^[a-z]+\/[A-Za-z0-9._-]+\.json$/);

/** What an export consists of. */
export const manifest = z.strictObject({
  v: z.literal(1),
  network: digest,
  coi,
  exportedAt: instant,
  exportedBy: z.string(),
  /** in the order of the trace */
  commands: z.array(
    z.strictObject({
      id: digest,
      type: z.string(),
      actor: z.string(),
      /** General JWS (RFC 7515 section 7.2.1) */
      jws: relativePath,
      receipt: relativePath,
      /** JWK set (RFC 7517 section 5) of the actor's two public keys */
      keys: relativePath,
    }),
  ),
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
