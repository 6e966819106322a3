import { expect, test } from '@jest/globals';
import type { Courses } from './course-index.js';
import { COI } from '../reads/trace.fixture.js';
import { GatewayMetrics } from '../telemetry/metrics.js';
import { watchTurnaround } from './watch-turnaround.js';

const lists = { needs: [], inputs: [], outputs: [] };
const COURSES: Courses = {
  therapies: [
    {
      of: 'therapy',
      ...{ coi: COI, patient: 'patient-1', parties: ['LabMSP'] },
      process: { id: 'example', version: '1.0' },
      ordered: '2026-11-01T08:00:00.000Z',
      attestations: [],
      halted: false,
    },
  ],
  processes: [
    {
      of: 'process',
      id: 'example',
      version: '1.0',
      steps: [
        {
          id: 'extraction',
          roles: ['lab'],
          attestedBy: 'manufacturing:ReportStep',
          ...lists,
          targetDay: 5,
        },
      ],
    },
  ],
  members: [{ of: 'organisation', id: 'LabMSP', grantable: ['lab'] }],
};

test('the metrics tell how many steps wait and are overdue, for whom, and of no therapy which', async () => {
  let now = Date.parse('2026-11-02T08:00:00.000Z');
  let asked = 0;
  const courses = () => {
    asked += 1;
    return Promise.resolve(COURSES);
  };
  const metrics = new GatewayMetrics();
  const stop = watchTurnaround(metrics, { courses }, () => now);
  const lines = async () =>
    (await metrics.text()).text
      .split('\n')
      .filter((line) => line.startsWith('veinledger_therapy_steps{'));
  const labels = 'process="example",step="extraction",organisation="LabMSP"';
  expect(await lines()).toEqual([`veinledger_therapy_steps{${labels},state="waiting"} 1`]);
  now += 1_000;
  await lines();
  expect(asked).toBe(1);
  now += 10 * 24 * 60 * 60_000;
  expect(await lines()).toEqual([`veinledger_therapy_steps{${labels},state="overdue"} 1`]);
  expect((await metrics.text()).text).not.toMatch(new RegExp(`${COI}|patient-1`, 'u'));
  stop();
  expect(await lines()).toEqual([]);
});
