import { describe, expect, test } from '@jest/globals';
import type { FactDecision } from '../commands/decision.js';
import { collectItem, decideCollect } from '../custody/collect.js';
import { decideDerive, deriveItem } from '../custody/derive.js';
import { decideRelease, releaseItem } from '../custody/release.js';
import {
  actor,
  attempt,
  COI,
  command,
  consent,
  context,
  dataset,
  definition,
  DIGEST,
  din,
  item,
  NO_USE,
  signed,
  step,
  therapy,
  useBy,
} from '../example.fixture.js';
import { decideReportStep } from '../manufacturing/decide-report.js';
import { reportStep } from '../manufacturing/report-step.js';
import { decideSubmitDesign, submitDesign } from '../manufacturing/submit-design.js';
import type { Item } from '../nouns/item.js';
import { purposesOf } from '../nouns/process-definition.js';
import type { UseByFact } from './fact.js';

const somebody = actor('lab.technician', 'LabMSP', 'lab');
const of = { therapy: therapy(), definition: definition(), unidentified: [] };
const held = item({ holder: { organisation: 'LabMSP', actor: somebody.id } });
const own = (thing: Item) => ({ id: thing.id, known: 'own', item: thing }) as const;
const fresh = { id: din(2), known: 'never' } as const;
const CONDITION = { seals: [], condition: 'intact', labelRead: held.id, identityCheck: 'match' };

/** Each fact that needs the patient's consent, told honestly but for that, and the thing that it made. */
const FACTS: readonly [string, string, (use: UseByFact) => FactDecision][] = [
  [
    'a collection',
    'item',
    (use) => {
      const body = { coi: COI, item: din(2), kind: 'tumour', occasion: 'visit-1' };
      return decideCollect(
        { ...of, named: fresh, confirms: undefined, use },
        command(somebody.id, collectItem.body.parse(body)),
        context(somebody),
      );
    },
  ],
  [
    'a release to another organisation',
    'item',
    (use) => {
      const body = { coi: COI, item: held.id, handOff: 'h', to: 'CourierMSP', ...CONDITION };
      return decideRelease(
        { ...of, returnedIn: undefined, named: own(held), handOff: undefined, use },
        command(somebody.id, releaseItem.body.parse(body)),
        context(somebody),
      );
    },
  ],
  [
    'a preparation',
    'item',
    (use) => {
      const parents = [{ item: held.id, consumed: true }];
      const children = [{ item: din(2), kind: 'dose' }];
      const body = { coi: COI, operation: 'prepare', parents, children };
      return decideDerive(
        { ...of, parents: [own(held)], children: [fresh], use },
        command(somebody.id, deriveItem.body.parse(body)),
        context(somebody),
      );
    },
  ],
  [
    'the report of a step that was permitted',
    'step',
    (use) => {
      const permission = { ...signed(somebody.id), inputs: [], datasets: [] };
      const body = {
        ...{ coi: COI, step: 'only', attempt: 1, inputs: [], outputs: [], inputDatasets: [] },
        ...{ datasets: [], lots: [], equipment: [], sop: { id: 'sop-1', version: '1.0' } },
      };
      const nothing = { inputs: [], outputs: [], inputDatasets: [], outputDatasets: [], lots: [] };
      return decideReportStep(
        {
          ...{ ...of, ...nothing, run: undefined, design: undefined, batch: undefined, use },
          existing: attempt('only', { permission }),
        },
        command(somebody.id, reportStep.body.parse(body)),
        context(somebody),
      );
    },
  ],
  [
    'a design',
    'design',
    (use) => {
      const ranking = { step: 'ranking', attempt: 1 };
      const body = { coi: COI, design: 'design-1', version: 1, datasets: ['fastq'], ranking };
      return decideSubmitDesign(
        { ...of, existing: undefined, datasets: [dataset()], ranking: undefined, use },
        command(somebody.id, submitDesign.body.parse(body), { annex: { sequence: DIGEST } }),
        context(somebody),
      );
    },
  ],
];

describe.each(FACTS)('%s', (_name, noun, tell) => {
  test('after the patient’s withdrawal is recorded and stops what it made', () => {
    expect(tell(NO_USE).deviations).toEqual([]);
    expect(tell(useBy(consent('given'))).deviations).toEqual([]);
    const { deviations, changes } = tell(useBy(consent('withdrawn')));
    expect(deviations.map(({ code }) => code)).toEqual(['WITHOUT_CONSENT']);
    const stopped = changes.filter((each) => 'blockers' in each && each.blockers.length > 0);
    expect(stopped).toMatchObject([{ noun, blockers: [{ code: 'WITHOUT_CONSENT' }] }]);
  });
});

test('what is collected or prepared needs the consents of the step that makes it', () => {
  const process = definition([
    step('blood', {
      ...{ attestedBy: 'custody:CollectItem', outputs: ['tumour'] },
      consents: ['TREATMENT_MANUFACTURE'],
    }),
    step('spare', {
      ...{ attestedBy: 'custody:CollectItem', outputs: ['vial'] },
      consents: ['SAMPLE_RETENTION'],
    }),
  ]);
  const asked = (kind: string) => purposesOf(process, 'custody:CollectItem', [kind]);
  expect(asked('vial')).toEqual(['SAMPLE_RETENTION']);
  expect(asked('dose')).toEqual(['TREATMENT_MANUFACTURE', 'SAMPLE_RETENTION']);
  expect(purposesOf(process, 'custody:DeriveItem', ['vial'])).toEqual([]);
});
