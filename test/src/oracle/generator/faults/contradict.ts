import type { Random } from '../random.js';
import type { Body, Spoken, Value } from '../spoken.js';
import { attestedBy } from '../../definition.js';
import { reportType } from '../spoken.js';
import { changed, type Draw, drawPlace, type FaultKind } from './fault.js';
import { datasets, fillStep, kinds, makingSteps } from './parts.js';
import { ALONE } from './words.js';

const steps = ({ definition }: Draw) => attestedBy(definition, reportType).map(({ id }) => id);

type Change = (body: Body, random: Random) => Body | undefined;

const set =
  (name: string, ...choices: readonly Value[]): Change =>
  (body, random) => ({
    ...body,
    [name]: random.of(choices),
  });

const alone: Change = (body, random) => ({ ...body, ...random.of([ALONE]) });

const without =
  (name: string): Change =>
  (body) =>
    name in body
      ? Object.fromEntries(Object.entries(body).filter(([key]) => key !== name))
      : undefined;

const shorter =
  (name: string): Change =>
  (body, random) => {
    const list = body[name];
    if (!Array.isArray(list) || list.length === 0) return undefined;
    const left = random.below(list.length);
    return { ...body, [name]: list.filter((_: Value, index: number) => index !== left) };
  };

const ofFirst =
  (list: string, name: string, ...choices: readonly Value[]): Change =>
  (body, random) => {
    const all = body[list];
    if (!Array.isArray(all) || all.length === 0) return undefined;
    const chosen = random.below(all.length);
    return {
      ...body,
      [list]: all.map((each: Value, index: number) =>
        index === chosen ? { ...(each as Body), [name]: random.of(choices) } : each,
      ),
    };
  };

const LOTS = [
  'https://id.gs1.org/01/04012345000092/10/NTP-1',
  'https://id.gs1.org/01/04012345000092/10/NOBODY-KNOWS-1',
];

/** What each type of command may say otherwise. */
const changesOf = (draw: Draw): Readonly<Record<string, readonly Change[]>> => ({
  'custody:CollectItem': [
    set('kind', ...kinds(draw)),
    set('occasion', 'visit-1', 'visit-2', 'visit-3'),
    without('confirms'),
  ],
  'custody:DeriveItem': [
    set('operation', 'split', 'pool'),
    ofFirst('children', 'kind', ...kinds(draw)),
    ofFirst('parents', 'consumed', false),
  ],
  'custody:ReleaseItem': [
    set('to', 'CourierMSP', 'LabMSP', 'HospitalMSP', 'ClinicMSP', 'ManufacturerMSP'),
    set('condition', 'damaged', 'leaking', 'thawed', 'unknown'),
    set('identityCheck', 'mismatch'),
    set('returned', true, false),
    set('labelRead', LOTS[1] ?? ''),
  ],
  'custody:ReceiveItem': [
    set('verdict', 'rejected', 'misdelivered'),
    set('condition', 'damaged', 'thawed', 'unknown'),
    set('seals', ['SEAL-0002'], []),
    set('returned', true, false),
    set('labelRead', LOTS[1] ?? ''),
    set('handOff', 'hand-off-1', 'hand-off-999'),
  ],
  'custody:RecordReadings': [ofFirst('readings', 'temperatureC', -196, -40, 12, 37)],
  'manufacturing:ReportStep': [
    shorter('inputs'),
    shorter('outputs'),
    shorter('inputDatasets'),
    shorter('datasets'),
    set('lots', [], LOTS.slice(1), LOTS.slice(0, 1)),
    set('run', 'run-1', 'run-2'),
    without('run'),
    without('design'),
    without('batch'),
    set('attempt', 2, 3),
    ofFirst('outputs', 'kind', ...kinds(draw)),
    ofFirst('datasets', 'kind', ...datasets(draw), 'fastq'),
    ofFirst('inputs', 'consumed', true, false),
    set('inputDatasets', [], ...datasets(draw).map((each) => [each])),
    set('sequenceCommitment', 'A'.repeat(43)),
    set('step', ...steps(draw)),
  ],
  'manufacturing:StartStep': [set('inputs', []), set('attempt', 2)],
  'manufacturing:SubmitDesign': [
    shorter('datasets'),
    set('datasets', [], ...datasets(draw).map((each) => [each])),
    set('ranking', ...steps(draw).flatMap((step) => [1, 2].map((attempt) => ({ step, attempt })))),
  ],
  'manufacturing:RecordBatch': [
    shorter('vials'),
    set('design', 'design-2', 'design-9'),
    set(
      'fill',
      { step: fillStep(draw), attempt: 2 },
      ...makingSteps(draw).map(({ id }) => ({ step: id, attempt: 1 })),
    ),
    set(
      'reconciliation',
      { made: 5, sampled: 2, retained: 0, rejected: 0 },
      { made: 4, sampled: 1, retained: 0, rejected: 0 },
      { made: 9, sampled: 1, retained: 1, rejected: 4 },
    ),
    set('expiry', { afterMs: 60_000 }, { afterMs: 60 * 60_000 }),
  ],
  'care:VerifyBedside': [
    set('token', 'witnessed', 'device'),
    set('patient', 'patient-2', 'patient-3'),
    set('verification', 'verification-1-1'),
  ],
  'care:AuthoriseDose': [
    shorter('verifications'),
    set(
      'verifications',
      ['verification-1-1', 'verification-2-2'],
      ['verification-2-1', 'verification-2-2'],
      ['verification-1-1', 'verification-1-2'],
      ['verification-1-1', 'verification-1-1'],
    ),
    set('number', 1, 2, 3),
    set('fitness', 'no-go'),
    alone,
  ],
  'care:RecordAdministration': [
    set('course', 'interrupted', 'not-started'),
    set('number', 1, 2),
    set('dose', 'dose-1', 'dose-2'),
  ],
});

