import { describe, expect, test } from '@jest/globals';
import { ChaincodeStub } from 'fabric-shim';
import { type Entity, keyFor, keyOf, type Noun, OBJECT_TYPES, refOf } from '@veinledger/domain';
import { COI, DIGEST, din, item, NOW, therapy } from '#domain/example.fixture';
import { compositeKey } from './composite-key.js';
import { EXAMPLES, LOT } from './every-noun.fixture.js';
import { MapStore } from './map-store.fixture.js';
import { StateReader } from './reader.js';

/** The key as the peer's own library makes it, which needs no connection for that. */
const createCompositeKey = (type: string, attributes: string[]): string =>
  ChaincodeStub.prototype.createCompositeKey.call(
    { validateCompositeKeyAttribute },
    type,
    attributes,
  );

function validateCompositeKeyAttribute(attribute: unknown): void {
  if (typeof attribute !== 'string') throw new Error('a part of a key is text');
}

/** Where one of each noun lies, part by part. */
const LAYOUT: Readonly<Record<Noun, string>> = {
  root: 'consortium|root',
  governance: 'consortium|governance',
  organisation: 'organisation|LabMSP',
  proposal: 'proposal|same',
  'agreed-process': 'agreed-process|example|1.0',
  actor: 'actor|lab.technician',
  'former-keys': `former-keys|lab.technician|${DIGEST}`,
  'key-holder': `key-holder|${DIGEST}`,
  'person-key': 'consortium|person-key',
  'key-share': 'key-share|a',
  'natural-person': `natural-person|${DIGEST}`,
  reenrolment: 'reenrolment|patient-1',
  session: 'session|same',
  rota: 'rota|LabMSP|lab',
  training: 'training|lab.technician|example|1.0|only',
  process: 'process|example|1.0',
  therapy: `therapy|${COI}|therapy`,
  '~end': `therapy|${COI}|~end`,
  item: `therapy|${COI}|item|${din(1)}`,
  'item-index': `item-index|${din(1)}`,
  step: `therapy|${COI}|step|same|01`,
  lot: `lot|${LOT}|lot`,
  run: 'run|same|run',
  'lot-use': `lot-use|${LOT}|${COI}|fill|01`,
  'run-use': `run-use|${LOT}|${COI}|fill|01`,
  deviation: `therapy|${COI}|deviation|same`,
  alarm: `therapy|${COI}|alarm|item same|PayerMSP`,
  annulment: `therapy|${COI}|annulment|${DIGEST}`,
  consent: 'patient|patient-1|consent|TREATMENT_MANUFACTURE|same',
  'purpose-consents': 'patient|patient-1|purpose-consents|TREATMENT_MANUFACTURE',
  'consent-use': `patient|patient-1|consent-use|TREATMENT_MANUFACTURE|same|${DIGEST}`,
  'form-amendment': 'form-amendment|LabMSP|information|same',
  'patient-links': 'patient|patient-1|patient-links',
  capacity: 'patient|patient-1|capacity|same',
  'pressure-report': 'patient|patient-1|pressure-report|same',
  proxy: 'patient|patient-1|proxy|same',
  'dose-line': `therapy|${COI}|dose-line|01`,
  record: `record|therapy|${COI}|${NOW}|same`,
  command: 'command|same',
  signature: `signature|a|${NOW}|same`,
  'hand-off': `therapy|${COI}|hand-off|same`,
  readings: `therapy|${COI}|readings|same`,
  dataset: `therapy|${COI}|dataset|same`,
  design: `therapy|${COI}|design|same`,
  batch: `therapy|${COI}|batch|same`,
  investigation: `therapy|${COI}|investigation|same`,
  'missed-slot': `therapy|${COI}|missed-slot|same`,
  denial: `therapy|${COI}|denial|same`,
  'party-change': `therapy|${COI}|party-change|same`,
  hold: `therapy|${COI}|hold|same`,
  'early-recall': `therapy|${COI}|early-recall|batch same|LabMSP`,
  'recall-decision': `therapy|${COI}|recall-decision|same|same|01`,
  alert: `therapy|${COI}|alert|same`,
  confirmation: `therapy|${COI}|confirmation|same`,
  verification: `therapy|${COI}|verification|same`,
  dose: `therapy|${COI}|dose|same`,
  exception: `therapy|${COI}|exception|same`,
  'dose-pass': `therapy|${COI}|dose-pass|same`,
  override: `therapy|${COI}|override|same`,
  decision: `therapy|${COI}|decision|same`,
  outcome: `therapy|${COI}|outcome|same`,
  'adverse-event': `therapy|${COI}|adverse-event|same`,
  'transit-event': `therapy|${COI}|transit-event|same`,
  'reportable-event': `therapy|${COI}|reportable-event|same`,
  inspection: `therapy|${COI}|inspection|same`,
  'token-replacement': `therapy|${COI}|token-replacement|same`,
  'emergency-access': `therapy|${COI}|emergency-access|same`,
};

const ENTITIES: readonly Entity[] = Object.values(EXAMPLES);

