import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from '../catalogue.js';
import { readerOf } from '../commands/reader.fixture.js';
import {
  actor,
  batch,
  COI,
  command,
  context,
  item,
  NOW,
  signed,
  therapy,
} from '../example.fixture.js';
import { honest } from '../graph/honest-therapy.fixture.js';
import { nameOf } from '../nouns/subject.js';
import { refOf } from '../nouns/reference.js';
import type { Entity } from '../nouns/registry.js';
import type { Scope } from '../nouns/scope.js';
import { recordOf } from '../quality/annul-record.fixture.js';
import { Things } from './things.js';

const ONE = `${'1'.repeat(42)}A`;
const OTHER = `${'2'.repeat(42)}A`;
const THIRD = `${'3'.repeat(42)}A`;
const FOURTH = `${'4'.repeat(42)}A`;

const lot = 'https://id.gs1.org/01/09506000134352/10/LNP-1';
const run = honest().find('run', 'run-1');
const ofTherapy: Scope = { kind: 'therapy', id: COI };
const ofLot: Scope = { kind: 'lot', id: lot };
const ofRun: Scope = { kind: 'run', id: run.id };
const vial = item();
const gone = item({
  custody: 'disposed',
  disposed: { ...signed('hospital.nurse'), method: 'incinerated', reason: 'remainder' },
});

interface Case {
  readonly type: string;
  readonly scope: Scope;
  readonly body: Readonly<Record<string, unknown>>;
  /** what there is before anybody says it */
  readonly state: readonly Entity[];
  /** the commands by which it stands, the first before the others */
  readonly standing: (state: readonly Entity[]) => readonly string[];
}

interface Word {
  readonly command: string;
  readonly saidToo?: readonly { readonly command: string }[];
}

const all = (word: Word | undefined) =>
  word ? [word.command, ...(word.saidToo ?? []).map((each) => each.command)] : [];

function find<N extends Entity['noun']>(state: readonly Entity[], noun: N) {
  return state.find((each): each is Extract<Entity, { noun: N }> => each.noun === noun);
}

const earlyIn = (state: readonly Entity[]) => {
  const early = find(state, 'early-recall');
  return early && !early.annulled ? all(early.recall) : [];
};

const findingsIn = (state: readonly Entity[]) =>
  (find(state, 'run')?.failures ?? []).filter(({ annulled }) => !annulled).flatMap(all);

const registered: Entity = {
  ...{ noun: 'lot', id: lot, kind: 'lipids', expiry: NOW, organisation: 'ManufacturerMSP' },
  registered: signed('a'),
};

const CASES: Readonly<Record<string, Case>> = {
  'a batch is recalled': {
    ...{ type: 'manufacturing:RecallBatch', scope: ofTherapy, state: [batch()] },
    body: { coi: COI, batch: 'batch-1', reason: 'sterility' },
    standing: (state) => all(find(state, 'batch')?.recall),
  },
  'a batch is recalled that nobody has recorded': {
    ...{ type: 'manufacturing:RecallBatch', scope: ofTherapy, state: [] },
    body: { coi: COI, batch: 'batch-1', reason: 'sterility' },
    standing: earlyIn,
  },
  'a lot is recalled': {
    ...{ type: 'manufacturing:RecallLot', scope: ofLot, state: [registered] },
    body: { lot, reason: 'sterility' },
    standing: (state) => all(find(state, 'lot')?.recall),
  },
  'a lot is recalled that nobody has registered': {
    ...{ type: 'manufacturing:RecallLot', scope: ofLot, state: [] },
    body: { lot, reason: 'sterility' },
    standing: earlyIn,
  },
  'a run’s controls failed': {
    type: 'manufacturing:ReportRunFailure',
    ...{ scope: ofRun, state: [{ ...run, organisation: 'ManufacturerMSP' }] },
    body: { run: run.id, reason: 'controls-failed' },
    standing: findingsIn,
  },
  'the controls of a run failed that nobody has registered': {
    ...{ type: 'manufacturing:ReportRunFailure', scope: ofRun, state: [] },
    body: { run: run.id, reason: 'controls-failed' },
    standing: earlyIn,
  },
  'a thing is lost': {
    ...{ type: 'custody:ReportLoss', scope: ofTherapy, state: [vial] },
    body: { coi: COI, item: vial.id },
    standing: (state) => {
      const { custody, lost } = find(state, 'item') ?? vial;
      return custody === 'lost' ? all(lost) : [];
    },
  },
  'a thing was disposed of': {
    ...{ type: 'custody:DisposeItem', scope: ofTherapy, state: [vial] },
    body: { coi: COI, item: vial.id, method: 'incinerated', reason: 'remainder' },
    standing: (state) => {
      const { custody, disposed } = find(state, 'item') ?? vial;
      return custody === 'disposed' ? all(disposed) : [];
    },
  },
  'somebody saw how a thing was disposed of': {
    ...{ type: 'custody:WitnessDisposal', scope: ofTherapy, state: [gone] },
    body: { coi: COI, item: vial.id, evidence: 'seen' },
    standing: (state) => all(find(state, 'item')?.disposed?.witnessed),
  },
};

