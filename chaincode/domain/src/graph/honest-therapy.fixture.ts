import { readFileSync } from 'node:fs';
import {
  batch,
  attempt,
  COI,
  dataset,
  design,
  din,
  item,
  report,
  sample,
  signed,
  therapy,
  verification,
} from '../example.fixture.js';
import type { Item } from '../nouns/item.js';
import { type ProcessDefinition, processDefinition, stepOf } from '../nouns/process-definition.js';
import type { Verdict } from '../nouns/reason.js';
import type { Entity, EntityOf, Noun } from '../nouns/registry.js';
import type { StepReport } from '../nouns/step.js';
import type { Ancestry } from './ancestry.js';
import { nameOfAttempt } from './links.js';
import { upstreamOf } from './upstream.js';
import { type WholeTherapy, wholeTherapyOf } from './whole-therapy.js';

const file = new URL('../../../processes/pcv-mrna-1.0.json', import.meta.url);

/** The process that is shipped. */
export const SHIPPED: ProcessDefinition = processDefinition.parse(
  JSON.parse(readFileSync(file, 'utf8')),
);

/** The items of the honest therapy. */
export const THINGS = {
  tumour: din(1),
  blood: din(2),
  secondBlood: din(3),
  block: din(4),
  dna: din(5),
  rna: din(6),
  library: din(7),
  template: din(8),
  drugSubstance: din(10),
  vials: [din(11), din(12), din(13)],
  sampleVial: din(14),
  retainedVial: din(15),
  dose: din(9),
} as const;

/** The lot that every step of the honest therapy uses. */
export const LOT = 'https://id.gs1.org/01/09506000134352/10/LNP-1';

/** A verdict on each check of a step: every one passes but those that are named. */
export function verdictsOf(
  step: string,
  others: Readonly<Record<string, Verdict['verdict']>> = {},
): readonly Verdict[] {
  const checks = stepOf(SHIPPED, step)?.checks ?? [];
  return checks.map(({ code }) => ({ check: code, verdict: others[code] ?? 'pass' }));
}

/** A step of the shipped process, reported by that person on these with every check passed. */
export function done(name: string, by: string, rest: Partial<StepReport> = {}) {
  const [step = '', number] = name.split('/');
  return attempt(step, {
    attempt: Number(number),
    report: report(by, { verdicts: verdictsOf(step), ...rest }),
  });
}

/** An item that an attempt made of others. */
export function made(
  id: string,
  kind: string,
  by: string,
  parents: readonly string[],
  rest: Partial<Item> = {},
): Item {
  const [step = '', number] = by.split('/');
  return item({
    id,
    kind,
    producedBy: { step, attempt: Number(number) },
    parents: parents.map(own),
    custody: 'consumed',
    signatures: [signed('manufacturer.operator')],
    ...rest,
  });
}

/** An item of this therapy, as others refer to it. */
export function own(id: string) {
  return { coi: COI, id };
}

const inputs = (...ids: readonly string[]) => ({ inputs: ids.map(own) });
const vial = (id: string, rest: Partial<Item> = {}) =>
  made(id, 'vial', 'fill-finish/1', [THINGS.drugSubstance], { custody: 'in-custody', ...rest });

const { tumour, blood, secondBlood, block, dna, rna, library, template, drugSubstance } = THINGS;
const { vials, sampleVial, retainedVial } = THINGS;
const FILES = ['tumour-fastq', 'normal-fastq'];

const COLLECTED: readonly Entity[] = [
  sample({ id: tumour, kind: 'tumour-ffpe', custody: 'consumed' }),
  sample({ id: blood, kind: 'blood-edta', custody: 'consumed' }),
  sample({
    id: secondBlood,
    kind: 'blood-edta',
    custody: 'consumed',
    collected: {
      by: 'hospital.second-collector',
      occasion: 'visit-2',
      confirmedBy: 'hospital.clinician',
    },
  }),
];