/** A command that says something else than it should. */
export const contradict: FaultKind = (draw) => {
  const { random } = draw;
  const changes = changesOf(draw);
  const place = drawPlace(draw, ({ type }) => type in changes);
  const spoken = place === undefined ? undefined : draw.plan[place];
  if (place === undefined || !spoken) return undefined;
  const body = random.of(changes[spoken.type] ?? [])(spoken.body, random);
  if (!body || JSON.stringify(body) === JSON.stringify(spoken.body)) return undefined;
  const names = Object.keys({ ...spoken.body, ...body });
  const other = names
    .filter((name) => JSON.stringify(body[name]) !== JSON.stringify(spoken.body[name]))
    .map((name) => `${name} ${JSON.stringify(body[name])}`);
  return changed('contradict', draw, place, other.join(', '), (each) => ({ ...each, body }));
};

/** A report whose results say otherwise, or lack one. */
export const otherResults: FaultKind = (draw) => {
  const { random } = draw;
  const place = drawPlace(draw, ({ annexes }) => resultsOf(annexes).length > 0);
  const spoken = place === undefined ? undefined : draw.plan[place];
  if (place === undefined || !spoken) return undefined;
  const failed = withOneFailed(spoken, random);
  return changed('other results', draw, place, failed.says, (each) => ({
    ...each,
    annexes: failed.annexes,
  }));
};

/** Results in which one is missing, or out of all limits. */
export function withOneFailed(
  { annexes }: Spoken,
  random: Random,
): { readonly says: string; readonly annexes: Spoken['annexes'] } {
  const results = resultsOf(annexes);
  const chosen = random.of(results);
  const check = JSON.stringify(chosen['check']);
  const missing = random.chance(0.2);
  const value = typeof chosen['value'] === 'boolean' ? false : random.of([0, 1_000_000]);
  const others = results.flatMap((each) =>
    each !== chosen ? [each] : missing ? [] : [{ ...each, value }],
  );
  return {
    says: missing ? `${check} missing` : `${check} ${value}`,
    annexes: { ...annexes, results: { results: others } },
  };
}

export function resultsOf(annexes: Spoken['annexes']): readonly Body[] {
  const content = annexes['results'] as { results?: readonly Body[] } | undefined;
  return content?.results ?? [];
}
