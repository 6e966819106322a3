import type { Person } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  canonicalise,
  type CommandRecord,
  type Entity,
  type Seen,
  type Sight,
  tell,
  withoutNames,
} from '@veinledger/domain';
import { GatewayClient } from '@veinledger/client/node';
import { ARMS } from '../support/blinded.js';
import { Receiver } from '../support/receiver.fixture.js';
import { type AtDoors, askAtEveryDoor, placeOf } from './sight/doors.fixture.js';
import {
  atContract,
  learnsOfBoth,
  partIn,
  sightOfCommand,
  sightOfThing,
} from './sight/expected.fixture.js';
import { exportFor } from './sight/exported.fixture.js';
import { ADMITTED, type Played, playMixUp, UNBLINDED } from './sight/played.fixture.js';

let played: Played;
/** what members of staff are told by webhook */
const receivers = new Map<string, Receiver>();
/** at a gateway, of the therapy in which things were mixed up */
const told = new Map<string, AtDoors>();

beforeAll(async () => {
  played = await playMixUp(async ({ id: actor, keys }, url) => {
    const receiver = await Receiver.start();
    receivers.set(actor, receiver);
    await new GatewayClient({ url, actor, keys }).post('/v1/webhooks', { url: receiver.url });
  });
  const { journey, everybody } = played;
  for (const person of everybody) {
    told.set(person.id, await askAtEveryDoor(played, journey.coi, person));
  }
});
afterAll(async () => {
  await played.bench.close();
  for (const receiver of receivers.values()) await receiver.close();
});

const atDoors = ({ id }: Person): AtDoors => {
  const found = told.get(id);
  if (found === undefined) throw new Error(`${id} did not ask`);
  return found;
};
/** What gateways add: where it stands, and the word for an item's state. */
const ADDED = new Set(['block', 'state']);
const bare = (told: object) =>
  Object.fromEntries(Object.entries(told).filter(([name]) => !ADDED.has(name)));
const sorted = (told: readonly object[]) => told.map((each) => canonicalise(bare(each))).sort();

const idsOf = (records: readonly { readonly commandId: string }[]) =>
  records.map(({ commandId }) => commandId);
const commandsNamedIn = (things: readonly object[]) =>
  idsOf(played.committed).filter((id) => JSON.stringify(things).includes(id));
interface Annexes {
  readonly annexes: readonly { readonly digest: string }[];
}
interface Signed {
  readonly items: readonly { readonly commandId: string }[];
}

/** What somebody is told who is told that much of each. */
function toldOf<T extends object>(
  all: readonly T[],
  sight: (each: T) => Sight,
): readonly Seen<T>[] {
  return all.flatMap((each) => tell(each, sight(each)) ?? []);
}

/** The therapy's things as the table tells them to a person. */
function thingsFor(person: Person, things = played.whole.things): readonly Seen<Entity>[] {
  const seen = toldOf(things, (each) => sightOfThing(played, person, each));
  const withheld = new Set(learnsOfBoth(person, played) ? [] : played.foreign);
  return seen.map((each) => withoutNames(each, withheld));
}

/** Commands as the table tells them to a person. */
function commandsFor(person: Person, from: readonly CommandRecord[]) {
  return toldOf(from, (each) => sightOfCommand(played, person, each));
}

const ofTherapy = () => played.committed.filter(({ scope }) => scope.id === played.journey.coi);

/** Whoever learns nothing of the therapy finds its doors shut, whatever stands behind them. */
function isShutOut(person: Person): boolean {
  return partIn(played.journey.patient, person) === 'outsider';
}

