import { expect, test } from '@jest/globals';
import { countByRole, countOf } from './count.js';
import type { Given } from './played.js';

const given = (person: string, by: Given['by'], type: string, entries = 1): Given => ({
  ...{ type, by, person, entries, role: person === 'lab.technician' ? 'lab' : 'nurse' },
  own: by === 'person',
});
const opens = (person: string) => given(person, 'person', 'registry:OpenSession');

const PLAYED = [
  opens('lab.technician'),
  given('lab.technician', 'session', 'custody:ReceiveItem'),
  given('lab.technician', 'session', 'manufacturing:ReportStep', 4),
  opens('hospital.nurse'),
  given('hospital.nurse', 'session', 'custody:ReceiveItem'),
  given('hospital.nurse', 'person', 'care:VerifyBedside'),
  given('lab.technician', 'session', 'custody:ReleaseItem'),
  given('lab.technician', 'device', 'custody:RecordReadings', 50),
];

test('counts sessions among what persons sign, and not among what the ledger holds of the therapy', () => {
  expect(countOf(PLAYED)).toEqual({
    ...{ commands: 6, entries: 58, persons: 3, electronic: 3, sessions: 2 },
    ...{ bySession: 4, byDevice: 1, shifts: 3 },
  });
});

test('counts a shift of somebody’s for each time that they come back', () => {
  const shifts = countByRole(PLAYED).map(({ role, shifts: of }) => [role, of]);
  expect(shifts).toEqual([
    ['nurse', 1],
    ['lab', 2],
  ]);
});
