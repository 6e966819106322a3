import type { Line } from '../account/bodies.js';
import { authorisations, type Authorised } from '../account/overrides.js';
import { isOf, type Said } from '../account/said.js';
import { isAboutDose, itemsAsked, type Matter } from '../matter.js';
import type { Clause } from './clause.js';

type Administered = Said<'care:RecordAdministration'>;

/** A line takes containers up to the ordered amount, and each serves one line; the physician says go. */
export const A7: Clause = {
  id: 'A7',
  gates: ['dose'],
  forbids: (matter) => {
    const { asked, therapy, account } = matter;
    if (!isAboutDose(asked)) return withoutLine(matter);
    const { number, item } = asked.body;
    const fitness = isOf(asked, 'care:AuthoriseDose') ? asked.body.fitness : 'go';
    const line = linesOf(matter).get(number);
    const served = servedBy(matter, number, asked);
    return [
      ...(line ? [] : [`there is no order line ${number}`]),
      ...(fitness === 'go' ? [] : ['the physician says no-go']),
      ...authorisations(account)
        .filter(({ body }) => body.coi === therapy.coi && body.item === item)
        .filter((each) => each.body.number !== number && stillCounts(matter, each, asked))
        .map(({ body }) => `${item} serves line ${body.number}`),
      ...administered(matter)
        .filter(({ body }) => body.item === item)
        .map((given) => lineOf(matter, given))
        .filter((other) => other !== number)
        .map((other) => `${item} was given for line ${other}`),
      ...(line && (served.has(item) || served.size >= (line.containers ?? 1))
        ? [`line ${number} was served by ${[...served].join(', ')}`]
        : []),
    ];
  },
};

/** What cannot be undone is done for a line that is free, with what serves none. */
function withoutLine(matter: Matter): string[] {
  const { account, asked, therapy } = matter;
  const items = itemsAsked(asked);
  const serving = authorisations(account)
    .filter(({ body }) => body.coi === therapy.coi && items.includes(body.item))
    .filter((each) => stillCounts(matter, each, asked));
  const free = [...linesOf(matter).values()].some(
    (line) => servedBy(matter, line.dose, asked).size < (line.containers ?? 1),
  );
  return [
    ...serving.map(({ body }) => `${body.item} serves line ${body.number}`),
    ...(free ? [] : ['no order line is free']),
  ];
}

/**
 * The lines that stand, by number: one that a physician ordered in another's place, if it takes no more than that leaves,
 * and if they saw the patient where what was given had been entered in error (G3).
 */
function linesOf(matter: Matter): ReadonlyMap<number, Line> {
  const { account, therapy } = matter;
  const lines = new Map(therapy.lines.map((line): [number, Line] => [line.dose, line]));
  for (const { body, roles } of account.of('therapy:OrderLine')) {
    if (body.coi !== therapy.coi) continue;
    const replaced = lines.get(body.replaces);
    const left = (replaced?.containers ?? 1) - givenWhole(matter, body.replaces).size;
    lines.delete(body.replaces);
    const ordered = roles.includes('clinician') && (body.line.containers ?? 1) <= left;
    const seen = body.patientSeen || !wasMistaken(matter, body.replaces);
    if (replaced && ordered && seen) lines.set(body.line.dose, body.line);
  }
  return lines;
}

/** Whether it was said in error that something was given under a line. */
function wasMistaken(matter: Matter, number: number): boolean {
  return matter.account.annulled.some(
    ({ said }) => isOf(said, 'care:RecordAdministration') && lineOf(matter, said) === number,
  );
}

/** The containers that a line was given wholly of. */
function givenWhole(matter: Matter, number: number): ReadonlySet<string> {
  return new Set(
    matter.account
      .of('care:RecordAdministration')
      .filter((each) => each.body.course === 'complete' && lineOf(matter, each) === number)
      .map(({ body }) => body.item),
  );
}

/** The containers that were given under a line, or may be while their authorisations stand. */
function servedBy(matter: Matter, number: number, asked: Said): ReadonlySet<string> {
  const { account, therapy } = matter;
  const authorised = authorisations(account)
    .filter(({ body }) => body.coi === therapy.coi && body.number === number)
    .filter((each) => stillCounts(matter, each, asked));
  const given = administered(matter).filter((each) => lineOf(matter, each) === number);
  return new Set([...authorised, ...given].map(({ body }) => body.item));
}

/** The line that something was given under: that of its authorisation, or else what its record says. */
function lineOf({ account }: Matter, { body: { coi, dose, number } }: Administered): number {
  const authorised = authorisations(account).find(
    ({ body }) => body.coi === coi && body.dose === dose,
  );
  return authorised?.body.number ?? number;
}

/** Whether an authorisation stands, or something was given of it. */
function stillCounts(matter: Matter, { body, time }: Authorised, asked: Said): boolean {
  const { account, therapy } = matter;
  const stands = asked.time - time <= therapy.definition.authorisationMinutes * 60_000;
  const told = account
    .ever('care:RecordAdministration')
    .filter((each) => each.body.dose === body.dose && each.body.coi === body.coi);
  const given = administered(matter).some(
    (each) => each.body.dose === body.dose || each.body.item === body.item,
  );
  return given || (stands && told.length === 0);
}

/** What something was given of, in this therapy; what was entered in error counts too (G3). */
function administered({ account, therapy }: Matter): readonly Administered[] {
  return account
    .ever('care:RecordAdministration')
    .filter(({ body }) => body.coi === therapy.coi && body.course !== 'not-started');
}