const ANALYSED: readonly Entity[] = [
  done('slot-booking/1', 'manufacturer.coordinator'),
  done('pathology/1', 'hospital.pathologist', { ...inputs(tumour), outputs: [block] }),
  made(block, 'block', 'pathology/1', [tumour], {
    signatures: [signed('hospital.pathologist')],
    handOff: { id: 'hand-off-1', verdict: 'accepted' },
  }),
  done('extraction/1', 'lab.technician', {
    ...inputs(block, blood),
    outputs: [dna, rna],
    lots: [LOT],
  }),
  made(dna, 'dna', 'extraction/1', [block, blood], { signatures: [signed('lab.technician')] }),
  made(rna, 'rna', 'extraction/1', [block, blood], { signatures: [signed('lab.technician')] }),
  done('sequencing/1', 'lab.technician', {
    ...inputs(dna, rna),
    outputs: [library],
    datasets: FILES,
    run: 'run-1',
  }),
  made(library, 'library', 'sequencing/1', [dna, rna]),
  ...FILES.map((id) => dataset({ id })),
  done('genotyping/1', 'lab.technician', { ...inputs(secondBlood), datasets: ['genotype'] }),
  dataset({ id: 'genotype', kind: 'genotype', producedBy: { step: 'genotyping', attempt: 1 } }),
  done('calling/1', 'lab.designer', {
    inputDatasets: [...FILES, 'genotype'],
    datasets: ['variants', 'hla'],
  }),
  dataset({ id: 'variants', kind: 'vcf', producedBy: { step: 'calling', attempt: 1 } }),
  dataset({ id: 'hla', kind: 'hla', producedBy: { step: 'calling', attempt: 1 } }),
  done('ranking/1', 'lab.designer', {
    inputDatasets: ['variants', 'hla'],
    datasets: ['neoantigens'],
  }),
  dataset({ id: 'neoantigens', kind: 'neoantigens', producedBy: { step: 'ranking', attempt: 1 } }),
  design({
    datasets: ['variants', 'hla', 'neoantigens'],
    verdicts: verdictsOf('design'),
    approved: signed('manufacturer.reviewer'),
  }),
];

const MADE: readonly Entity[] = [
  done('template/1', 'manufacturer.operator', { outputs: [template], design: 'design-1' }),
  made(template, 'template', 'template/1', [], { design: 'design-1' }),
  done('transcription/1', 'manufacturer.operator', {
    ...inputs(template),
    outputs: [drugSubstance],
    lots: [LOT],
  }),
  made(drugSubstance, 'drug-substance', 'transcription/1', [template]),
  done('fill-finish/1', 'manufacturer.operator', {
    ...inputs(drugSubstance),
    outputs: [...vials, sampleVial, retainedVial],
    lots: [LOT],
  }),
  ...vials.map((id) => vial(id, { batch: 'batch-1', useBy: '2028-11-22T13:00:00.000Z' })),
  vial(sampleVial, { custody: 'consumed' }),
  vial(retainedVial),
  batch({
    fill: { step: 'fill-finish', attempt: 1 },
    vials: [...vials],
    reconciliation: { made: 5, sampled: 1, retained: 1, rejected: 0 },
  }),
  done('release-tests/1', 'manufacturer.tester', { ...inputs(sampleVial), batch: 'batch-1' }),
  {
    noun: 'lot',
    id: LOT,
    kind: 'lipids',
    expiry: '2027-11-22T13:00:00.000Z',
    registered: signed('manufacturer.storekeeper'),
    organisation: 'ManufacturerMSP',
  },
  {
    noun: 'run',
    id: 'run-1',
    flowCell: 'FC-1',
    instrument: 'SEQ-1',
    registered: signed('lab.technician'),
    organisation: 'LabMSP',
  },
];

const AT_THE_WARD: readonly Entity[] = [
  item({
    id: THINGS.dose,
    kind: 'dose',
    parents: [own(vials[0])],
    signatures: [signed('hospital.pharmacist')],
    useBy: '2026-11-22T19:00:00.000Z',
  }),
  verification('hospital.nurse'),
  verification('hospital.clinician'),
];

/** The one order of a therapy whose things are all as the shipped process has them, up to the patient's arm. */
const THERAPY = therapy({
  parties: ['HospitalMSP', 'LabMSP', 'CourierMSP', 'ManufacturerMSP'],
  process: { id: SHIPPED.id, version: SHIPPED.version, hash: therapy().process.hash },
  orderLines: [1, 2].map((dose) => ({
    dose,
    day: 50,
    site: '4012345000016',
    depot: '4012345000023',
    slot: `slot-${dose}`,
  })),
});

/** A therapy's entities, which another history of it alters. */
export class Story {
  readonly entities: readonly Entity[];
  readonly definition: ProcessDefinition;

  constructor(entities: readonly Entity[], definition = SHIPPED) {
    this.entities = entities;
    this.definition = definition;
  }

  /** The story with other members of one thing; steps go by their attempt's name: `calling/1`. */
  change<N extends Noun>(
    noun: N,
    id: string,
    change: Partial<EntityOf<N>> | ((thing: EntityOf<N>) => EntityOf<N>),
  ): Story {
    const thing = this.find(noun, id);
    const changed = typeof change === 'function' ? change(thing) : { ...thing, ...change };
    return new Story(
      this.entities.map((each) => (each === thing ? changed : each)),
      this.definition,
    );
  }

