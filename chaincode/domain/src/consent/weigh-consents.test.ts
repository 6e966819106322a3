import { expect, test } from '@jest/globals';
import type { Reader } from '../commands/reader.js';
import { consent, signed } from '../example.fixture.js';
import type { Consent } from '../nouns/consent.js';
import { weighConsents } from './weigh-consents.js';

/** How often the uses of consents are looked up when these are weighed, and how often each was used. */
async function weighed(consents: readonly Consent[]) {
  const lookedUp: unknown[] = [];
  const reader = {
    get: () => Promise.resolve(undefined),
    range: (noun: string, shared: object) => {
      if (noun === 'consent') return Promise.resolve(consents);
      lookedUp.push(shared);
      return Promise.resolve([{}, {}]);
    },
  };
  const found = await weighConsents(reader as unknown as Reader, 'patient-1');
  return { lookedUp: lookedUp.length, used: found.map(({ used }) => used) };
}

test('uses are counted of what the patient agreed to, so that no number of requests makes too many reads', async () => {
  const scope = { maxUses: 3 };
  const asked = Array.from({ length: 400 }, (_, index) =>
    consent('requested', { id: `asked-${index}`, scope }),
  );
  const refused = asked.map(({ id }) =>
    consent('refused', { id, scope, ended: signed('patient-1') }),
  );
  expect((await weighed([...asked, ...refused])).lookedUp).toBe(0);
  const given = consent('given', { scope, decided: signed('patient-1') });
  expect(await weighed([given])).toEqual({ lookedUp: 1, used: [2] });
});
