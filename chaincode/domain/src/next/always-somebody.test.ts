import { describe, expect, test } from '@jest/globals';
import { COI, signed } from '../example.fixture.js';
import { honest, Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { nameOfAttempt } from '../graph/links.js';
import type { Blocker } from '../nouns/blockable.js';
import { refOf } from '../nouns/reference.js';
import type { Entity } from '../nouns/registry.js';
import type { DeviationCode } from '../values/deviation-codes.js';
import { mattersOf } from './next.fixture.js';
import { NOTHING_LEADS_ON } from './wait.js';
import { waitsIn } from './waits.js';

/** The steps of the honest therapy in their order; `undefined` for its order alone. */
const STEPS = [
  undefined,
  'collection',
  'slot-booking',
  'pathology',
  'extraction',
  'sequencing',
  'genotyping',
  'calling',
  'ranking',
  'design',
  'template',
  'transcription',
  'fill-finish',
  'record',
  'release-tests',
  'review',
  'certification',
  'preparation',
] as const;

/** The step that brought something about. */
function broughtAboutBy(entity: Entity): (typeof STEPS)[number] {
  switch (entity.noun) {
    case 'step':
      return STEPS.find((each) => each === entity.step);
    case 'item':
      if (entity.collected) return 'collection';
      return entity.producedBy
        ? STEPS.find((each) => each === entity.producedBy?.step)
        : 'preparation';
    case 'dataset':
      return STEPS.find((each) => each === entity.producedBy.step);
    case 'design':
      return 'design';
    case 'batch':
      return 'record';
    case 'verification':
      return 'preparation';
    default:
      return undefined;
  }
}

/** The honest therapy as it stood after one of its steps: what later steps used up is still there. */
function after(last: (typeof STEPS)[number]): Story {
  const reached = (step: (typeof STEPS)[number]) => STEPS.indexOf(step) <= STEPS.indexOf(last);
  const kept = honest().entities.filter((each) => reached(broughtAboutBy(each)));
  const used = new Set(
    kept.flatMap((each) =>
      each.noun === 'step'
        ? (each.report?.inputs ?? []).map(({ id }) => id)
        : each.noun === 'item' && each.parents.length > 0
          ? each.parents.map(({ id }) => id)
          : [],
    ),
  );
  const makers: Readonly<Record<string, string>> = {
    pathology: 'LabMSP',
    extraction: 'LabMSP',
    sequencing: 'LabMSP',
  };
  return new Story(
    kept.map((each) => {
      if (each.noun === 'item' && each.custody === 'consumed' && !used.has(each.id)) {
        const by = each.producedBy?.step ?? '';
        const organisation = each.collected ? 'HospitalMSP' : (makers[by] ?? 'ManufacturerMSP');
        const holder = { organisation, actor: 'somebody' };
        return { ...each, custody: 'in-custody' as const, holder };
      }
      if (each.noun !== 'batch') return each;
      const { review, certification, ...recorded } = each;
      return {
        ...recorded,
        ...(reached('review') && review ? { review } : {}),
        ...(reached('certification') && certification ? { certification } : {}),
      };
    }),
  );
}

/** One that quality settles, and those that others can end too; `ways.test.ts` has every code. */
const SOME_CODES: readonly DeviationCode[] = ['SEAL_MISMATCH', 'UNIDENTIFIED_ITEM', 'ITEM_LOST'];

const nameOf = (entity: Entity): string => {
  if (entity.noun === 'step') return nameOfAttempt(entity);
  return 'id' in entity ? entity.id : COI;
};

/** What can befall one thing of a therapy, as its record shows it. */
function faultsOf(story: Story, entity: Entity): readonly (readonly [string, Story])[] {
  if (!('blockers' in entity)) return [];
  const replaced = (thing: Entity, ...more: readonly Entity[]) =>
    new Story([...story.entities.map((each) => (each === entity ? thing : each)), ...more]);
  const stopped = (blocker: Blocker, ...more: readonly Entity[]) =>
    replaced({ ...entity, blockers: [blocker] }, ...more);
  const deviation = (code: DeviationCode): Entity => ({
    noun: 'deviation',
    scope: { kind: 'therapy', id: COI },
    id: 'D1',
    code,
    classification: 'major',
    subjects: [{ ref: refOf(entity) }],
    opened: signed('hospital.nurse'),
  });
  const hold: Entity = {
    noun: 'hold',
    coi: COI,
    id: 'hold-1',
    subject: refOf(entity),
    reason: 'regulator',
    liftedByRole: 'quality',
    placed: signed('manufacturer.quality'),
  };
  const told: (readonly [string, Story])[] = [
    ...SOME_CODES.map(
      (code) =>
        [
          `deviation ${code}`,
          stopped({ kind: 'deviation', id: 'D1', code }, deviation(code)),
        ] as const,
    ),
    ['hold', stopped({ kind: 'hold', id: 'hold-1', code: 'regulator' }, hold)],
    ['rejected', stopped({ kind: 'rejected', id: 'D1', code: 'SEAL_MISMATCH' })],
    ['annulled', stopped({ kind: 'annulled', id: 'A', code: 'ENTERED_IN_ERROR' })],
  ];
  if (entity.noun === 'therapy') return told;
  told.push(['gone from the record', new Story(story.entities.filter((each) => each !== entity))]);
  if (entity.noun === 'item') {
    for (const custody of ['consumed', 'disposed', 'lost', 'administered', 'in-transit'] as const) {
      told.push([custody, replaced({ ...entity, custody })]);
    }
    const handOff = { id: 'H', verdict: 'rejected' } as const;
    const code = 'DELIVERY_REJECTED';
    const blockers = [{ kind: 'deviation', id: 'D1', code }] as const;
    told.push(['turned down', replaced({ ...entity, handOff, blockers }, deviation(code))]);
    told.push(['too old', replaced({ ...entity, useBy: '2026-11-22T12:00:00.000Z' })]);
    told.push(['unidentified', replaced({ ...entity, kind: 'unidentified' })]);
    const { collected, ...uncollected } = entity;
    if (collected) {
      told.push(['not collected', replaced(uncollected)]);
      const { by, occasion } = collected;
      told.push(['not confirmed', replaced({ ...entity, collected: { by, occasion } })]);
    }
  }
  if (entity.noun === 'step' && entity.report) {
    const { report, ...begun } = entity;
    told.push(['not begun and not reported', replaced(begun)]);
    const permission = { ...signed('lab.designer'), inputs: [], datasets: [] };
    told.push(['begun', replaced({ ...begun, permission })]);
    told.push(['on nothing', replaced({ ...entity, report: { ...report, inputs: [] } })]);
    told.push(['without results', replaced({ ...entity, report: { ...report, verdicts: [] } })]);
    for (const { check } of report.verdicts) {
      for (const verdict of ['fail', 'missing'] as const) {
        const verdicts = report.verdicts.map((each) =>
          each.check === check ? { check, verdict } : each,
        );
        told.push([
          `${check} ${verdict}`,
          replaced({ ...entity, report: { ...report, verdicts } }),
        ]);
      }
    }
  }
  if (entity.noun === 'batch') {
    const recall = { ...signed('manufacturer.quality'), reason: 'sterility' } as const;
    told.push(['recalled', replaced({ ...entity, recall })]);
    told.push(['expired', replaced({ ...entity, expiry: '2026-11-22T12:00:00.000Z' })]);
  }
  return told;
}

/** Of a state in which nobody is named, or named in vain: what is said. */
function inVain(story: Story): readonly string[] {
  const waits = waitsIn(mattersOf(story));
  if (waits.length === 0) return ['nobody'];
  return waits.flatMap(({ code, options }) => {
    if (code === NOTHING_LEADS_ON) return [code];
    return options.some(({ roles }) => roles.length > 0) ? [] : [`${code} in vain`];
  });
}

describe('somebody named can lead on', () => {
  test.each(STEPS.map((step) => step ?? 'order'))('after %s', (step) => {
    expect(inVain(after(STEPS.find((each) => each === step)))).toEqual([]);
  });

  test.each(STEPS.map((step) => step ?? 'order'))(
    'after %s, whatever befell one of its things',
    (step) => {
      const story = after(STEPS.find((each) => each === step));
      const found = story.entities.flatMap((entity) =>
        faultsOf(story, entity).flatMap(([fault, told]) =>
          inVain(told).map((said) => `${entity.noun} ${nameOf(entity)} ${fault}: ${said}`),
        ),
      );
      expect(found).toEqual([]);
    },
  );

  test('after a dose was given, until what became of the patient is told', () => {
    const given = (number: number): Entity => ({
      noun: 'dose',
      coi: COI,
      id: `dose-${number}`,
      number,
      item: THINGS.dose,
      verifications: [],
      authorised: signed('hospital.clinician'),
      administrations: [
        {
          ...signed('hospital.clinician'),
          item: THINGS.dose,
          course: 'complete',
          annex: 'annex-1',
        },
      ],
    });
    expect(inVain(honest().with(given(1)))).toEqual([]);
    expect(inVain(honest().with(given(1), given(2)))).toEqual([]);
  });
});
