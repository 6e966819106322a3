import { readFileSync } from 'node:fs';
import {
  attempt,
  batch,
  COI,
  din,
  item,
  report,
  sample,
  signed,
  verification,
} from '../example.fixture.js';
import type { Item } from '../nouns/item.js';
import { processDefinition, stepOf } from '../nouns/process-definition.js';
import type { Entity } from '../nouns/registry.js';
import type { StepReport } from '../nouns/step.js';
import { honest, lacking, made, own, Story } from './honest-therapy.fixture.js';

const file = new URL('../../../processes/cart-autologous-1.0.json', import.meta.url);

/** The process of a cell therapy that is shipped: it has no design. */
export const CELLS = processDefinition.parse(JSON.parse(readFileSync(file, 'utf8')));

/** The items of the honest cell therapy. */
export const CELL_THINGS = {
  apheresis: din(61),
  aliquot: din(62),
  tCells: din(63),
  transduced: din(64),
  expanded: din(65),
  bags: [din(66), din(67)],
  qcVial: din(68),
  dose: din(69),
} as const;

const { apheresis, aliquot, tCells, transduced, expanded, bags, qcVial, dose } = CELL_THINGS;

/** The release tests of a batch of cells. */
export const CELL_TESTS: readonly string[] = [
  'identity-test',
  'potency-test',
  'vector-copy-test',
  'rcl-test',
  'mycoplasma-test',
  'endotoxin-test',
  'sterility-test',
];

/** A step of the cell therapy, reported on these with every check passed. */
export function didWithCells(
  name: string,
  inputs: readonly string[],
  rest: Partial<StepReport> = {},
  by = 'manufacturer.operator',
): Entity {
  const [id = '', number] = name.split('/');
  const verdicts = (stepOf(CELLS, id)?.checks ?? []).map(({ code }) => ({
    check: code,
    verdict: 'pass' as const,
  }));
  const told = report(by, { verdicts, inputs: inputs.map(own), ...rest });
  return attempt(id, { attempt: Number(number), report: told });
}

function filled(id: string, kind: string, rest: Partial<Item> = {}): Item {
  return made(id, kind, 'harvest-freeze/1', [expanded], { custody: 'in-custody', ...rest });
}

function tested(name: string): Entity {
  const inputs = name === 'identity-test' ? [qcVial, aliquot] : [qcVial];
  return didWithCells(`${name}/1`, inputs, { batch: 'batch-1' }, 'manufacturer.tester');
}

/** One whole honest cell therapy, up to a dose that two staff verified at the bedside. */
export function honestCells(): Story {
  const therapy = honest().find('therapy', COI);
  return new Story(
    [
      { ...therapy, process: { ...therapy.process, id: CELLS.id, version: CELLS.version } },
      sample({ id: apheresis, kind: 'leukapheresis', custody: 'consumed' }),
      item({
        id: aliquot,
        kind: 'leukapheresis',
        parents: [own(apheresis)],
        signatures: [signed('manufacturer.operator')],
      }),
      didWithCells('slot-booking/1', []),
      didWithCells('incoming-test/1', [apheresis]),
      didWithCells('selection/1', [apheresis], { outputs: [tCells] }),
      made(tCells, 't-cells', 'selection/1', [apheresis]),
      didWithCells('transduction/1', [tCells], { outputs: [transduced] }),
      made(transduced, 'transduced-cells', 'transduction/1', [tCells]),
      didWithCells('expansion/1', [transduced], { outputs: [expanded] }),
      made(expanded, 'expanded-cells', 'expansion/1', [transduced]),
      didWithCells('harvest-freeze/1', [expanded], { outputs: [...bags, qcVial] }),
      ...bags.map((id) => filled(id, 'infusion-bag', { batch: 'batch-1' })),
      filled(qcVial, 'qc-vial', {
        holder: { organisation: 'ManufacturerMSP', actor: 'manufacturer.tester' },
      }),
      lacking(
        batch({
          fill: { step: 'harvest-freeze', attempt: 1 },
          vials: [...bags],
          reconciliation: { made: 3, sampled: 1, retained: 0, rejected: 0 },
        }),
        'design',
      ),
      ...CELL_TESTS.map(tested),
      didWithCells('lymphodepletion/1', [...bags], { batch: 'batch-1' }, 'hospital.clinician'),
      item({
        id: dose,
        kind: 'dose',
        parents: [own(bags[0])],
        signatures: [signed('hospital.pharmacist')],
        useBy: '2026-11-22T13:30:00.000Z',
      }),
      verification('hospital.nurse', { item: dose }),
      verification('hospital.clinician', { item: dose }),
    ],
    CELLS,
  );
}
