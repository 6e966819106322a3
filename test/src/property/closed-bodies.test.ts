import type { SignedMessage, TherapyJourney } from '#scripts';
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { PLANS } from '@veinledger/chaincode/commands';
import {
  canonicalise,
  COMMANDS,
  MAX_DEPTH,
  parseCanonical,
  parseJws,
  readEnvelope,
  VeinledgerError,
} from '@veinledger/domain';
import { MemorySubmitter } from '../support/memory.js';
import { CONSENT_BODIES } from './consent-bodies.fixture.js';
import { factsOf } from './every-fact.js';
import { playTwo, toTheWard } from './played.js';

const COMMAND = 'vnd.veinledger.command+jws';
const instant = '2026-11-22T13:00:00.000Z';
const MARK = '"oddity"';
const SECRET = '"Erika Mustermann, 1964-08-12"';

/** Members that no schema names, as JSON text: those that JavaScript takes for something else above all. */
const MEMBERS: readonly string[] = [
  '__proto__',
  String.raw`\u005f_proto__`,
  String.raw`__proto\u005f_`,
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'toJSON',
  'hasOwnProperty',
  '__defineGetter__',
  'then',
  'length',
  '0',
  '-1',
  '4294967295',
  '1e400',
  '',
  ' ',
  'NaN',
  'undefined',
  'null',
  String.raw`\u0000`,
  String.raw`\ud800`,
  '\uFEFF',
  '\uD800',
  'name',
].flatMap((key) =>
  [SECRET, `{"constructor":{"prototype":{"name":${SECRET}}}}`].map(
    (content) => `"${key}":${content}`,
  ),
);

/** What stands for no value of a schema, as JSON text and as what only looks like it. */
const VALUES: readonly string[] = [
  SECRET,
  '-0',
  '1e400',
  '-1e400',
  '9007199254740993',
  '123456789012345678901234567890',
  '0.1e1',
  'NaN',
  'Infinity',
  'undefined',
  '01',
  String.raw`"\ud800"`,
  '"\uD800"',
  '[,1]',
  '[1,]',
  '[[]]',
  '{"__proto__":[]}',
  '{"__proto__":null}',
  '{"length":1,"0":"a"}',
  '\uFEFF""',
  '['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH),
  '{"a":'.repeat(MAX_DEPTH) + '1' + '}'.repeat(MAX_DEPTH),
];

const bodies = new Map<string, { readonly payload: object; readonly body: unknown }>();

beforeAll(async () => {
  const submitted = jest.spyOn(MemorySubmitter.prototype, 'submit');
  const ward = await playTwo(toTheWard);
  const { submitter, journeys } = ward;
  for (const [, message] of submitted.mock.calls) keep(message);
  const facts = Object.entries(factsOf(ward, 0)).map(([type, { body }]) => [type, body] as const);
  const [first] = bodies.values();
  for (const [type, body] of [...facts, ...Object.entries(otherBodies(journeys[0]))]) {
    if (!bodies.has(type) && first) bodies.set(type, { payload: { ...first.payload, type }, body });
  }
  submitted.mockRestore();
  network = submitter.network;
});

let network = '';