describe('whatever door is used, everybody learns what the table says', () => {
  test('of all that was recorded, since so much was mixed up that every line of it is needed', () => {
    const nouns = new Set(played.whole.things.map(({ noun }) => noun));
    for (const noun of ['item', 'hand-off', 'readings', 'step', 'deviation', 'dose'] as const) {
      expect([noun, nouns.has(noun)]).toEqual([noun, true]);
    }
    const decided = new Set(ofTherapy().map(({ decision }) => decision));
    expect([...decided].sort()).toEqual(['permitted', 'recorded', 'refused']);
    const parts = new Set(played.everybody.map((each) => partIn(played.journey.patient, each)));
    expect([...parts].sort()).toEqual([
      'auditor',
      'courier',
      'outsider',
      'patient',
      'payer',
      'registrar',
      'staff',
    ]);
  });

  test("of things, in a therapy's trace, in its lists and one by one", () => {
    for (const person of played.everybody) {
      const { things } = atDoors(person);
      const expected = sorted(thingsFor(person));
      const singly = sorted(thingsFor(person, played.whole.things.filter(placeOf)));
      const shut = isShutOut(person);
      expect([person.id, things['trace'] && sorted(things['trace'])]).toEqual([
        person.id,
        shut ? undefined : expected,
      ]);
      expect([person.id, things['list'] && sorted(things['list'])]).toEqual([
        person.id,
        shut ? undefined : expected,
      ]);
      expect([person.id, sorted(things['one by one'] ?? [])]).toEqual([
        person.id,
        shut ? [] : singly,
      ]);
    }
  });

  test('of therapies, in lists of them: each that any of it is told of', () => {
    for (const person of played.everybody) {
      const isTold = !isShutOut(person);
      const { listed } = atDoors(person);
      for (const [list, found] of Object.entries(listed))
        expect([person.id, list, found]).toEqual([person.id, list, isTold]);
    }
  });

  test("of a therapy's commands, in its trace and in its lists", () => {
    for (const person of played.everybody) {
      const expected = isShutOut(person) ? undefined : sorted(commandsFor(person, ofTherapy()));
      for (const [door, records] of Object.entries(atDoors(person).records)) {
        expect([person.id, door, records && sorted(records)]).toEqual([person.id, door, expected]);
      }
    }
  });

  test("of a therapy's commands, on the page that prints its trace", () => {
    for (const person of played.everybody) {
      const { page = '' } = atDoors(person);
      const told = isShutOut(person) ? [] : commandsFor(person, ofTherapy());
      const unshown = idsOf(told).filter((id) => !page.includes(id));
      expect([person.id, unshown]).toEqual([person.id, []]);
      // a thing that is told names the commands that made and stopped it
      const things = [played.whole.therapy, ...thingsFor(person)];
      const known = new Set([...idsOf(told), ...commandsNamedIn(things)]);
      const shown = idsOf(ofTherapy()).filter((id) => page.includes(id));
      expect([person.id, shown.filter((id) => !known.has(id))]).toEqual([person.id, []]);
    }
  });

  test('of every command, one by one and on the stream of events', () => {
    for (const person of played.everybody) {
      const expected = sorted(commandsFor(person, played.committed));
      for (const [door, records] of Object.entries(atDoors(person).committed)) {
        expect([person.id, door, sorted(records)]).toEqual([person.id, door, expected]);
      }
    }
  });

  test('of every command, by webhook', async () => {
    const from = played.committed.findIndex(({ type }) => type === 'manufacturing:RegisterLot');
    for (const person of played.everybody.filter(({ id }) => receivers.has(id))) {
      const expected = commandsFor(person, played.committed.slice(from));
      const receiver = receivers.get(person.id);
      const deliveries = await receiver?.until((all) => all.length >= expected.length);
      const data = deliveries?.map(({ message }) => message.data) ?? [];
      expect([person.id, sorted(data)]).toEqual([person.id, sorted(expected)]);
    }
  });

  test('of what an actor signed, of which nothing is listed that is not told', async () => {
    const { bench, cast, everybody, journey, committed } = played;
    const registrar = everybody.find(({ id }) => id === 'hospital.registrar');
    const signers = [registrar, cast.nurse, cast.courier, journey.patient];
    for (const person of everybody) {
      const { id: actor, keys } = person;
      const client = new GatewayClient({ url: bench.gateway.url, actor, keys });
      const told = new Set(idsOf(commandsFor(person, committed)));
      for (const signer of [...signers, person].flatMap((each) => each?.id ?? [])) {
        const list = client.read<Signed>(`/v1/actors/${signer}/signatures?limit=200`);
        const { items } = (await list.catch(refused)) ?? { items: [] };
        const untold = idsOf(items).filter((id) => !told.has(id));
        expect([actor, signer, untold]).toEqual([actor, signer, []]);
        const own = committed.filter((each) => each.actor === actor);
        if (signer === actor) expect([actor, items.length]).toEqual([actor, own.length]);
      }
    }
  });

  test('of jobs, whose results tell of blocks and of no therapy', async () => {
    const { bench, everybody, journey, other } = played;
    for (const person of everybody) {
      const { id: actor, keys, roles } = person;
      const client = new GatewayClient({ url: bench.gateway.url, actor, keys });
      const start = (kind: string) =>
        client.post<{ id: string }>('/v1/jobs', { kind, input: {} }).catch(() => undefined);
      const replayed = await start('replay-ledger');
      expect([actor, replayed !== undefined]).toEqual([actor, roles.includes('auditor')]);
      await start('verify-ledger');
      const jobs = JSON.stringify(await client.read('/v1/jobs?limit=50'));
      for (const { coi } of [journey, other]) expect(jobs).not.toContain(coi);
    }
  });

  test('of signed texts, which say all that was typed: to whom all of it may be told', () => {
    for (const person of played.everybody) {
      for (const record of ofTherapy()) {
        const text = atDoors(person).signed.get(record.commandId);
        if (record.actor === person.id)
          expect([record.type, text]).not.toEqual([record.type, undefined]);
        else if (text !== undefined) {
          const seen = tell(record, sightOfCommand(played, person, record));
          expect([person.id, record.type, seen]).toEqual([person.id, record.type, record]);
          if (!learnsOfBoth(person, played)) expectToNameNobodyElse(person, [text]);
        }
      }
    }
  });

  test('of exports, which hold the signed texts that are told', async () => {
    const { cast, journey } = played;
    for (const person of [cast.tester, cast.courier, journey.patient]) {
      const exported = await exportFor(played, person);
      if (typeof exported === 'string') throw new Error(`${person.id}: ${exported}`);
      const { signed } = atDoors(person);
      expect([person.id, [...exported.commands].sort()]).toEqual([
        person.id,
        [...signed.keys()].sort(),
      ]);
    }
  });

  test('of contracts, which tell a certificate what its roles learn', async () => {
    const { bench, everybody, journey, committed } = played;
    const staff = everybody.filter(({ roles }) => !roles.includes('patient'));
    for (const person of staff.map(atContract)) {
      const { organisation: mspId, roles } = person;
      const as = { mspId, label: String(roles[0]) };
      const read = <T>(transaction: string, ...args: string[]) =>
        bench.submitter.read<T>(as, transaction, ...args).catch(refused);
      const trace = await read<{ things: Entity[]; records: CommandRecord[] }>(
        'audit:TraceTherapy',
        journey.coi,
      );
      const isOwn = (record: CommandRecord) => record.organisation === mspId;
      const expected = toldOf(ofTherapy(), (each) =>
        sightOfCommand(played, person, each, isOwn(each)),
      );
      const shut = isShutOut(person);
      expect([person.id, trace && sorted(trace.things)]).toEqual([
        person.id,
        shut ? undefined : sorted(thingsFor(person)),
      ]);
      expect([person.id, trace && sorted(trace.records)]).toEqual([
        person.id,
        shut ? undefined : sorted(expected),
      ]);
      const records: CommandRecord[] = [];
      for (const { commandId } of committed) {
        const found = await read<CommandRecord>('audit:ReadCommand', commandId);
        if (found) records.push(found);
      }
      const all = toldOf(committed, (each) => sightOfCommand(played, person, each, isOwn(each)));
      expect([person.id, sorted(records)]).toEqual([person.id, sorted(all)]);
    }
  });
});

