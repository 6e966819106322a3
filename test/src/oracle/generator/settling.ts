import { aboutOf, outputsOf, usedBy } from '../account/about.js';
import { deviationsOf, runNamed } from '../account/run-failures.js';
import { isOf, type Said } from '../account/said.js';
import { coiOf } from '../account/standing.js';
import { batchOf, itemOf, stepOf, subjectNamed, type Thing, therapyOf } from '../account/things.js';
import { namesIn } from './faults/things.js';
import type { Body, Spoken } from './spoken.js';
import type { Stage } from './stage.js';

/** Says a command on a copy of the ledger. */
type Try = (word: Spoken) => Promise<Said>;

/**
 * Quality permits the use of everything whose deviations are open, for each thing that each is about, and dismisses the
 * alarms of everybody who raised some.
 * @param attempt asks what a deviation is about, and who may settle it
 */
export async function settling(
  stage: Stage,
  said: readonly Said[],
  attempt: Try,
): Promise<readonly Spoken[]> {
  const { coi, cast } = stage.journeys[0];
  const revoked = new Set(
    said
      .filter((each) => isOf(each, 'registry:RevokeActor'))
      .filter(({ answer }) => answer.outcome === 'permitted')
      .map(({ body }) => body.actor),
  );
  const by =
    [cast.reviewer.id, ...OTHERS_OF_QUALITY].find((each) => !revoked.has(each)) ?? cast.reviewer.id;
  const settled = new Set(
    said
      .filter((each) => isOf(each, 'manufacturing:RecordDisposition') && !each.aside)
      .map(({ body }) => (body as { deviation: string }).deviation),
  );
  const open = said
    .filter(({ aside }) => !aside)
    .flatMap((each) =>
      openedBy(each)
        .filter((id) => isOfRun(each) || !settled.has(id))
        .flatMap((id) =>
          [...new Set([coiOf(each) ?? coi, coi, ...scannedFor(stage, each)])].map((under) => ({
            id,
            each,
            under,
          })),
        ),
    );
  const dispositions: Spoken[] = [];
  for (const { id, each, under } of open) {
    for (const subject of concerned(said, each, under)) {
      const word = await firstPermitted(attempt, {
        type: 'manufacturing:RecordDisposition',
        by,
        body: { coi: under, deviation: id, subject: { ...subject }, decision: 'permit-use' },
        annexes: INVESTIGATION,
      });
      if (word) dispositions.push(word);
    }
  }
  const dismissed = said.findLastIndex(({ type }) => type === 'quality:DismissAlarms');
  const alarmed = new Set(
    said
      .slice(dismissed + 1)
      .filter((each) => each.answer.effect === 'none' || isSaidElsewhere(stage, each))
      .map(({ actor }) => actor),
  );
  const dismissals = [...alarmed].map((actor): Spoken => ({
    type: 'quality:DismissAlarms',
    by,
    body: { coi, actor },
    annexes: {},
  }));
  return [...dispositions, ...dismissals];
}

/** What quality may have to settle of a word: what its receipt lists, and what was found of a run, attempt by attempt. */
function openedBy(said: Said): readonly string[] {
  return isOfRun(said) ? deviationsOf(said) : said.answer.deviations.map(({ id }) => id);
}

/** Whether a word is about a run, and each attempt that is reported in it, whenever that is. */
function isOfRun(said: Said): boolean {
  return runNamed(said) !== undefined;
}

/** Whether something of the therapy is spoken of under another one, which is an alarm here (B3). */
function isSaidElsewhere({ journeys: [own] }: Stage, said: Said): boolean {
  if (coiOf(said) === own.coi || said.answer.outcome !== 'recorded') return false;
  return namesIn(said as { readonly body: Body }, own).length > 0;
}

/** The therapies that a scan at the bedside may concern: anybody's. */
function scannedFor({ journeys }: Stage, said: Said): readonly string[] {
  return isOf(said, 'care:VerifyBedside') ? journeys.map(({ coi }) => coi) : [];
}

/** A disposition by somebody of quality who did not cause it. */
async function firstPermitted(attempt: Try, word: Spoken): Promise<Spoken | undefined> {
  for (const by of [word.by, ...OTHERS_OF_QUALITY]) {
    const said = await attempt({ ...word, by });
    if (said.answer.outcome === 'permitted') return { ...word, by };
    const { outcome, codes } = said.answer;
    if (outcome !== 'error' && !codes.includes('SAME_PERSON')) return undefined;
  }
  return undefined;
}

const OTHERS_OF_QUALITY = [
  'manufacturer.tester',
  'manufacturer.release-person',
  'manufacturer.all',
];

/** The dispositions of a deviation that has several subjects, or all where none has. */
export function ofManySubjects(dispositions: readonly Spoken[]): readonly Spoken[] {
  const many = dispositions.filter(
    ({ body }) =>
      dispositions.filter((each) => each.body['deviation'] === body['deviation']).length > 1,
  );
  return many.length > 0 ? many : dispositions;
}

/** What a word's deviations may be about: what it names, and for an annulment what its record does. */
function concerned(said: readonly Said[], word: Said, coi: string) {
  const record = isOf(word, 'quality:AnnulRecord')
    ? said.find(({ answer }) => answer.command === word.body.command)
    : undefined;
  const words = record ? [word, record] : [word];
  const run = runNamed(word);
  const inRun = said
    .filter((each) => isOf(each, 'manufacturing:ReportStep'))
    .filter(({ body }) => run !== undefined && body.run === run);
  const things = [...words, ...inRun].flatMap((each) => [
    ...aboutOf(each),
    ...outputsOf(each),
    ...usedBy(each),
    ...attemptedBy(each),
  ]);
  const kept = words.flatMap((each) => containersOf(said, each));
  return [...new Set([...things, ...kept, therapyOf(coi)])].flatMap(
    (thing) => subjectNamed(thing, coi) ?? [],
  );
}

/** The containers whose expiry a word changes, and what was prepared of them. */
function containersOf(said: readonly Said[], word: Said): readonly Thing[] {
  if (!isOf(word, 'quality:ShortenExpiry') && !isOf(word, 'quality:ExtendExpiry')) return [];
  const { coi, batch } = word.body;
  const vials = said
    .filter((each) => isOf(each, 'manufacturing:RecordBatch'))
    .filter(({ body }) => body.coi === coi && body.batch === batch)
    .flatMap(({ body }) => body.vials);
  const prepared = said
    .filter((each) => isOf(each, 'custody:DeriveItem'))
    .filter(({ body }) => body.parents.some(({ item }) => vials.includes(item)))
    .flatMap(({ body }) => body.children.map(({ item }) => item));
  return [...vials, ...prepared].map(itemOf);
}

/** The attempt that a permission of a step was asked for, the batch that a test is of, the thing that was given. */
function attemptedBy(said: Said): readonly Thing[] {
  const { coi, step, attempt, batch, item } = said.body as Readonly<Record<string, unknown>>;
  if (typeof coi !== 'string') return [];
  return [
    ...(typeof step === 'string' && typeof attempt === 'number'
      ? [stepOf(coi, step, attempt)]
      : []),
    ...(typeof batch === 'string' ? [batchOf(coi, batch)] : []),
    ...(typeof item === 'string' ? [itemOf(item)] : []),
  ];
}

const INVESTIGATION = {
  investigation: { explanation: 'it was looked at, and bears upon nothing', evidence: [] },
};
