import type { Consent } from '../nouns/consent.js';
import type { WeighedConsent } from '../consent/weighed.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Capacity } from '../nouns/capacity.js';
import type { Annulment } from '../nouns/annulment.js';
import type { Denial } from '../nouns/denial.js';
import type { EmergencyAccess } from '../nouns/emergency-access.js';
import type { Hold } from '../nouns/hold.js';
import type { MissedSlot } from '../nouns/missed-slot.js';
import type { Organisation } from '../nouns/organisation.js';
import type { Outcome } from '../nouns/outcome.js';
import type { PartyChange } from '../nouns/party-change.js';
import type { Proxy } from '../nouns/proxy.js';
import type { ReportableEvent } from '../nouns/reportable-event.js';
import type { Entity, EntityOf, Noun } from '../nouns/registry.js';
import type { TokenReplacement } from '../nouns/token-replacement.js';
import type { Suspect } from '../registry/suspicion.js';

/** Everything that can wait in a therapy, and what tells who is asked. */
export interface Matters {
  readonly whole: WholeTherapy;
  readonly holds: readonly Hold[];
  readonly annulments: readonly Annulment[];
  readonly outcomes: readonly Outcome[];
  readonly partyChanges: readonly PartyChange[];
  readonly missedSlots: readonly MissedSlot[];
  readonly denials: readonly Denial[];
  readonly reportableEvents: readonly ReportableEvent[];
  readonly tokenReplacements: readonly TokenReplacement[];
  readonly emergencyAccesses: readonly EmergencyAccess[];
  /** the therapy's parties, as members */
  readonly parties: readonly Organisation[];
  /** MSP id of the hospital that enrolled the patient, who is known by it */
  readonly enrolledAt: string;
  /** MSP id of the hospital that has the patient in care */
  readonly hospital: string;
  /** whether it is a member that acts */
  readonly hospitalActs: boolean;
  /** left out for a reader who may not know them */
  readonly consents?: readonly WeighedConsent<Consent>[];
  /** who speaks in the patient's place; left out with them */
  readonly proxies?: readonly Proxy[];
  /** what was settled of the patient's capacity; left out with them */
  readonly capacities?: readonly Capacity[];
  /** what was signed with compromised keys and nobody confirmed */
  readonly suspects: readonly Suspect[];
  /** RFC 3339 */
  readonly at: string;
}

type OpenMatters = Pick<
  Matters,
  | 'holds'
  | 'annulments'
  | 'outcomes'
  | 'partyChanges'
  | 'missedSlots'
  | 'denials'
  | 'reportableEvents'
  | 'tokenReplacements'
  | 'emergencyAccesses'
>;

/** The matters among a therapy's entities. */
export function openMatters(entities: readonly Entity[]): OpenMatters {
  return {
    holds: of('hold', entities),
    annulments: of('annulment', entities),
    outcomes: of('outcome', entities),
    partyChanges: of('party-change', entities),
    missedSlots: of('missed-slot', entities),
    denials: of('denial', entities),
    reportableEvents: of('reportable-event', entities),
    tokenReplacements: of('token-replacement', entities),
    emergencyAccesses: of('emergency-access', entities),
  };
}

function of<N extends Noun>(noun: N, entities: readonly Entity[]): readonly EntityOf<N>[] {
  return entities.filter((each): each is EntityOf<N> => each.noun === noun);
}
