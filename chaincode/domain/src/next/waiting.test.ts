import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { after, decide, physician, releasePerson } from '../care/decide-to-go-on.fixture.js';
import { COMMANDS } from '../catalogue.js';
import { COI, definition, NOW, signed } from '../example.fixture.js';
import { CELL_THINGS, honestCells } from '../graph/cell-therapy.fixture.js';
import { HOLD, honest, lacking, type Story } from '../graph/honest-therapy.fixture.js';
import { meaningOf } from './meaning.js';
import { mattersOf, people, rota } from './next.fixture.js';
import { calledTo } from './on-call.js';
import { type Signatory, waitingFor } from './waiting.js';
import { waitsIn } from './waits.js';

const quality = {
  id: 'manufacturer.quality',
  organisation: 'ManufacturerMSP',
  kind: 'person',
  roles: ['quality'],
} as const satisfies Signatory;

const BATCH = 'batch-1';

function waiting(story: Story, signatory: Signatory) {
  const waits = waitsIn(mattersOf(story));
  const acts = waits.map((wait) => calledTo(wait, people([rota()]), NOW, definition()));
  return waitingFor(signatory, { coi: COI, at: NOW, acts }).waiting;
}

const unreviewed = () =>
  honest().change('batch', BATCH, (thing) => lacking(lacking(thing, 'review'), 'certification'));

describe('what waits for somebody’s signature', () => {
  test('is what they may sign, with its meaning, and all of the command that the ledger knows', () => {
    expect(waiting(unreviewed(), quality)).toMatchObject([
      {
        act: 'manufacturing:ReviewBatch',
        subject: `batch ${BATCH}`,
        signature: 'own',
        meaning: expect.stringMatching(/^Review: /u),
        called: true,
        body: { coi: COI, batch: BATCH },
        lacking: [],
        annexes: [],
      },
    ]);
  });

  test('is nothing of another organisation’s, or of another role’s', () => {
    expect(waiting(unreviewed(), { ...quality, organisation: 'LabMSP' })).toEqual([]);
    expect(waiting(unreviewed(), { ...quality, roles: ['operator'] })).toEqual([]);
  });

  test('is no electronic signature where a device asks, whoever’s session it has (E2)', () => {
    expect(waiting(unreviewed(), { ...quality, kind: 'device' })).toEqual([]);
  });

  test('is nothing that they made, under this actor or another one of theirs', () => {
    const made = (by: object) =>
      unreviewed().change('batch', BATCH, (thing) => ({
        ...thing,
        recorded: { ...signed('manufacturer.operator'), ...by },
      }));
    expect(waiting(made({ actor: quality.id }), quality)).toEqual([]);
    const person = 'P'.repeat(43);
    expect(waiting(made({ person }), { ...quality, person })).toEqual([]);
    expect(waiting(made({ person }), quality)).toHaveLength(1);
  });

  test('of a deviation names it and its subject, and leaves the decision to whoever signs', () => {
    const story = honest().with({
      noun: 'deviation',
      scope: { kind: 'therapy', id: COI },
      id: 'D1',
      code: 'SEAL_MISMATCH',
      classification: 'major',
      subjects: [{ ref: { kind: 'batch', coi: COI, id: BATCH } }],
      opened: signed('hospital.nurse'),
    });
    const found = waiting(story, quality).find(({ noun }) => noun === 'deviation');
    expect(found).toMatchObject({
      act: 'manufacturing:RecordDisposition',
      body: { coi: COI, deviation: 'D1', subject: { kind: 'batch', coi: COI, id: BATCH } },
      lacking: ['decision'],
    });
  });

  test('is known by what it is: the same again, and another once it changed', () => {
    const [first] = waiting(unreviewed(), quality);
    expect(waiting(unreviewed(), quality)[0]?.id).toBe(first?.id);
    const later = unreviewed().change('batch', BATCH, (thing) => ({
      ...thing,
      recorded: { ...signed('manufacturer.operator'), at: '2026-11-21T00:00:00.000Z' },
    }));
    expect(waiting(later, quality)[0]?.id).not.toBe(first?.id);
  });
});

/** The types of command that are named where it is said who is next. */
function typesNamed(): readonly string[] {
  const here = new URL('./', import.meta.url);
  const files = readdirSync(here).filter(
    (name) => name.endsWith('.js') && !/\.(?:test|fixture)\./u.test(name),
  );
  const named = files.flatMap((name) => {
    const text = readFileSync(new URL(name, here), 'utf8');
    return text.match(/(?<=')[a-z]+:[A-Z]\w+(?=')/gu) ?? [];
  });
  return [...new Set(named)];
}

test('everything that somebody is asked to sign says what the signature means', () => {
  const asked = typesNamed();
  expect(asked).toContain('care:DecideToGoOn');
  expect(asked.filter((type) => meaningOf(type) === undefined)).toEqual([]);
  const types: readonly string[] = COMMANDS.map(({ type }) => type);
  expect(asked.filter((type) => !types.includes(type))).toEqual([]);
});

test('who decides as the second to go on with a product is another person, and sees which product that is', () => {
  const { dose } = CELL_THINGS;
  const held = honestCells().change('item', dose, HOLD);
  const half = after(held, decide(physician, held));
  const second = { ...quality, id: releasePerson.id, roles: ['release-person'] } as const;
  const asked = waiting(half, second).filter(({ act }) => act === 'care:DecideToGoOn');
  expect(asked).toMatchObject([
    { body: { coi: COI, decision: 'decision-1', item: dose }, lacking: ['continueAfterLapse'] },
  ]);
  const first = {
    ...second,
    id: physician.id,
    organisation: 'HospitalMSP',
    roles: physician.roles,
  };
  expect(waiting(half, first).filter(({ act }) => act === 'care:DecideToGoOn')).toEqual([]);
});

test('a collection that a gate waits for too is not confirmed by who took it', () => {
  const tumour = honest().entities.find((each) => each.noun === 'item' && each.collected);
  if (tumour?.noun !== 'item' || !tumour.collected) throw new Error('nothing was collected');
  const collected = lacking(tumour.collected, 'confirmedBy');
  const story = honest().change('item', tumour.id, (thing) => ({ ...thing, collected }));
  const waits = waitsIn(mattersOf(story)).filter(({ code }) => code === 'COLLECTION_NOT_CONFIRMED');
  expect(waits.length).toBeGreaterThan(0);
  for (const { except } of waits) expect(except).toEqual([collected.by]);
});
