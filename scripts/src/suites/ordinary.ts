import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDERS, type Preparation, without, WORKERS } from './group.js';
import { ROOT } from './run-jest.js';

const VECTORS = String.raw`\.vectors\.test\.js$`;

/** Suites that need nothing but Node, and official vectors where there are some. */
export function prepareOrdinary(): Preparation {
  const shared = process.env['VEINLEDGER_SHARED_DATA'] ?? join(ROOT, '../shared/data');
  const found = existsSync(shared);
  const others = Object.values(FOLDERS);
  return {
    prepared: {
      title: 'ordinary',
      args: [...WORKERS, ...without(found ? others : [...others, VECTORS])],
      env: { VEINLEDGER_SHARED_DATA: shared },
    },
    notRun: found
      ? []
      : [
          {
            suites: 'official vectors (*.vectors.test: Wycheproof, RFC 8785, RFC 9964)',
            reasons: [`${shared} does not exist; name the folder in VEINLEDGER_SHARED_DATA`],
          },
        ],
  };
}
