import { describe, expect, test } from '@jest/globals';
import { authoriseDose } from '../care/authorise-dose.js';
import { decideToGoOn } from '../care/decide-to-go-on.js';
import { issuePass } from '../care/issue-pass.js';
import { overrideDose } from '../care/override-dose.js';
import { recordAdministration } from '../care/record-administration.js';
import type { CommandType } from '../commands/define.js';
import { readerOf } from '../commands/reader.fixture.js';
import { actor, COI, command, consent, context, DIGEST, din } from '../example.fixture.js';
import { CELL_THINGS, honestCells } from '../graph/cell-therapy.fixture.js';
import { HOLD, honest, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { recordBatch } from '../manufacturing/batch.js';
import { startStep } from '../manufacturing/start-step.js';
import type { Entity } from '../nouns/registry.js';
import type { Item } from '../nouns/item.js';
import type { NamedItem } from '../nouns/named-item.js';
import type { Role } from '../values/roles.js';

/** The other number on the label of what is named. */
const ALIAS = 'https://id.gs1.org/01/09506000134352/21/OTHER';

function namedIn({ entities }: Story, id: string): NamedItem {
  const things = entities.filter((each): each is Item => each.noun === 'item');
  const found = things.find((each) => each.id === id || each.alias === id);
  return found ? { id, known: 'own', item: found } : { id, known: 'never' };
}

/** What a command of somebody's writes in a therapy. */
async function written<Body>(
  type: CommandType<Body>,
  story: Story,
  body: object,
  role: Role,
  organisation = 'HospitalMSP',
): Promise<readonly Entity[]> {
  const { process } = story.find('therapy', COI);
  const published = { noun: 'process' as const, ...process, definition: story.definition };
  const named = (_coi: string, id: string) => Promise.resolve(namedIn(story, id));
  const entities = [...story.entities, { ...published, publishedBy: 'x', at: '' }];
  const member = { country: 'DE', grantable: [role], registrars: [], standing: 'active' } as const;
  const reader = {
    ...readerOf(
      ...entities,
      consent('given'),
      consent('given', { purpose: 'GENOMIC_SEQUENCING', id: 'consent-2' }),
      { noun: 'organisation', id: organisation, ...member },
    ),
    ...{ named, given: named },
  };
  const by = actor(`somebody.${role}`, organisation, role);
  const annex = { administration: DIGEST, explanation: DIGEST };
  const prepared = type.prepare(command(by.id, { coi: COI, ...body }, { annex }), DIGEST);
  const decided = await prepared.decide(reader, context(by));
  if (decided.decision === 'refused') throw new Error(JSON.stringify(decided.reasons));
  return decided.changes;
}

const labelled = (id: string, story = honest()) => story.change('item', id, { alias: ALIAS });
const given = labelled(THINGS.dose);
const asked = { dose: 'dose-1', number: 1, item: ALIAS, continueAfterLapse: false };
const verifications = ['verification-hospital.nurse', 'verification-hospital.clinician'];
const itemsIn = (changes: readonly Entity[], noun: Entity['noun']) =>
  changes.flatMap((each) => (each.noun === noun && 'item' in each ? [each.item] : []));

describe('a command that names a thing by another number on its label writes of that thing, and rests on it', () => {
  test('where a dose is authorised', async () => {
    const body = { ...asked, verifications, fitness: 'go' };
    expect(itemsIn(await written(authoriseDose, given, body, 'clinician'), 'dose')).toEqual([
      THINGS.dose,
    ]);
  });

  test('where a pass is issued', async () => {
    const body = { pass: 'pass-1', number: 1, item: ALIAS };
    expect(itemsIn(await written(issuePass, given, body, 'pharmacist'), 'dose-pass')).toEqual([
      THINGS.dose,
    ]);
  });

  test('where a dose is overridden, or gone on with', async () => {
    const body = { ...asked, verifications: [], reason: 'life-threatening' };
    expect(itemsIn(await written(overrideDose, given, body, 'clinician'), 'override')).toEqual([
      THINGS.dose,
    ]);
    const cells = labelled(CELL_THINGS.dose, honestCells().change('item', CELL_THINGS.dose, HOLD));
    const going = { decision: 'decision-1', item: ALIAS, continueAfterLapse: false };
    expect(itemsIn(await written(decideToGoOn, cells, going, 'clinician'), 'decision')).toEqual([
      CELL_THINGS.dose,
    ]);
  });

  test('where it is told that it was given', async () => {
    const body = { dose: 'dose-1', number: 1, item: ALIAS, course: 'complete' };
    const told = await written(recordAdministration, given, body, 'clinician');
    expect(itemsIn(told, 'dose')).toEqual([THINGS.dose]);
    const [dose] = told.flatMap((each) => (each.noun === 'dose' ? [each] : []));
    expect(dose?.administrations.map(({ item }) => item)).toEqual([THINGS.dose]);
  });

  test('where a step begins on it', async () => {
    const story = labelled(
      THINGS.block,
      honest().change('item', THINGS.block, {
        custody: 'in-custody',
        holder: { organisation: 'LabMSP', actor: 'lab.technician' },
      }),
    ).change('item', THINGS.blood, {
      custody: 'in-custody',
      holder: { organisation: 'LabMSP', actor: 'lab.technician' },
    });
    const body = {
      ...{ step: 'extraction', attempt: 2, datasets: [] },
      inputs: [ALIAS, THINGS.blood],
    };
    const [attempt] = await written(startStep, story, body, 'lab', 'LabMSP');
    expect(attempt).toMatchObject({ permission: { inputs: [THINGS.block, THINGS.blood] } });
  });

  test('where a batch counts it', async () => {
    const [vial] = THINGS.vials;
    const story = labelled(vial);
    const changes = await written(
      recordBatch,
      story,
      {
        ...{ batch: 'batch-9', fill: { step: 'fill-finish', attempt: 1 } },
        ...{ expiry: '2028-11-22T13:00:00.000Z', vials: [ALIAS, din(88)] },
        reconciliation: { made: 2, sampled: 0, retained: 0, rejected: 0 },
      },
      'operator',
      story.find('therapy', COI).quality,
    );
    const [batch] = changes.flatMap((each) => (each.noun === 'batch' ? [each] : []));
    expect(batch?.vials).toEqual([vial, din(88)]);
  });
});
