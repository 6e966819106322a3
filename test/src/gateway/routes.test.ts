import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { alertRoutes } from './routes/alerts.js';
import { deviceRoutes } from './routes/device.js';
import { emergencyRoutes } from './routes/emergency.js';
import { consentRoutes } from './routes/consents.js';
import { endingRoutes } from './routes/ending.js';
import { exceptionRoutes } from './routes/exceptions.js';
import { otherwiseRoutes } from './routes/otherwise.js';
import { passRoutes } from './routes/passes.js';
import { personKeyRoutes } from './routes/person-key.js';
import { readsRoutes } from './routes/reads.js';
import { shiftRoutes } from './routes/shift.js';
import { shownRoutes } from './routes/shown.js';
import { openRoutesStage, type RoutesStage } from './routes/stage.js';
import { therapyRoutes } from './routes/therapy.js';
import { votesRoutes } from './routes/votes.js';
import { workRoutes } from './routes/work.js';

let opened: RoutesStage;
const stage = () => opened;

beforeAll(async () => {
  opened = await openRoutesStage();
});
afterAll(() => opened.bench.close());

describe("the gateway's routes in the field's nouns", () => {
  therapyRoutes(stage);
  passRoutes(stage);
  emergencyRoutes(stage);
  exceptionRoutes(stage);
  otherwiseRoutes(stage);
  endingRoutes(stage);
  consentRoutes(stage);
  shiftRoutes(stage);
  votesRoutes(stage);
  readsRoutes(stage);
  shownRoutes(stage);
  workRoutes(stage);
  alertRoutes(stage);
  personKeyRoutes(stage);
  deviceRoutes(stage);

  test('are read in part where they are read, and for nothing else', () => {
    const { document } = stage();
    const idsOf = (under: (path: string) => boolean) =>
      Object.entries(document.paths)
        .filter(([path, { get }]) => get !== undefined && under(path))
        .map(([, { get }]) => get?.operationId ?? '');
    const inPart = idsOf((path) => path.startsWith('/v1/sparse/'));
    const whole = idsOf((path) => path.startsWith('/v1/') && !path.startsWith('/v1/sparse/'));
    const unread = ['openapi', 'streamEvents', 'drawLineage', 'readTracePage'];
    expect(inPart.map((id) => id.replace(/InPart$/, '')).sort()).toEqual(
      whole.filter((id) => !unread.includes(id)).sort(),
    );
  });

  test('are exactly those of the document, each seen to succeed', () => {
    const { document, submitter } = stage();
    const documented = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods)
        // streams and webhooks are seen to succeed in test/src/events
        .filter(({ tags }) => !tags.includes('events') && !tags.includes('sparse'))
        .map(({ operationId }) => operationId),
    );
    expect([...submitter.succeeded].sort()).toEqual(documented.sort());
    expect(document.openapi).toMatch(/^3\.1\./);
  });
});
