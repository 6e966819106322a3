import type { Reader } from '../commands/reader.js';
import { weighConsents } from '../consent/weigh-consents.js';
import { readWholeTherapy } from '../graph/whole-therapy.js';
import { findSuspects } from '../registry/suspects.js';
import type { Outlook } from './outlook.js';
import { outlookOf } from './outlook-of.js';
import { statementsOfTherapy } from './outlook-state.js';

/**
 * Reads what the gates read, and tells what they would say: the therapy in one range, the patient's consents, and by point
 * reads whoever signed.
 * @param at RFC 3339
 * @throws VeinledgerError UNKNOWN_COI, UNKNOWN_PROCESS, RANGE_CUT, TOO_MANY_READS
 */
export async function readOutlook(reader: Reader, coi: string, at: string): Promise<Outlook> {
  const whole = await readWholeTherapy(reader, coi);
  const consents = await weighConsents(reader, whole.therapy.patient);
  const suspects = await findSuspects(reader, coi, statementsOfTherapy(whole));
  const members = await Promise.all(
    whole.therapy.parties.map((id) => reader.get('organisation', { id })),
  );
  const parties = members.filter((each) => each !== undefined);
  return outlookOf({ whole, consents, suspects, parties, at });
}
