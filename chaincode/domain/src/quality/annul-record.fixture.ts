import { Things } from '../annulling/things.js';
import { COMMANDS } from '../catalogue.js';
import type { PermissionDecision } from '../commands/decision.js';
import { actor, COI, command, context, DIGEST, NOW, therapy } from '../example.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { Annulment } from '../nouns/annulment.js';
import type { Organisation } from '../nouns/organisation.js';
import type { CommandRecord } from '../nouns/record.js';
import type { Entity } from '../nouns/registry.js';
import type { Role } from '../values/roles.js';
import type { ReasonOfError } from '../values/words.js';
import { annulRecord, type AnnulState, decideAnnulRecord } from './annul-record.js';

const member = (id: string, ...grantable: Role[]): Organisation => ({
  noun: 'organisation',
  id,
  country: 'DE',
  grantable,
  registrars: [],
  standing: 'active',
});

/** A hospital without quality, and the laboratory whose quality decides in the example's therapy. */
export const HOSPITAL = member('HospitalMSP', 'nurse', 'clinician', 'pharmacist', 'collector');
export const LAB = member('LabMSP', 'operator', 'quality', 'release-person');

export const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
export const otherNurse = actor('hospital.nurse-2', 'HospitalMSP', 'nurse');
export const pharmacist = actor('hospital.pharmacist', 'HospitalMSP', 'pharmacist');
export const operator = actor('lab.operator', 'LabMSP', 'operator');
export const quality = actor('lab.quality', 'LabMSP', 'quality');
export const otherQuality = actor('lab.quality-2', 'LabMSP', 'quality');
export const releasePerson = actor('lab.release-person', 'LabMSP', 'release-person');

/** The command whose record was entered in error: things of the examples name it in their signatures. */
export const MISTAKEN = DIGEST;

/** The record of `by`'s command of a type. */
export function recordOf(
  type: string,
  by: Actor,
  rest: Partial<CommandRecord> = {},
): CommandRecord {
  return {
    noun: 'record',
    scope: { kind: 'therapy', id: COI },
    commandId: MISTAKEN,
    transactionId: 'a'.repeat(64),
    transactionTime: NOW,
    type,
    kind: 'fact',
    actor: by.id,
    organisation: by.organisation,
    at: NOW,
    lateEntry: false,
    decision: 'recorded',
    effect: 'taken',
    reasons: [],
    verdicts: [],
    deviations: [],
    changed: [],
    annex: {},
    ...rest,
  };
}

/** The type of command of that name. */
export const typeNamed = (name: string) => COMMANDS.find(({ type }) => type === name);

/** What is known when somebody signs for a record that nobody has signed for yet. */
export function signState(record: CommandRecord | undefined): AnnulState {
  const origin = record?.organisation === 'HospitalMSP' ? HOSPITAL : LAB;
  const decider = therapy().quality;
  const things = new Things([therapy()]);
  const known = { origin, decider, deciding: LAB, gone: false, slipHours: 24 };
  return { record, ...known, earlier: undefined, things };
}

/** What one person's signature makes of a record's annulment. */
export function sign(
  by: Actor,
  record: CommandRecord | undefined,
  things: readonly Entity[] = [],
  rest: Partial<AnnulState> = {},
  { transactionTime = NOW, reason = 'wrong-reference' }: SignedHow = {},
): PermissionDecision {
  const body = annulRecord.body.parse({ coi: COI, command: MISTAKEN, reason });
  return decideAnnulRecord(
    { ...signState(record), things: new Things([therapy(), ...things]), ...rest },
    command(by.id, body),
    context(by, { transactionTime, typeNamed }),
  );
}

export interface SignedHow {
  readonly transactionTime?: string;
  readonly reason?: ReasonOfError;
}

/** A slip of time. */
export const SLIP: SignedHow = { reason: 'wrong-time' };

/** The annulment as signed by these people, one after the other; the last one's decision. */
export function signAll(
  signers: readonly Actor[],
  record: CommandRecord,
  things: readonly Entity[] = [],
  how: SignedHow = {},
): PermissionDecision {
  let decision: PermissionDecision | undefined;
  let earlier: Annulment | undefined;
  for (const by of signers) {
    decision = sign(by, record, things, { earlier }, how);
    earlier = annulmentIn(decision);
  }
  if (!decision) throw new Error('nobody signed');
  return decision;
}

/** The annulment that a decision writes. */
export function annulmentIn(decision: PermissionDecision): Annulment | undefined {
  if (decision.decision === 'refused') return undefined;
  return decision.changes.find((each) => each.noun === 'annulment');
}

/** What a decision writes of a noun. */
export function written<N extends Entity['noun']>(decision: PermissionDecision, noun: N) {
  if (decision.decision === 'refused') throw new Error(JSON.stringify(decision.reasons));
  return decision.changes.filter(
    (each): each is Extract<Entity, { noun: N }> => each.noun === noun,
  );
}