describe('whom emergency access admits', () => {
  test('is one physician alone, and no colleague of the same organisation', () => {
    const partOf = (id: string) => {
      const found = played.everybody.find((each) => each.id === id);
      return found && [partIn(played.journey.patient, found), atDoors(found).page !== undefined];
    };
    expect(partOf(ADMITTED)).toEqual(['staff', true]);
    expect(partOf('regulator.clinician-2')).toEqual(['outsider', false]);
  });
});

describe('the arm of a blinded therapy', () => {
  test('is read by the unblinded group, and by whom unblinding names in that therapy alone', async () => {
    const { arms, bench, everybody } = played;
    const readers: (readonly string[])[] = [];
    for (const digest of arms) {
      const told: string[] = [];
      for (const { id: actor, keys } of everybody) {
        const client = new GatewayClient({ url: bench.gateway.url, actor, keys });
        const annex = await client.read(`/v1/annexes/${digest}`).catch(refused);
        if (annex !== undefined) told.push(actor);
      }
      readers.push(told);
    }
    const [one = [], two = []] = readers;
    const group = ['hospital.pharmacist'];
    expect([[...one].sort(), two]).toEqual([[UNBLINDED, ...group].sort(), group]);
  });

  test('stands at no door, in no event and in no delivery, whoever asks', () => {
    const named = (text: string) => ARMS.some((arm) => text.includes(arm));
    for (const person of played.everybody) {
      const { texts, signed, committed } = atDoors(person);
      const deliveries = receivers.get(person.id)?.deliveries.map(({ text }) => text) ?? [];
      const all = [...texts, ...signed.values(), JSON.stringify(committed), ...deliveries];
      expect([person.id, all.filter(named)]).toEqual([person.id, []]);
    }
    expect(played.committed.map(({ type }) => type)).toContain('therapy:AssignArm');
  });

  test('is listed among the annexes of those alone who read it', async () => {
    const { arms, bench, everybody, journey } = played;
    const listed: string[] = [];
    for (const { id: actor, keys } of everybody) {
      const client = new GatewayClient({ url: bench.gateway.url, actor, keys });
      const path = `/v1/therapies/${journey.coi}/annexes`;
      const list = await client.read<Annexes>(path).catch(refused);
      if (list?.annexes.some(({ digest }) => digest === arms[0])) listed.push(actor);
    }
    expect(listed.sort()).toEqual([UNBLINDED, 'hospital.pharmacist'].sort());
  });
});

