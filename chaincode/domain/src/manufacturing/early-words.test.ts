import { describe, expect, test } from '@jest/globals';
import type { AnyCommandType } from '../commands/define.js';
import { readerOf } from '../commands/reader.fixture.js';
import { actor, command, context, NOW, signed } from '../example.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { Entity } from '../nouns/registry.js';
import type { Scope } from '../nouns/scope.js';
import { openAlarms } from '../standing/alarms.js';
import { recallLot } from './recall-lot.js';
import { registerLot } from './register-lot.js';
import { registerRun } from './register-run.js';
import { reportRunFailure } from './report-run-failure.js';

const owner = actor('lab.head', 'LabMSP', 'quality', 'lab');
const colleague = actor('lab.technician', 'LabMSP', 'lab');
const another = actor('manufacturer.technician', 'ManufacturerMSP', 'lab');

const lot = 'https://id.gs1.org/01/09506000134352/10/LNP-1';
const run = 'run-1';

const CASES = {
  'a recall of a lot': {
    about: { kind: 'lot', id: lot },
    early: [recallLot, { lot, reason: 'identity' }],
    registration: [registerLot, { lot, kind: 'lipids', expiry: NOW }],
  },
  'a finding of a run': {
    about: { kind: 'run', id: run },
    early: [reportRunFailure, { run, reason: 'sample-sheet-mixed' }],
    registration: [registerRun, { run, flowCell: 'FC-1', instrument: 'SEQ-1' }],
  },
  'a measured rate of a run': {
    about: { kind: 'run', id: run },
    early: [reportRunFailure, { run, reason: 'index-hopping', perMille: 12 }],
    registration: [registerRun, { run, flowCell: 'FC-1', instrument: 'SEQ-1' }],
  },
} as const;

/** The state after somebody said something, the newest first. */
async function after(
  state: readonly Entity[],
  by: Actor,
  type: AnyCommandType,
  { body, scope }: { readonly body: Record<string, unknown>; readonly scope: Scope },
): Promise<readonly Entity[]> {
  const said = command(by.id, body, { type: type.type });
  const decided = await type
    .prepare(said, said.id)
    .decide(readerOf(...state), context(by, { scope }));
  if (decided.decision !== 'recorded') throw new Error(decided.decision);
  return [...decided.changes, ...state];
}

const alarmsIn = (state: readonly Entity[]) => {
  const places = new Map<string, Extract<Entity, { readonly noun: 'alarm' }>>();
  for (const each of state) {
    if (each.noun !== 'alarm') continue;
    const place = JSON.stringify([each.scope, each.subject, each.organisation]);
    if (!places.has(place)) places.set(place, each);
  }
  return [...places.values()];
};

describe.each(Object.entries(CASES))('before anybody registered it %s', (_name, words) => {
  const {
    about,
    early: [early, said],
    registration: [registration, registered],
  } = words;
  const open = (state: readonly Entity[]) => openAlarms(alarmsIn(state), [about]);
  const tell = (by: Actor, state: readonly Entity[] = []) =>
    after(state, by, early, { body: { ...said }, scope: about });
  const register = (by: Actor, state: readonly Entity[]) =>
    after(state, by, registration, { body: { ...registered }, scope: about });

  test('is an alarm, and none any more once its organisation registers it (B2)', async () => {
    const told = await tell(owner);
    expect(open(told)).toMatchObject([{ organisation: 'LabMSP', raised: { actor: owner.id } }]);
    const known = await register(colleague, told);
    expect(open(known)).toEqual([]);
    expect(alarmsIn(known)).toMatchObject([{ dismissed: { actor: colleague.id } }]);
  });

  test('stays an alarm where another organisation registers it', async () => {
    const known = await register(another, await tell(owner));
    expect(open(known)).toMatchObject([{ organisation: 'LabMSP' }]);
  });

  test('stays one where it was entered in error, for somebody to look at (G3)', async () => {
    const mistaken = (await tell(owner)).map((each) =>
      each.noun === 'early-recall' ? { ...each, annulled: signed('lab.quality') } : each,
    );
    expect(open(await register(colleague, mistaken))).toHaveLength(1);
  });

  test('does away with its own alarm alone', async () => {
    const told = await tell(another, await tell(owner));
    expect(open(told)).toHaveLength(2);
    expect(open(await register(colleague, told))).toMatchObject([
      { organisation: 'ManufacturerMSP' },
    ]);
  });
});
