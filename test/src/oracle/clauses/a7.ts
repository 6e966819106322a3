import { isOf, type Said } from '../account/said.js';
import type { Matter } from '../matter.js';
import type { Clause } from './clause.js';

type Authorised = Said<'care:AuthoriseDose'>;

/** A container serves one order line, and a line that was given is used; the physician says go. */
export const A7: Clause = {
  id: 'A7',
  gates: ['dose'],
  forbids: (matter) => {
    const { asked, therapy, account } = matter;
    if (!isOf(asked, 'care:AuthoriseDose')) return [];
    const { number, item, fitness } = asked.body;
    const before = account
      .ever('care:AuthoriseDose')
      .filter(({ body }) => body.coi === therapy.coi && stillCounts(matter, body, asked));
    return [
      ...(therapy.lines.includes(number) ? [] : [`there is no order line ${number}`]),
      ...(fitness === 'go' ? [] : ['the physician says no-go']),
      ...before
        .filter(({ body }) => body.item === item && body.number !== number)
        .map(({ body }) => `${item} serves line ${body.number}`),
      ...before
        .filter(({ body }) => body.number === number && (body.item === item || given(matter, body)))
        .map(({ body }) => `line ${number} was served by ${body.item}`),
      ...account
        .ever('care:RecordAdministration')
        .filter(({ body }) => body.coi === therapy.coi && body.number === number)
        .filter(({ body }) => body.course !== 'not-started' && !wasAuthorised(matter, body))
        .map(({ body }) => `line ${number} was given of ${body.item}`),
    ];
  },
};

/** Whether what was given had been authorised, for whichever line. */
function wasAuthorised({ account }: Matter, { coi, dose }: { coi: string; dose: string }): boolean {
  return account
    .ever('care:AuthoriseDose')
    .some(({ body }) => body.coi === coi && body.dose === dose);
}

/** Whether an authorisation stands, or something was given of it. */
function stillCounts(matter: Matter, body: Authorised['body'], asked: Authorised): boolean {
  const { account, therapy } = matter;
  const minutes = therapy.definition.authorisationMinutes;
  const stands = account
    .ever('care:AuthoriseDose')
    .some((each) => each.body === body && asked.time - each.time <= minutes * 60_000);
  const told = account
    .ever('care:RecordAdministration')
    .filter((each) => each.body.dose === body.dose && each.body.coi === body.coi);
  return given(matter, body) || (stands && told.length === 0);
}

function given({ account }: Matter, { coi, dose, number, item }: Authorised['body']): boolean {
  return account
    .ever('care:RecordAdministration')
    .some(
      ({ body }) =>
        body.coi === coi &&
        (body.dose === dose || body.number === number || body.item === item) &&
        body.course !== 'not-started',
    );
}