/** Bodies of the types that neither the journeys nor the facts bring. */
function otherBodies({ coi, things }: TherapyJourney): Readonly<Record<string, object>> {
  const enrolled = bodies.get('registry:EnrolActor')?.body as { keys: object; proof: string };
  const { keys, proof } = enrolled;
  const digest = 'A'.repeat(43);
  const registrar = { actor: 'lab.registrar-2', keys, proof };
  const ends = { actors: ['lab.registrar'], reason: 'left', compromisedSince: instant };
  const change = { kind: 'appoint-registrar', organisation: 'LabMSP', registrar, ends };
  return {
    ...CONSENT_BODIES,
    'registry:RevokeActor': { actor: 'lab.nurse', reason: 'left', compromisedSince: instant },
    'registry:RotateKeys': { keys, proof },
    'registry:ReenrolPatient': { patient: 'patient-1', keys, proof },
    'registry:ConfirmReenrolment': { patient: 'patient-1', kid: digest },
    'registry:RevokePatient': {
      ...{ patient: 'patient-1', reason: 'key-lost', compromisedSince: instant },
    },
    'registry:ConfirmRevocation': { patient: 'patient-1', asked: digest },
    'registry:StateRecipient': { recipient: `age1pq1${'q'.repeat(1952)}` },
    'registry:SharePersonKey': {
      ...{ key: digest, replaces: digest },
      sealed: [{ registrar: 'lab.registrar', file: 'AAAA' }],
    },
    'registry:RestatePerson': { actor: 'lab.nurse', person: digest, personKey: digest },
    'registry:OpenSession': { device: 'device-1', types: ['custody:ReceiveItem'], minutes: 60 },
    'registry:CloseSession': { device: 'device-1' },
    'registry:RecordRota': {
      organisation: 'LabMSP',
      role: 'lab',
      periods: [{ from: instant, until: '2030-01-01T00:00:00.000Z', people: ['lab.technician'] }],
      deputies: ['lab.technician'],
      management: ['lab.technician'],
    },
    'registry:RecordTraining': {
      actor: 'lab.technician',
      process: { id: 'pcv-mrna', version: '1.0' },
      steps: ['extraction'],
      ...{ from: instant, until: '2030-01-01T00:00:00.000Z', evidence: digest },
    },
    'registry:Propose': { proposal: 'proposal-1', days: 7, change },
    'registry:Vote': { proposal: 'proposal-1', change: digest, choice: 'approve' },
    'manufacturing:RecordDisposition': {
      coi,
      deviation: 'deviation-1',
      subject: { kind: 'step', coi, id: 'calling', attempt: 1 },
      decision: 'reject',
    },
    'quality:OpenInvestigation': {
      coi,
      investigation: 'investigation-1',
      step: 'release-tests',
      attempt: 1,
      check: 'sterility',
      phase: 'laboratory',
      retest: {
        items: [things.retainedVial],
        datasets: ['genotype'],
        number: 1,
        analyst: 'lab.nurse',
      },
    },
    'quality:ExtendExpiry': { coi, batch: 'batch-1', expiry: '2040-01-01T00:00:00.000Z' },
    'manufacturing:ConfirmRunFailure': { run: 'run-1' },
    'quality:ConcludeInvestigation': { coi, investigation: 'investigation-1', cause: 'none' },
    'manufacturing:ConfirmSignature': { coi, command: digest, basis: 'signer-confirmed-in-person' },
    'quality:AnnulRecord': { coi, command: digest, reason: 'wrong-time' },
    'quality:StateAlert': { coi, command: digest },
    'quality:DecideNoRecall': { coi, batch: 'batch-1', step: 'release-tests', attempt: 1 },
    'care:AcknowledgeAlert': { coi, alert: 'A1' },
    'quality:ReviewOverride': { coi, dose: 'dose-1', finding: 'justified' },
    'care:OpenEmergencyAccess': { coi, emergencyAccess: 'access-1', reason: 'patient-asks' },
    'quality:ReviewEmergencyAccess': {
      ...{ coi, emergencyAccess: 'access-1', finding: 'justified' },
    },
    'manufacturing:LiftHold': { coi, hold: 'hold-1' },
    'quality:DismissAlarms': { coi, organisation: 'PayerMSP', alarms: [digest] },
    'therapy:RebookSlot': { coi, missedSlot: 'missed-1', slot: 'slot-9' },
    'billing:AnswerDenial': { coi, denial: 'denial-1', answer: 'appeal' },
    'billing:DecideAppeal': { coi, denial: 'denial-1', decision: 'upheld' },
    'therapy:CancelLine': { coi, dose: 2 },
    'therapy:ChangeParties': { coi, change: 'change-1', parties: ['HospitalMSP', 'LabMSP'] },
    'therapy:CloseTherapy': { coi },
    'custody:DecideDisposal': {
      ...{ coi, item: things.dose },
      ...{ decision: 'destroy', basis: 'purpose-ended' },
    },
    'therapy:MigrateProcess': {
      coi,
      process: { id: 'pcv-mrna', version: '1.1', hash: digest },
      changes: [{ of: 'step', id: 'fill-finish', change: 'changed', members: ['targetDay'] }],
    },
    'therapy:OrderLine': {
      coi,
      replaces: 1,
      line: {
        ...{ dose: 3, day: 78, site: '4012345000016', depot: '4012345000023' },
        ...{ slot: 'slot-3', containers: 2 },
      },
      patientSeen: true,
    },
    'care:RequestException': { coi, exception: 'exception-1', batch: 'batch-1' },
    'quality:EvaluateException': { coi, exception: 'exception-1', finding: 'supply' },
    'care:AcceptException': { coi, exception: 'exception-1' },
    'care:IssuePass': { coi, pass: 'pass-1', number: 1, item: things.dose },
    'care:DecideToGoOn': {
      coi,
      decision: 'decision-1',
      item: things.dose,
      continueAfterLapse: false,
      alarmsSeen: [digest],
    },
    'care:OverrideDose': {
      coi,
      dose: 'dose-1',
      number: 1,
      item: things.dose,
      verifications: ['verification-1'],
      reason: 'life-threatening',
      continueAfterLapse: false,
      alarmsSeen: [digest],
    },
    'care:AuthoriseDose': {
      coi,
      dose: 'dose-1',
      number: 1,
      item: things.dose,
      verifications: ['verification-1'],
      fitness: 'go',
      continueAfterLapse: false,
    },
  };
}

