import type { Account } from '../account/account.js';
import { authorisations } from '../account/overrides.js';
import { isOf, effectiveTime, type Said } from '../account/said.js';
import { itemOf } from '../account/things.js';
import type { Matter } from '../matter.js';
import { attestedBy, type Definition } from '../definition.js';
import type { Clause } from './clause.js';

type Verification = Said<'care:VerifyBedside'>;
type Asked = Said<'care:AuthoriseDose'>;

/** Two staff and the patient's token verified this container within the process's minutes, by checks that nobody used. */
export const A6: Clause = {
  id: 'A6',
  gates: ['dose'],
  forbids: (matter) => {
    const { asked } = matter;
    if (!isOf(asked, 'care:AuthoriseDose')) return [];
    const named = verificationsNamed(matter, asked);
    const good = named.filter((each) => isGood(matter, asked, each));
    const people = new Set(good.map(({ actor }) => actor));
    const token =
      good.some(({ body }) => body.token !== 'witnessed') ||
      (people.size > 1 && good.every(({ body }) => body.token === 'witnessed'));
    return [
      ...(people.size > 1 ? [] : [`${people.size} staff verified it`]),
      ...(token ? [] : ['the patient’s token was not read']),
    ];
  },
};

/** The verifications that are named; a name that was used twice is the first's. */
function verificationsNamed({ account }: Matter, { body }: Asked): readonly Verification[] {
  const all = account.of('care:VerifyBedside').filter((each) => each.body.coi === body.coi);
  return all.filter(
    ({ body: { verification }, index }) =>
      body.verifications.includes(verification) &&
      !all.some((other) => other.body.verification === verification && other.index < index),
  );
}

function isGood({ account, therapy }: Matter, asked: Asked, check: Verification): boolean {
  const { bedsideMinutes } = therapy.definition;
  const used = authorisations(account).some(
    ({ body }) =>
      body.coi === asked.body.coi && body.verifications.includes(check.body.verification),
  );
  const mismatchAfter = account
    .ever('care:VerifyBedside')
    .some(
      (other) =>
        other.index > check.index &&
        other.body.coi === check.body.coi &&
        !matches(account, other, therapy.patient),
    );
  return (
    !used &&
    !mismatchAfter &&
    check.roles.some((role) => checkersIn(therapy.definition).includes(role)) &&
    check.body.item === asked.body.item &&
    matches(account, check, therapy.patient) &&
    asked.time - effectiveTime(check) <= bedsideMinutes * 60_000
  );
}

/** Who checks at the bedside: whom the process names of those who may, and all of them where it names none. */
function checkersIn(definition: Definition): readonly string[] {
  const named = attestedBy(definition, 'care:VerifyBedside')
    .flatMap(({ roles }) => roles)
    .filter((role) => STAFF.includes(role));
  return named.length > 0 ? named : STAFF;
}

/** The staff who may compare product and patient. */
const STAFF = ['nurse', 'clinician', 'pharmacist'];

/** Whether the thing, which was known then, its label and the patient are this therapy's. */
export function matches(
  { custody, origins }: Account,
  { body, index }: Verification,
  patient: string,
): boolean {
  return (
    (origins.saidAt.get(itemOf(body.item)) ?? Infinity) < index &&
    custody.place(body.item)?.coi === body.coi &&
    body.labelCoi === body.coi &&
    body.patient === patient
  );
}