describe('the keys of the state', () => {
  test('differ for different nouns, even where their ids are the same', () => {
    const found = ENTITIES.map((entity) => compositeKey(keyOf(entity)));
    expect(new Set(found).size).toBe(ENTITIES.length);
  });

  test('lie at the same places in every member’s state', () => {
    const parts = Object.entries(EXAMPLES).map(([noun, entity]) => [noun, keyOf(entity).join('|')]);
    expect(Object.fromEntries(parts)).toEqual(LAYOUT);
  });

  test('begin with an object type that is listed, so that a listing of each is the whole state', () => {
    const types = Object.values(EXAMPLES).map((entity) => keyOf(entity)[0]);
    expect(new Set([...types, 'patient', 'run'])).toEqual(new Set(OBJECT_TYPES));
  });

  test('are no prefix of each other’s, so that a range of one thing holds no other', () => {
    const found = ENTITIES.map((entity) => compositeKey(keyOf(entity))).sort();
    const nested = found.filter((key, at) => at > 0 && key.startsWith(found[at - 1] ?? ''));
    expect(nested).toEqual([]);
  });

  test.each(ENTITIES.map((entity) => [entity.noun, keyOf(entity)] as const))(
    'of a %s are what Fabric’s createCompositeKey makes',
    (_noun, [type, ...attributes]) => {
      expect(compositeKey([type, ...attributes])).toBe(createCompositeKey(type, attributes));
    },
  );

  test('of all that belongs to a therapy lie under its chain of identity', () => {
    const own = ['therapy', 'item', 'hand-off', 'readings', 'step', 'dataset', 'design', 'batch'];
    const more = [
      'alert',
      'early-recall',
      'recall-decision',
      'deviation',
      'alarm',
      'annulment',
      'investigation',
      'party-change',
      'missed-slot',
      'denial',
      'hold',
      'confirmation',
      'verification',
      'dose',
      'dose-line',
      'override',
      'decision',
      'dose-pass',
      'exception',
      'outcome',
      'adverse-event',
      'reportable-event',
      'inspection',
      'token-replacement',
      'emergency-access',
      'transit-event',
      '~end',
    ];
    const prefix = compositeKey(['therapy', COI]);
    const under = ENTITIES.filter((entity) => compositeKey(keyOf(entity)).startsWith(prefix));
    expect(under.map(({ noun }) => noun).sort()).toEqual([...own, ...more].sort());
    const inOrder = under.map((entity) => compositeKey(keyOf(entity))).sort();
    expect(inOrder.at(-1)).toBe(compositeKey(['therapy', COI, '~end']));
  });

  test('put the tenth attempt after the ninth', () => {
    const attempts = [10, 9, 1, 99].map((number) =>
      compositeKey(keyFor('step', { coi: COI, step: 'calling', attempt: number })),
    );
    expect([...attempts].sort()).toEqual([attempts[2], attempts[1], attempts[0], attempts[3]]);
  });

  test('of what deviations are about are those of the things themselves', async () => {
    const { step: stepExample, batch: batchExample } = EXAMPLES;
    const reader = new StateReader(new MapStore(...ENTITIES, item(), therapy()));
    for (const entity of [stepExample, batchExample, item(), therapy()]) {
      expect(await reader.subject(refOf(entity))).toEqual(entity);
    }
  });

  test('are found by the ranges that read them', () => {
    const within = (range: string) =>
      ENTITIES.filter((entity) => compositeKey(keyOf(entity)).startsWith(range)).map(
        ({ noun }) => noun,
      );
    expect(within(compositeKey(keyFor('consent', { patient: 'patient-1' })))).toEqual(['consent']);
    expect(
      within(compositeKey(keyFor('consent', { patient: 'patient-1', purpose: 'RESEARCH' }))),
    ).toEqual([]);
    expect(
      within(
        compositeKey(
          keyFor('consent-use', {
            patient: 'patient-1',
            purpose: 'TREATMENT_MANUFACTURE',
            consent: 'same',
          }),
        ),
      ),
    ).toEqual(['consent-use']);
    expect(within(compositeKey(keyFor('former-keys', { actor: 'lab.technician' })))).toEqual([
      'former-keys',
    ]);
    expect(within(compositeKey(keyFor('signature', { actor: 'a' })))).toEqual(['signature']);
    expect(within(compositeKey(keyFor('organisation', {})))).toEqual(['organisation']);
    expect(within(compositeKey(keyFor('proposal', {})))).toEqual(['proposal']);
    expect(within(compositeKey(keyFor('lot-use', { of: LOT })))).toEqual(['lot-use']);
    expect(within(compositeKey(keyFor('run-use', { of: LOT })))).toEqual(['run-use']);
  });

  test.each(['a\0b', '\0', '\u{10FFFF}'])('have no part that would be two: %j', (part) => {
    expect(() => compositeKey(keyFor('actor', { id: part }))).toThrow(
      /^SCHEMA_VIOLATION: no key has/u,
    );
  });
});