function keep({ type, jws }: SignedMessage): void {
  const payload = parseJws(jws, COMMAND).payload as { readonly body: unknown };
  bodies.set(type, { payload, body: payload.body });
}

test('there is a body to try with for every type of command', () => {
  const lacking = COMMANDS.filter(({ type }) => !bodies.has(type)).map(({ type }) => type);
  expect(lacking).toEqual([]);
});

describe('of a body, nothing is committed that its schema does not name', () => {
  test.each(COMMANDS.map(({ type }) => type))('%s', (type) => {
    const found = bodies.get(type);
    if (!found) throw new Error(`no body of ${type}`);
    const { payload, body } = found;
    expect(committed(type, canonicalise({ ...payload, body }))).toBe(canonicalise(body));
    for (const oddBody of oddBodies(body)) {
      const text = canonicalise({ ...payload, body: 'oddity' }).replace(MARK, () => oddBody);
      for (const spelled of [text, sorted(text)]) {
        const taken = committed(type, spelled);
        if (taken !== undefined) expect(spelled).toContain(`"body":${taken}`);
      }
    }
  });
});

/** The body as it would be committed; undefined where the command is refused. */
function committed(type: string, text: string): string | undefined {
  try {
    const envelope = readEnvelope(parseCanonical(text, 'payload'), network, type);
    PLANS.get(type)?.prepare(envelope, 'A'.repeat(43));
    const known = COMMANDS.find((each) => each.type === type);
    return canonicalise(known?.body.parse(envelope.body));
  } catch (error) {
    if (error instanceof VeinledgerError) return undefined;
    throw error;
  }
}

/** The text with the members of its objects in their order, where it is JSON: so that order is not what refuses it. */
function sorted(text: string): string {
  try {
    return inOrder(JSON.parse(text));
  } catch {
    return text;
  }
}

function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, each]) => `${JSON.stringify(key)}:${inOrder(each)}`).join(',')}}`;
}

/** The body's text with one oddity at one place: in every object a member more, for every value another. */
function* oddBodies(body: unknown): Generator<string> {
  for (const marked of markedBodies(body)) {
    for (const value of VALUES) yield marked.replace(MARK, () => value);
  }
  for (const marked of widenedBodies(body)) {
    for (const member of MEMBERS) yield marked.replace(`${MARK}:1`, () => member);
  }
}

/** The members of an object, and the first two of a list: the others are of the same schema. */
function membersOf(value: object): readonly (readonly [string, unknown])[] {
  const members: readonly (readonly [string, unknown])[] = Object.entries(value);
  return Array.isArray(value) ? members.slice(0, 2) : members;
}

/** The body's texts in which each value, at whatever depth, is the mark. */
function* markedBodies(value: unknown): Generator<string> {
  yield MARK;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of membersOf(value)) {
    for (const marked of markedBodies(each)) yield withMember(value, key, marked);
  }
}

/** The body's texts in which each object, at whatever depth, has the mark as one member more. */
function* widenedBodies(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield JSON.stringify({ oddity: 1, ...value });
  for (const [key, each] of membersOf(value)) {
    for (const widened of widenedBodies(each)) yield withMember(value, key, widened);
  }
}

function withMember(value: object, key: string, text: string): string {
  const copy: unknown = Array.isArray(value)
    ? (value as unknown[]).map((each, at) => (String(at) === key ? 'member' : each))
    : { ...value, [key]: 'member' };
  return JSON.stringify(copy).replace('"member"', () => text);
}
