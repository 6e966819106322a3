import type { Entity } from '@veinledger/domain/nouns/entity';
import type { Scope } from '@veinledger/domain/commands/command';
import { VeinledgerError } from '@veinledger/domain/errors/errors';
import type { SubjectRef } from '@veinledger/domain/nouns/subject';

/** The parts of a composite key: an object type, then its attributes. */
export type KeyParts = readonly [string, ...string[]];

const SEPARATOR = '\u0000';

/** The first parts of all keys: whoever lists each of them has listed the state. */
export const OBJECT_TYPES = [
  'actor',
  'agreed-process',
  'command',
  'consortium',
  'former-keys',
  'item-index',
  'lot',
  'lot-use',
  'organisation',
  'patient',
  'process',
  'proposal',
  'reenrolment',
  'run',
  'run-use',
  'session',
  'signature',
  'therapy',
] as const;

/** Fabric's ranges over the keys with a prefix end with it. */
const LAST_CHARACTER = '\u{10FFFF}';

/**
 * Fabric's composite key: a zero byte, then each part ended by a zero byte, so that a prefix of parts is a
 * prefix of the text.
 * @throws VeinledgerError SCHEMA_VIOLATION for a part with a character that Fabric reserves: it would be two parts
 */
export function compositeKey(parts: KeyParts): string {
  const wrong = parts.find((part) => part.includes(SEPARATOR) || part.includes(LAST_CHARACTER));
  if (wrong !== undefined) {
    throw new VeinledgerError('SCHEMA_VIOLATION', 'no key has such a part', {
      field: 'key',
      expected: 'a text without U+0000 and U+10FFFF',
      found: JSON.stringify(wrong).slice(0, 80),
    });
  }
  return `${SEPARATOR}${parts.join(SEPARATOR)}${SEPARATOR}`;
}

/** Where each entity lies. Every key of the ledger's state is built in this file. */
export function keyOf(entity: Entity): KeyParts {
  switch (entity.noun) {
    case 'root':
      return keys.root();
    case 'governance':
      return keys.governance();
    case 'proposal':
      return keys.proposal(entity.id);
    case 'agreed-process':
      return keys.agreedProcess(entity.id, entity.version);
    case 'organisation':
      return keys.organisation(entity.id);
    case 'actor':
      return keys.actor(entity.id);
    case 'former-keys':
      return keys.formerKeys(entity.actor, entity.kid);
    case 'reenrolment':
      return keys.reenrolment(entity.patient);
    case 'session':
      return keys.session(entity.device);
    case 'process':
      return keys.process(entity.id, entity.version);
    case 'therapy':
      return keys.therapy(entity.coi);
    case 'item':
      return keys.item(entity.coi, entity.id);
    case 'item-index':
      return keys.itemIndex(entity.id);
    case 'step':
      return keys.step(entity.coi, entity.step, entity.attempt);
    case 'lot':
      return keys.lot(entity.id);
    case 'run':
      return keys.run(entity.id);
    case 'lot-use':
    case 'run-use':
      return [entity.noun, entity.of, entity.coi, entity.step, attemptPart(entity.attempt)];
    case 'deviation':
      return keys.deviation(entity.scope, entity.id);
    case 'consent':
      return keys.consent(entity.patient, entity.purpose, entity.id);
    case 'consent-use':
      return [
        ...ranges.consentUses(entity.patient, entity.purpose, entity.consent),
        entity.command,
      ];
    case 'dose-line':
      return keys.doseLine(entity.coi, entity.number);
    case 'record':
      return keys.record(entity.scope, entity.transactionTime, entity.commandId);
    case 'command':
      return keys.command(entity.commandId);
    case 'signature':
      return ['signature', entity.actor, entity.transactionTime, entity.commandId];
    default:
      return ['therapy', entity.coi, entity.noun, entity.id];
  }
}

/** The keys of what decisions ask for. */
export const keys = {
  root: (): KeyParts => ['consortium', 'root'],
  governance: (): KeyParts => ['consortium', 'governance'],
  proposal: (id: string): KeyParts => ['proposal', id],
  agreedProcess: (id: string, version: string): KeyParts => ['agreed-process', id, version],
  organisation: (id: string): KeyParts => ['organisation', id],
  actor: (id: string): KeyParts => ['actor', id],
  formerKeys: (actor: string, kid: string): KeyParts => ['former-keys', actor, kid],
  reenrolment: (patient: string): KeyParts => ['reenrolment', patient],
  session: (device: string): KeyParts => ['session', device],
  process: (id: string, version: string): KeyParts => ['process', id, version],
  therapy: (coi: string): KeyParts => ['therapy', coi, 'therapy'],
  item: (coi: string, id: string): KeyParts => ['therapy', coi, 'item', id],
  itemIndex: (id: string): KeyParts => ['item-index', id],
  step: (coi: string, step: string, attempt: number): KeyParts => [
    'therapy',
    coi,
    'step',
    step,
    attemptPart(attempt),
  ],
  ofTherapy: (coi: string, noun: TherapyNoun, id: string): KeyParts => ['therapy', coi, noun, id],
  doseLine: (coi: string, number: number): KeyParts => [
    'therapy',
    coi,
    'dose-line',
    attemptPart(number),
  ],
  lot: (id: string): KeyParts => ['lot', id, 'lot'],
  run: (id: string): KeyParts => ['run', id, 'run'],
  deviation: (
    scope: Scope | { readonly kind: string; readonly id: string },
    id: string,
  ): KeyParts => [scope.kind, scope.id, 'deviation', id],
  consent: (patient: string, purpose: string, id: string): KeyParts => [
    'patient',
    patient,
    'consent',
    purpose,
    id,
  ],
  record: (scope: Scope, transactionTime: string, commandId: string): KeyParts => [
    scope.kind,
    scope.id,
    'record',
    transactionTime,
    commandId,
  ],
  command: (commandId: string): KeyParts => ['command', commandId],
} as const;

/** The prefixes of what is read as a range. */
export const ranges = {
  therapy: (coi: string): KeyParts => ['therapy', coi],
  consents: (patient: string): KeyParts => ['patient', patient, 'consent'],
  consentsFor: (patient: string, purpose: string): KeyParts => [
    'patient',
    patient,
    'consent',
    purpose,
  ],
  consentUses: (patient: string, purpose: string, consent: string): KeyParts => [
    'patient',
    patient,
    'consent-use',
    purpose,
    consent,
  ],
  formerKeys: (actor: string): KeyParts => ['former-keys', actor],
  signatures: (actor: string): KeyParts => ['signature', actor],
  organisations: (): KeyParts => ['organisation'],
  proposals: (): KeyParts => ['proposal'],
  lotUses: (lot: string): KeyParts => ['lot-use', lot],
  runUses: (run: string): KeyParts => ['run-use', run],
} as const;

type TherapyNoun =
  | 'hand-off'
  | 'dataset'
  | 'design'
  | 'batch'
  | 'hold'
  | 'confirmation'
  | 'verification'
  | 'dose'
  | 'outcome';

/** The key of what a deviation or a hold is about. */
export function keyOfSubject(ref: SubjectRef): KeyParts {
  switch (ref.kind) {
    case 'therapy':
      return keys.therapy(ref.coi);
    case 'item':
      return keys.item(ref.coi, ref.id);
    case 'step':
      return keys.step(ref.coi, ref.id, ref.attempt);
    default:
      return keys.ofTherapy(ref.coi, ref.kind, ref.id);
  }
}

function attemptPart(attempt: number): string {
  return String(attempt).padStart(2, '0');
}
