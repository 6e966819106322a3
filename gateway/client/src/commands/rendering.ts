import { sha256Hex } from '@veinledger/domain';
import { type SealedAnnex, sealAnnex } from './annex.js';

/**
 * Commits to what a patient was shown before they consented, which may bear their name. The digest is the
 * `renderedCommitment` of `consent:GiveConsent`; the text is handed in nowhere: the patient keeps it, beside what was
 * shown, and opens the commitment by it.
 * @param rendered the bytes of what was shown
 */
export function sealRendering(rendered: Uint8Array): SealedAnnex {
  return sealAnnex({ sha256: sha256Hex(rendered), bytes: rendered.length });
}
