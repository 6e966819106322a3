import type { Reader } from '../commands/reader.js';
import type { Consent } from '../nouns/consent.js';
import type { FormAmendment } from '../nouns/form-amendment.js';
import { milliseconds } from '../values/time.js';
import { isGiven } from './stands.js';

/** The amendments of the forms that a patient agreed to, as the hospitals made them whose forms they are; none of a patient unknown. */
export async function amendmentsOf(
  reader: Reader,
  patient: string,
  consents: readonly Consent[],
): Promise<readonly FormAmendment[]> {
  const given = consents.filter(isGiven).flatMap(({ form }) => form ?? []);
  if (given.length === 0) return [];
  const enrolled = await reader.get('actor', { id: patient });
  if (!enrolled) return [];
  const forms = new Map(
    given.map(({ id: form, hospital: organisation = enrolled.organisation }) => [
      JSON.stringify([organisation, form]),
      { organisation, form },
    ]),
  );
  const found = await Promise.all(
    [...forms.values()].map((form) => reader.range('form-amendment', form)),
  );
  return found.flat();
}

/**
 * From when on a consent needs to be decided anew, RFC 3339, by what became of its form since; undefined if it need not,
 * as what the patient had go on for a day by word.
 */
export function reconsentFrom(
  { form, purpose, state, route }: Pick<Consent, 'form' | 'purpose' | 'state' | 'route'>,
  amendments: readonly FormAmendment[],
): string | undefined {
  if (state === 'renewed' && route !== undefined) return undefined;
  const times = amendments
    .filter((each) => each.form === form?.id && each.from.includes(form.version))
    .map(({ continues, deadline, amended }) =>
      continues.includes(purpose) ? deadline : amended.time,
    );
  const [first] = times.toSorted((one, other) => milliseconds(one) - milliseconds(other));
  return first;
}
