import { beforeAll, describe, expect, it } from '@jest/globals';
import { authorise, bedside, lot } from '#scripts';
import type { Entity, EntityOf } from '@veinledger/domain';
import { goOn, type Played, playTwo, toTheWard } from './played.js';

/** Short names of what the dose is made from, as the two therapies below were played. */
const STEPS = [
  'pathology',
  'extraction',
  'sequencing',
  'genotyping',
  'calling',
  'ranking',
  'template',
  'transcription',
  'fill-finish',
  'release-tests',
];
const DATASETS = [
  'tumour-fastq',
  'normal-fastq',
  'rna-fastq',
  'genotype',
  'variants',
  'hla',
  'neoantigens',
];

describe('the chain behind a dose', () => {
  let ward: Played;
  let verifications: readonly string[];
  beforeAll(async () => {
    ward = await playTwo(toTheWard);
    verifications = await bedside(ward.journeys[0]);
  });

  const coi = () => ward.journeys[0].coi;

  /** Everything that the dose was made from, and everything else that lies under the therapy. */
  function partsOfTheDose(): { readonly chain: Set<string>; readonly beside: Set<string> } {
    const { things, design, batch } = ward.journeys[0];
    const { dna, rna, block, tumour, blood, secondBlood, template, drugSubstance } = things;
    const items = [dna, rna, block, tumour, blood, secondBlood, template, drugSubstance];
    const chain = new Set([
      ...[things.dose, things.vials[0], ...items].map((id) => `item ${id}`),
      ...STEPS.map((step) => `step ${step}`),
      ...DATASETS.map((id) => `dataset ${id}`),
      `design ${design}`,
      `batch ${batch}`,
    ]);
    const kinds = new Set(['item', 'step', 'dataset', 'design', 'batch']);
    const all = [...ward.submitter.state.values()].map((value) => JSON.parse(value) as Entity);
    const own = all.filter((thing) => coiOf(thing) === coi() && kinds.has(thing.noun)).map(nameOf);
    const beside = own.filter((name) => !chain.has(name) && name !== `item ${things.sampleVial}`);
    return { chain, beside: new Set(beside) };
  }

  /** Asks for the dose after one record was changed; undefined takes it away. */
  async function askAfter(name: string, change: (thing: Entity) => object | undefined) {
    const { submitter, journeys } = goOn(ward);
    const [key, value] =
      [...submitter.state].find(([, each]) => {
        const thing = JSON.parse(each) as Entity;
        return nameOf(thing) === name && (coiOf(thing) ?? coi()) === coi();
      }) ?? [];
    if (key === undefined || value === undefined) throw new Error(`the state holds no ${name}`);
    const changed = change(JSON.parse(value) as Entity);
    if (changed) submitter.state.set(key, JSON.stringify(changed));
    else submitter.state.delete(key);
    const { receipt } = await authorise(journeys[0], verifications);
    return receipt;
  }

  const codes = (receipt: { readonly reasons: readonly { readonly code: string }[] }) =>
    receipt.reasons.map(({ code }) => code);

  it('is whole at the ward', async () => {
    const { journeys } = goOn(ward);
    const { receipt } = await authorise(journeys[0], verifications);
    expect(receipt).toMatchObject({ decision: 'permitted', reasons: [] });
  });

  it('needs the record of each thing that the dose was made from', async () => {
    for (const name of partsOfTheDose().chain) {
      const receipt = await askAfter(name, () => undefined);
      expect([name, receipt.decision, codes(receipt)]).toEqual([
        name,
        'refused',
        expect.arrayContaining([name === 'step release-tests' ? 'NOT_TESTED' : 'BROKEN_CHAIN']),
      ]);
    }
    expect(codes(await askAfter(`lot ${lot('LNP-1')}`, () => undefined))).toEqual(['BROKEN_CHAIN']);
  });

  it.each([
    ['deviation', 'DEVIATION_OPEN'],
    ['hold', 'ON_HOLD'],
    ['rejected', 'REJECTED'],
  ])('is stopped by a %s on each thing that the dose was made from', async (kind, code) => {
    for (const name of [...partsOfTheDose().chain, `therapy ${coi()}`]) {
      const receipt = await askAfter(name, (thing) => ({
        ...thing,
        blockers: [{ kind, id: 'D1', code: 'SEAL_MISMATCH' }],
      }));
      const setAside = name === 'step release-tests' && kind === 'rejected';
      const expected = setAside ? 'NOT_TESTED' : code;
      expect([name, receipt.decision, codes(receipt)]).toEqual([name, 'refused', [expected]]);
    }
  });

  it('is stopped by whatever stops the sample by which its batch was tested', async () => {
    const { sampleVial } = ward.journeys[0].things;
    const receipt = await askAfter(`item ${sampleVial}`, (thing) => ({
      ...thing,
      blockers: [{ kind: 'hold', id: 'hold-1', code: 'regulator' }],
    }));
    expect([receipt.decision, codes(receipt)]).toEqual(['refused', ['NOT_TESTED']]);
  });

  it('is not touched by what the dose was not made from', async () => {
    const { beside } = partsOfTheDose();
    expect([...beside].length).toBeGreaterThan(3);
    for (const name of beside) {
      const stopped = await askAfter(name, (thing) => ({
        ...thing,
        blockers: [{ kind: 'deviation', id: 'D1', code: 'SEAL_MISMATCH' }],
      }));
      expect([name, stopped.decision]).toEqual([name, 'permitted']);
    }
  });

  const past = '2020-01-01T00:00:00.000Z';
  type Change = readonly [string, (played: Played) => string, (thing: Entity) => object, string];
  const first = ({ journeys: [{ things }] }: Played) => things;
  const changes: readonly Change[] = [
    [
      'a sample without its second person',
      (p) => `item ${first(p).tumour}`,
      unconfirmed,
      'COLLECTION_NOT_CONFIRMED',
    ],
    [
      'a parcel still on its way',
      (p) => `item ${first(p).block}`,
      (t) => ({ ...t, handOff: { id: 'h', verdict: 'pending' } }),
      'HAND_OFF_NOT_ACCEPTED',
    ],
    [
      'a parcel that was rejected',
      (p) => `item ${first(p).vials[0] ?? ''}`,
      (t) => ({ ...t, handOff: { id: 'h', verdict: 'rejected' } }),
      'HAND_OFF_NOT_ACCEPTED',
    ],
    [
      'an item of another patient',
      (p) => `item ${first(p).dna}`,
      (t) => ({ ...t, coi: 'H1234269000021' }),
      'FOREIGN_ITEM',
    ],
    [
      'a step that nobody reported',
      () => 'step ranking',
      (t) => lacking(t, 'report'),
      'STEP_NOT_DONE',
    ],
    ['a template with another sequence', () => 'step template', failed, 'SEQUENCE_NOT_CONFIRMED'],
    [
      'a design without its second signature',
      (p) => `design ${p.journeys[0].design}`,
      (t) => lacking(t, 'approved'),
      'DESIGN_NOT_APPROVED',
    ],
    [
      'a batch that quality did not review',
      (p) => `batch ${p.journeys[0].batch}`,
      (t) => lacking(t, 'review'),
      'NOT_REVIEWED',
    ],
    [
      'a batch that nobody certified',
      (p) => `batch ${p.journeys[0].batch}`,
      (t) => lacking(t, 'certification'),
      'BATCH_NOT_RELEASED',
    ],
    [
      'a batch that was called back',
      (p) => `batch ${p.journeys[0].batch}`,
      (t) => ({ ...t, recall: { reason: 'sterility' } }),
      'RECALLED',
    ],
    [
      'a batch that expired',
      (p) => `batch ${p.journeys[0].batch}`,
      (t) => ({ ...t, expiry: past }),
      'EXPIRED',
    ],
    [
      'a dose past its in-use time',
      (p) => `item ${first(p).dose}`,
      (t) => ({ ...t, useBy: past }),
      'EXPIRED',
    ],
    [
      'a dose in other hands',
      (p) => `item ${first(p).dose}`,
      (t) => ({ ...t, holder: { organisation: 'LabMSP', actor: 'x' } }),
      'NOT_HOLDER',
    ],
    [
      'a dose that was given',
      (p) => `item ${first(p).dose}`,
      (t) => ({ ...t, custody: 'administered' }),
      'NOT_IN_CUSTODY',
    ],
    [
      'a sample in place of a dose',
      (p) => `item ${first(p).dose}`,
      (t) => ({ ...t, kind: 'tumour-ffpe' }),
      'WRONG_KIND',
    ],
    [
      'a check at the bedside of yesterday',
      () => 'verification verification-1-1',
      (t) => ('by' in t ? { ...t, by: { ...(t.by as object), at: past } } : t),
      'NOT_VERIFIED',
    ],
    [
      'a check at the bedside that did not match',
      () => 'verification verification-1-2',
      (t) => ({ ...t, matches: false }),
      'IDENTITY_MISMATCH',
    ],
    [
      'a consent that was invalidated',
      () => 'consent treatment-manufacture-1',
      (t) => ({ ...t, state: 'invalidated' }),
      'CONSENT_NOT_ACTIVE',
    ],
    [
      'a consent that was withdrawn',
      () => 'consent treatment-manufacture-1',
      (t) => ({ ...t, state: 'withdrawn' }),
      'CONSENT_DENIED',
    ],
    [
      'a consent that ended',
      () => 'consent treatment-manufacture-1',
      (t) => ({ ...t, scope: { validUntil: past } }),
      'CONSENT_NOT_ACTIVE',
    ],
    [
      'a dose that was not ordered',
      (p) => `therapy ${p.journeys[0].coi}`,
      (t) => ({ ...t, orderLines: [] }),
      'DOSE_NOT_ORDERED',
    ],
    [
      'a hospital that has no part in it',
      (p) => `therapy ${p.journeys[0].coi}`,
      (t) => ({ ...t, parties: ['LabMSP'] }),
      'NOT_A_PARTY',
    ],
  ];

  it.each(changes)('is broken by %s', async (_name, of, change, code) => {
    const receipt = await askAfter(of(ward), change);
    expect([receipt.decision, codes(receipt)]).toEqual(['refused', expect.arrayContaining([code])]);
  });
});

function coiOf(thing: Entity): string | undefined {
  return 'coi' in thing ? thing.coi : undefined;
}

function nameOf(thing: Entity): string {
  if (thing.noun === 'step') return `step ${thing.step}`;
  if (thing.noun === 'therapy') return `therapy ${thing.coi}`;
  return `${thing.noun} ${'id' in thing ? thing.id : ''}`;
}

function lacking(thing: Entity, name: string): object {
  return Object.fromEntries(Object.entries(thing).filter(([each]) => each !== name));
}

function unconfirmed(thing: Entity): object {
  const { collected } = thing as EntityOf<'item'>;
  return { ...thing, collected: { by: collected?.by, occasion: collected?.occasion } };
}

function failed(thing: Entity): object {
  const { report } = thing as EntityOf<'step'>;
  const verdicts = report?.verdicts.map(({ check }) => ({ check, verdict: 'fail' }));
  return { ...thing, report: { ...report, verdicts } };
}
