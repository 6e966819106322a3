import { describe, expect, test } from '@jest/globals';
import { ChaincodeStub } from 'fabric-shim';
import { type Entity, keyFor, keyOf, type Noun, OBJECT_TYPES, refOf } from '@veinledger/domain';
import {
  actor,
  attempt,
  batch,
  COI,
  consent,
  dataset,
  definition,
  design,
  DIGEST,
  din,
  item,
  NOW,
  signed,
  therapy,
  verification,
} from '#domain/example.fixture';
import { compositeKey } from './composite-key.js';
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

const scope = { kind: 'therapy', id: COI } as const;
const lot = 'https://id.gs1.org/01/09506000134352/10/LNP-1';
const use = { of: lot, coi: COI, step: 'fill', attempt: 1 };

/** One of each: a noun without an example does not compile. */
const EXAMPLES: { readonly [N in Noun]: Entity & { readonly noun: N } } = {
  root: { noun: 'root', digest: DIGEST, network: DIGEST, bootstrappedBy: 'a', at: NOW },
  rota: {
    noun: 'rota',
    organisation: 'LabMSP',
    role: 'lab',
    periods: [],
    deputies: [],
    management: ['lab.head'],
    recorded: signed('lab.registrar'),
  },
  training: {
    noun: 'training',
    actor: 'lab.technician',
    process: 'example',
    version: '1.0',
    step: 'only',
    from: NOW,
    until: NOW,
    evidence: DIGEST,
    recorded: signed('lab.quality'),
  },
  organisation: {
    noun: 'organisation',
    id: 'LabMSP',
    country: 'DE',
    grantable: [],
    registrars: ['lab.registrar'],
    standing: 'active',
  },
  governance: { noun: 'governance', members: [], algorithms: [], changes: 0 },
  proposal: {
    noun: 'proposal',
    id: 'same',
    change: { kind: 'set-country', organisation: 'LabMSP', country: 'DE' },
    digest: DIGEST,
    replaces: { country: 'AT' },
    proposed: signed('a'),
    organisation: 'LabMSP',
    until: NOW,
    votes: [],
    state: 'open',
  },
  'agreed-process': {
    noun: 'agreed-process',
    id: 'example',
    version: '1.0',
    hash: DIGEST,
    proposal: 'same',
    at: NOW,
  },
  actor: actor('lab.technician', 'LabMSP', 'lab'),
  'former-keys': {
    noun: 'former-keys',
    actor: 'lab.technician',
    kid: DIGEST,
    keys: actor('lab.technician', 'LabMSP', 'lab').keys,
    from: NOW,
    until: NOW,
    endedBy: signed('a'),
    end: 'rotated',
  },
  'key-holder': { noun: 'key-holder', kid: DIGEST, actor: 'a' },
  'person-key': { noun: 'person-key', id: DIGEST, shared: signed('a'), holders: ['a'] },
  'key-share': {
    noun: 'key-share',
    registrar: 'a',
    recipient: `age1pq1${'q'.repeat(1952)}`,
    stated: signed('a'),
  },
  'natural-person': { noun: 'natural-person', digest: DIGEST, person: DIGEST },
  reenrolment: {
    noun: 'reenrolment',
    patient: 'patient-1',
    keys: actor('patient-1', 'HospitalMSP', 'patient').keys,
    asked: signed('a'),
  },
  session: {
    noun: 'session',
    device: 'same',
    principal: 'lab.technician',
    organisation: 'LabMSP',
    types: [],
    opened: signed('lab.technician'),
    until: NOW,
  },
  process: {
    noun: 'process',
    id: 'example',
    version: '1.0',
    hash: DIGEST,
    definition: definition(),
    publishedBy: 'a',
    at: NOW,
  },
  therapy: therapy(),
  '~end': { noun: '~end', coi: COI },
  item: item(),
  'item-index': { noun: 'item-index', id: din(1), coi: COI },
  'hand-off': { noun: 'hand-off', coi: COI, id: 'same', item: din(1), receipts: [] },
  readings: {
    noun: 'readings',
    coi: COI,
    id: 'same',
    item: din(1),
    logger: 'logger-1',
    count: 1,
    minC: 5,
    maxC: 5,
    from: NOW,
    until: NOW,
    excursions: 0,
    recorded: signed('courier.driver'),
  },
  step: attempt('same'),
  dataset: dataset({ id: 'same' }),
  design: design({ id: 'same' }),
  batch: batch({ id: 'same' }),
  lot: {
    noun: 'lot',
    id: lot,
    kind: 'lipids',
    expiry: NOW,
    registered: signed('a'),
    organisation: 'LabMSP',
  },
  run: {
    noun: 'run',
    id: 'same',
    flowCell: 'FC-1',
    instrument: 'S-1',
    registered: signed('a'),
    organisation: 'LabMSP',
  },
  'lot-use': { noun: 'lot-use', ...use },
  'run-use': { noun: 'run-use', ...use },
  deviation: {
    noun: 'deviation',
    scope,
    id: 'same',
    code: 'SEAL_MISMATCH',
    classification: 'major',
    subjects: [],
    opened: signed('a'),
  },
  alarm: {
    noun: 'alarm',
    scope,
    subject: 'item same',
    organisation: 'PayerMSP',
    claim: 'loss',
    type: 'custody:DisposeItem',
    raised: signed('a'),
  },
  annulment: {
    noun: 'annulment',
    scope,
    command: DIGEST,
    type: 'custody:DisposeItem',
    reason: 'found-again',
    signatures: [],
    missing: [],
  },
  investigation: {
    noun: 'investigation',
    coi: COI,
    id: 'same',
    step: 'release-tests',
    attempt: 1,
    check: 'sterility',
    phases: [{ ...signed('a'), phase: 'laboratory' }],
  },
  'early-recall': {
    noun: 'early-recall',
    scope,
    subject: 'batch same',
    organisation: 'LabMSP',
    recall: { ...signed('a'), reason: 'sterility' },
  },
  exception: {
    noun: 'exception',
    coi: COI,
    id: 'same',
    batch: 'same',
    requested: { ...signed('a'), explanation: DIGEST },
    notified: [],
  },
  'dose-pass': {
    noun: 'dose-pass',
    coi: COI,
    id: 'same',
    number: 1,
    item: din(1),
    issued: signed('a'),
    until: NOW,
    released: [],
  },
  override: {
    noun: 'override',
    coi: COI,
    id: 'same',
    number: 1,
    item: din(1),
    verifications: [],
    reason: 'life-threatening',
    continueAfterLapse: false,
    signatures: [],
    missing: [],
    overridden: [],
    behind: [],
  },
  decision: {
    noun: 'decision',
    coi: COI,
    id: 'same',
    item: din(1),
    continueAfterLapse: false,
    signatures: [],
    missing: [],
    decided: [],
    behind: [],
  },
  'recall-decision': {
    noun: 'recall-decision',
    coi: COI,
    batch: 'same',
    step: 'same',
    attempt: 1,
    signatures: [],
    missing: [],
  },
  alert: {
    noun: 'alert',
    coi: COI,
    id: 'same',
    dose: 'same',
    cause: { kind: 'batch-recalled', batch: 'same', command: DIGEST },
    since: NOW,
    stated: signed('a'),
    overdue: [],
    patientTold: [],
  },
  'missed-slot': {
    noun: 'missed-slot',
    coi: COI,
    id: 'same',
    slot: 'same',
    reason: 'transport-late',
    reported: signed('a'),
  },
  denial: {
    noun: 'denial',
    coi: COI,
    id: 'same',
    payer: 'PayerMSP',
    commitment: DIGEST,
    reported: signed('a'),
  },
  'party-change': {
    noun: 'party-change',
    coi: COI,
    id: 'same',
    parties: [],
    signatures: [],
  },
  hold: {
    noun: 'hold',
    coi: COI,
    id: 'same',
    subject: { kind: 'therapy', coi: COI },
    reason: 'regulator',
    liftedByRole: 'quality',
    placed: signed('a'),
  },
  consent: consent('given', { id: 'same' }),
  'consent-use': {
    noun: 'consent-use',
    patient: 'patient-1',
    purpose: 'TREATMENT_MANUFACTURE',
    consent: 'same',
    command: DIGEST,
  },
  'form-amendment': {
    ...{ noun: 'form-amendment', organisation: 'LabMSP', form: 'information', version: 'same' },
    ...{ from: [], clauses: [], deadline: NOW, continues: [], amended: signed('a') },
  },
  'patient-links': {
    ...{ noun: 'patient-links', patient: 'patient-1' },
    links: [{ other: 'patient-2', state: 'joined', signatures: [] }],
  },
  capacity: {
    ...{ noun: 'capacity', patient: 'patient-1', id: 'same', coi: COI },
    ...{ proxy: 'mother', finding: 'able' },
  },
  'pressure-report': {
    ...{ noun: 'pressure-report', patient: 'patient-1', id: 'same' },
    ...{ reported: signed('patient-1'), commitment: DIGEST },
  },
  proxy: {
    ...{ noun: 'proxy', patient: 'patient-1', id: 'same', relationship: 'parent' },
    ...{ authority: DIGEST, enrolled: signed('a') },
  },
  'purpose-consents': {
    noun: 'purpose-consents',
    patient: 'patient-1',
    purpose: 'TREATMENT_MANUFACTURE',
    consents: [{ id: 'same', state: 'given', scope: {} }],
  },
  confirmation: {
    noun: 'confirmation',
    coi: COI,
    id: 'same',
    basis: 'witness',
    confirmed: signed('a'),
  },
  'dose-line': { noun: 'dose-line', coi: COI, number: 1, dose: 'same' },
  verification: verification('hospital.nurse', { id: 'same' }),
  dose: {
    noun: 'dose',
    coi: COI,
    id: 'same',
    number: 1,
    item: din(9),
    verifications: [],
    administrations: [],
  },
  outcome: {
    noun: 'outcome',
    coi: COI,
    id: 'same',
    commitment: DIGEST,
    reported: signed('a'),
  },
  'adverse-event': {
    noun: 'adverse-event',
    coi: COI,
    id: 'same',
    onset: NOW,
    commitment: DIGEST,
    reported: signed('a'),
  },
  'transit-event': {
    noun: 'transit-event',
    coi: COI,
    id: 'same',
    item: din(1),
    occurrence: 're-iced',
    recorded: signed('a'),
  },
  'reportable-event': {
    noun: 'reportable-event',
    coi: COI,
    id: 'same',
    kind: 'complaint',
    awareSince: NOW,
    explanation: DIGEST,
    opened: signed('a'),
    reports: [],
  },
  inspection: {
    noun: 'inspection',
    coi: COI,
    id: 'same',
    host: 'HospitalMSP',
    authority: 'pei',
    kind: 'good-manufacturing-practice',
    reference: 'I-1',
    basis: 'eu-2001-83-article-111',
    statements: [],
  },
  'token-replacement': {
    noun: 'token-replacement',
    coi: COI,
    id: 'same',
    token: 'wristband',
    cause: 'name-changed',
    former: 'taken-off',
    statements: [],
  },
  'emergency-access': {
    noun: 'emergency-access',
    coi: COI,
    id: 'same',
    organisation: 'RegulatorMSP',
    reason: 'patient-cannot-tell',
    explanation: DIGEST,
    opened: signed('a'),
    until: NOW,
  },
  record: {
    noun: 'record',
    scope,
    commandId: 'same',
    transactionId: 't',
    transactionTime: NOW,
    type: 'custody:CollectItem',
    kind: 'fact',
    actor: 'a',
    organisation: 'LabMSP',
    at: NOW,
    lateEntry: false,
    decision: 'recorded',
    reasons: [],
    verdicts: [],
    deviations: [],
    changed: [],
    annex: {},
  },
  command: { noun: 'command', commandId: 'same', scope, transactionTime: NOW },
  signature: { noun: 'signature', actor: 'a', transactionTime: NOW, commandId: 'same', scope },
};

/** Where each of them lies, part by part. */
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
  lot: `lot|${lot}|lot`,
  run: 'run|same|run',
  'lot-use': `lot-use|${lot}|${COI}|fill|01`,
  'run-use': `run-use|${lot}|${COI}|fill|01`,
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
    expect(within(compositeKey(keyFor('lot-use', { of: lot })))).toEqual(['lot-use']);
    expect(within(compositeKey(keyFor('run-use', { of: lot })))).toEqual(['run-use']);
  });

  test.each(['a\0b', '\0', '\u{10FFFF}'])('have no part that would be two: %j', (part) => {
    expect(() => compositeKey(keyFor('actor', { id: part }))).toThrow(
      /^SCHEMA_VIOLATION: no key has/u,
    );
  });
});
