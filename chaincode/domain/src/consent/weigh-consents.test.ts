import { expect, test } from '@jest/globals';
import type { Reader } from '../commands/reader.js';
import { consent, signed } from '../example.fixture.js';
import type { Consent } from '../nouns/consent.js';
import { countUses } from './weigh-consents.js';

const nothing = () => Promise.resolve(undefined);
const never = () => Promise.reject(new Error('nothing of that is asked'));

/** How often the uses of consents are looked up when they are counted, and how often each was used. */
async function counted(consents: readonly Consent[]) {
  let lookedUp = 0;
  const reader: Reader = {
    get: nothing,
    range: () => {
      lookedUp += 1;
      return Promise.resolve([]);
    },
    wholeTherapy: never,
    shared: never,
    therapy: never,
    processOf: never,
    record: nothing,
    named: never,
    given: never,
    subject: nothing,
  };
  const found = await Promise.all(consents.map((each) => countUses(reader, each)));
  return { lookedUp, used: found.map(({ used }) => used) };
}

test('uses are counted of what the patient agreed to, so that no number of requests makes too many reads', async () => {
  const scope = { maxUses: 3 };
  const asked = Array.from({ length: 400 }, (_, index) =>
    consent('requested', { id: `asked-${index}`, scope }),
  );
  const refused = asked.map(({ id }) =>
    consent('refused', { id, scope, ended: signed('patient-1') }),
  );
  expect((await counted([...asked, ...refused])).lookedUp).toBe(0);
  const given = consent('given', { scope, decided: signed('patient-1') });
  expect(await counted([given])).toEqual({ lookedUp: 1, used: [0] });
});