  /** The story with other members of what was reported of an attempt. */
  report(name: string, members: Partial<StepReport>): Story {
    return this.change('step', name, (thing) =>
      thing.report ? { ...thing, report: { ...thing.report, ...members } } : thing,
    );
  }

  /** The story with other verdicts in an attempt's report. */
  judge(name: string, verdicts: Readonly<Record<string, Verdict['verdict']>>): Story {
    return this.report(name, { verdicts: verdictsOf(name.split('/')[0] ?? '', verdicts) });
  }

  without(noun: Noun, id: string): Story {
    const thing = this.find(noun, id);
    return new Story(
      this.entities.filter((each) => each !== thing),
      this.definition,
    );
  }

  with(...entities: readonly Entity[]): Story {
    return new Story([...this.entities, ...entities], this.definition);
  }

  /** The story by another process. */
  by(change: (definition: ProcessDefinition) => ProcessDefinition): Story {
    return new Story(this.entities, change(this.definition));
  }

  find<N extends Noun>(noun: N, id: string): EntityOf<N> {
    const isNamed = (each: Entity): each is EntityOf<N> =>
      each.noun === noun && nameOf(each) === id;
    const found = this.entities.find(isNamed);
    if (!found) throw new Error(`no ${noun} ${id}`);
    return found;
  }

  whole(): WholeTherapy {
    return wholeTherapyOf(this.find('therapy', COI), this.definition, this.entities);
  }

  /** Everything upstream of an item. */
  upstream(id: string = THINGS.dose): Ancestry {
    return upstreamOf(this.whole(), [{ kind: 'item', ...own(id) }]);
  }
}

function nameOf(entity: Entity): string | undefined {
  if (entity.noun === 'step') return nameOfAttempt(entity);
  if (entity.noun === 'therapy') return entity.coi;
  return 'id' in entity ? entity.id : undefined;
}

/** One whole honest therapy, up to a dose that two staff verified at the bedside. */
export function honest(): Story {
  return new Story([THERAPY, ...COLLECTED, ...ANALYSED, ...MADE, ...AT_THE_WARD]);
}

/** A thing without one of its members. */
export function lacking<T extends object>(thing: T, name: keyof T): T {
  const rest = { ...thing };
  Reflect.deleteProperty(rest, name);
  return rest;
}

/** The drug substance of {@link secondBatch}, and its vial. */
export const [SECOND_SUBSTANCE, SECOND_VIAL] = [din(30), din(31)] as const;

/** A later fill of its own drug substance, with a batch of its own that was tested and released. */
export function secondBatch(): readonly Entity[] {
  const [substance, first, tested] = [SECOND_SUBSTANCE, SECOND_VIAL, din(32)];
  const made2 = (id: string, rest: Partial<Item> = {}) =>
    made(id, 'vial', 'fill-finish/2', [substance], { custody: 'in-custody', ...rest });
  return [
    done('transcription/2', 'manufacturer.operator', {
      ...inputs(template),
      outputs: [substance],
      lots: [LOT],
    }),
    made(substance, 'drug-substance', 'transcription/2', [template]),
    done('fill-finish/2', 'manufacturer.operator', {
      ...inputs(substance),
      outputs: [first, tested],
      lots: [LOT],
    }),
    made2(first, { batch: 'batch-2' }),
    made2(tested, { custody: 'consumed' }),
    batch({
      id: 'batch-2',
      parentBatch: 'batch-1',
      fill: { step: 'fill-finish', attempt: 2 },
      vials: [first],
      reconciliation: { made: 2, sampled: 1, retained: 0, rejected: 0 },
    }),
    done('release-tests/2', 'manufacturer.tester', { ...inputs(tested), batch: 'batch-2' }),
  ];
}

/** What a hold looks like in the record of what it stops. */
export const HOLD = {
  blockers: [{ kind: 'hold', id: 'hold-1', code: 'regulator' }],
} as const;

/** What an open deviation looks like there. */
export const DEVIATION = {
  blockers: [{ kind: 'deviation', id: 'D1', code: 'SEAL_MISMATCH' }],
} as const;

/** Codes of reasons, each once, in their order. */
export function codesOf(reasons: readonly { readonly code: string }[]): readonly string[] {
  return [...new Set(reasons.map(({ code }) => code))].sort();
}