describe('a courier', () => {
  test('hears of no result of a step, on the event stream as elsewhere', () => {
    const { cast, committed, everybody } = played;
    const failed = committed.filter(({ reasons, verdicts }) =>
      JSON.stringify([reasons, verdicts]).includes('concordance'),
    );
    expect(failed.length).toBeGreaterThan(0);
    const carriers = everybody.filter(({ roles }) => roles.includes('courier'));
    expect(carriers).toContain(cast.courier);
    for (const person of carriers) {
      const { committed: doors, texts } = atDoors(person);
      for (const records of Object.values(doors)) {
        const heard = new Set(records.map(({ commandId }) => commandId));
        expect(failed.filter(({ commandId }) => heard.has(commandId))).toEqual([]);
      }
      const deliveries = receivers.get(person.id)?.deliveries.map(({ text }) => text) ?? [];
      expect([...texts, ...deliveries].filter((text) => /concordance/iu.test(text))).toEqual([]);
    }
  });
});

describe('after a mix-up', () => {
  test("a patient's trace, page, events, receipts and exports name nothing of another patient's", async () => {
    const { everybody, journey } = played;
    for (const person of everybody.filter((each) => !learnsOfBoth(each, played))) {
      expectToNameNobodyElse(person, atDoors(person).texts);
    }
    const exported = await exportFor(played, journey.patient);
    if (typeof exported === 'string') throw new Error(exported);
    expectToNameNobodyElse(journey.patient, exported.texts);
  });

  test("nor does the other patient's name anything of theirs", async () => {
    const { journey, other } = played;
    const { texts, things } = await askAtEveryDoor(played, other.coi, other.patient);
    expect(things['trace']?.length).toBeGreaterThan(0);
    const { tumour, blood, block, dna } = journey.things;
    const own = [journey.coi, tumour, blood, block, dna];
    for (const name of own)
      expect([name, texts.filter((text) => text.includes(name))]).toEqual([name, []]);
  });

  test('quality of both therapies and auditors are told what was mixed up with what', () => {
    const { cast, foreign } = played;
    for (const person of [cast.tester, cast.auditor]) {
      const text = atDoors(person).texts.join('\n');
      for (const name of foreign.slice(1))
        expect([person.id, text.includes(name)]).toEqual([person.id, true]);
    }
  });

  test('no receipt under one therapy names what is of the other', () => {
    for (const record of ofTherapy())
      expectToNameNobodyElse(played.cast.auditor, [JSON.stringify(record)]);
  });
});

function expectToNameNobodyElse({ id }: Person, texts: readonly string[]): void {
  for (const name of played.foreign) {
    const naming = texts.filter((text) => text.includes(name));
    expect([id, name, naming.map((text) => text.slice(0, 400))]).toEqual([id, name, []]);
  }
}

function refused(error: unknown): undefined {
  if (error instanceof Error && error.message.includes('NOT_ENTITLED')) return undefined;
  throw error;
}