const placeOf = (entity: Entity) => ('blockers' in entity ? nameOf(refOf(entity)) : entity.noun);

/** The state with these in the place of what was there. */
function changed(state: readonly Entity[], changes: readonly Entity[]): readonly Entity[] {
  const places = new Set(changes.map(placeOf));
  return [...changes, ...state.filter((each) => !places.has(placeOf(each)))];
}

function typeOf({ type }: Case) {
  const found = COMMANDS.find((each) => each.type === type);
  if (!found || found.annulling === 'never') throw new Error(`${type} is never annulled`);
  return { prepared: found, annulling: found.annulling };
}

async function say(of: Case, state: readonly Entity[], id: string, by: string) {
  const organisation = of.state.some(({ noun }) => noun === 'item')
    ? vial.holder.organisation
    : 'ManufacturerMSP';
  const actorBy = actor(by, organisation, 'quality', 'nurse');
  const said = { ...command(by, of.body, { type: of.type }), id };
  const therapyThere = therapy({ quality: 'ManufacturerMSP' });
  const { definition } = honest();
  const process: Entity = {
    ...{ noun: 'process', ...therapyThere.process, definition },
    ...{ publishedBy: 'x', at: NOW },
  };
  const decided = await typeOf(of)
    .prepared.prepare(said, id)
    .decide(readerOf(therapyThere, process, ...state), context(actorBy, { scope: of.scope }));
  if (decided.decision !== 'recorded') throw new Error(JSON.stringify(decided));
  return changed(state, decided.changes);
}

function annul(of: Case, state: readonly Entity[], commandId: string): readonly Entity[] {
  const by = actor('x', 'ManufacturerMSP', 'quality');
  const record = recordOf(of.type, by, { scope: of.scope, commandId });
  const { changes = [], look = [] } = typeOf(of).annulling.undo(
    record,
    new Things(state),
    signed('manufacturer.quality'),
  );
  return changed(state, [...changes, ...look]);
}

describe.each(Object.entries(CASES))('that %s, said by several,', (_name, of) => {
  const said = async () => {
    const first = await say(of, of.state, ONE, 'first');
    const second = await say(of, first, OTHER, 'second');
    return say(of, second, THIRD, 'third');
  };

  test('is said by each', async () => {
    expect(of.standing(await said())).toEqual([ONE, OTHER, THIRD]);
  });

  test.each([
    ['the first', [ONE], [OTHER, THIRD]],
    ['the second', [OTHER], [ONE, THIRD]],
    ['the first two', [ONE, OTHER], [THIRD]],
    ['the last two', [OTHER, THIRD], [ONE]],
    ['all', [ONE, OTHER, THIRD], []],
    ['another', ['X'], [ONE, OTHER, THIRD]],
  ])('stands by the others where %s said it by mistake (G3)', async (_which, mistaken, left) => {
    const after = mistaken.reduce((state, each) => annul(of, state, each), await said());
    expect(of.standing(after)).toEqual(left);
  });
});

describe('a rate of index hopping that was measured again', () => {
  test('stands by what others measured where the first was an error, each higher rate by itself', async () => {
    const rate = (perMille: number): Case => ({
      type: 'manufacturing:ReportRunFailure',
      ...{ scope: ofRun, state: [{ ...run, organisation: 'ManufacturerMSP' }] },
      body: { run: run.id, reason: 'index-hopping', perMille },
      standing: findingsIn,
    });
    const first = await say(rate(20), rate(20).state, ONE, 'first');
    const second = await say(rate(12), first, OTHER, 'second');
    const told = await say(rate(15), second, THIRD, 'third');
    const after = annul(rate(20), told, ONE);
    expect(find(after, 'run')?.failures).toMatchObject([
      { command: ONE, perMille: 20, annulled: {} },
      { command: OTHER, perMille: 12 },
      { command: THIRD, perMille: 15 },
    ]);
    const higher = await say(rate(30), told, FOURTH, 'fourth');
    expect(find(annul(rate(20), higher, ONE), 'run')?.failures).toMatchObject([
      { command: ONE, annulled: {} },
      { command: FOURTH, perMille: 30, saidToo: [{ command: OTHER }, { command: THIRD }] },
    ]);
  });
});
