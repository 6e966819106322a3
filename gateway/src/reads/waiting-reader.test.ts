import { expect, test } from '@jest/globals';
import type { Next } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import { clinician } from '../gateway.fixture.js';
import { take } from './listing/listing.js';
import { wholeList } from './listing/whole-list.js';
import type { TherapySummary } from './therapy-index.js';
import { COI } from './trace.fixture.js';
import { WaitingReader } from './waiting-reader.js';

const SUMMARY: TherapySummary = {
  ...{ coi: COI, patient: 'patient-1', parties: ['HospitalMSP'], jurisdiction: 'DE' },
  process: { id: 'example', version: '1.0' },
  orderedAt: '2026-11-01T08:00:00.000Z',
};
const AT = '2026-11-02T08:00:00.000Z';

const next = (coi: string): Next => ({
  ...{ coi, at: AT },
  acts: [
    {
      ...{ state: 'due', noun: 'design', subject: 'design design-1', code: 'design', since: AT },
      asked: [
        {
          ...{ act: 'manufacturing:ApproveDesign', organisation: 'HospitalMSP' },
          ...{ roles: ['quality'], people: [], as: 'registrars', rotaEmpty: true },
        },
      ],
    },
  ],
});

/** The queue over ten therapies, and which of them were looked at. */
function queue() {
  const read: string[] = [];
  const therapies = Array.from({ length: 10 }, (_, index) => ({
    ...SUMMARY,
    coi: `therapy-${index}`,
  }));
  const reader = new WaitingReader(
    {
      requireMember: () => Promise.resolve(),
      read: (caller, transaction, id = '') => {
        if (transaction === 'registry:ReadActor') {
          return Promise.resolve({ ...caller, noun: 'actor', kind: 'person' });
        }
        read.push(id);
        return Promise.resolve(next(id));
      },
    },
    {
      list: () =>
        wholeList(
          () => Promise.resolve(therapies),
          ({ coi }) => coi,
        ),
    },
  );
  return { reader, read };
}

const caller = (...roles: Caller['roles']): Caller => ({
  ...{ id: 'hospital.somebody', organisation: 'HospitalMSP', roles },
  keys: clinician.keys.public,
});
const { signal } = new AbortController();

test('a page of what waits looks at no more therapies than it holds, and one', async () => {
  const { reader, read } = queue();
  const { items, last } = await take(await reader.list(caller('quality')), { limit: 3, signal });
  expect(items.map(({ waiting }) => waiting.map(({ act }) => act))).toEqual(
    Array.from({ length: 3 }, () => ['manufacturing:ApproveDesign']),
  );
  expect([read.length, last]).toEqual([4, 'therapy-2']);
});

test('what waits is what may be signed in the roles of the call', async () => {
  const { reader, read } = queue();
  const { items } = await take(await reader.list(caller('nurse')), { limit: 20, signal });
  expect(items.flatMap(({ waiting }) => waiting)).toEqual([]);
  expect(read).toHaveLength(10);
});
