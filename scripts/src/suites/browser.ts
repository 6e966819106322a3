import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { FOLDERS, type Preparation, requiredBy, WORKERS } from './group.js';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];

/** Suites that look at pages in a real browser. */
export function prepareBrowser(): Preparation {
  const browser = findBrowser();
  if (browser === undefined) {
    return {
      prepared: undefined,
      notRun: [
        {
          suites: 'in a real browser (test/src/browser)',
          reasons: [`no ${BROWSERS.join(', ')} in PATH; name one in VEINLEDGER_CHROMIUM`],
          ...requiredBy('VEINLEDGER_REQUIRE_BROWSER'),
        },
      ],
    };
  }
  const args = [...WORKERS, '--roots', FOLDERS.browser];
  const env = { VEINLEDGER_CHROMIUM: browser };
  return { prepared: { title: 'browser', args, env }, notRun: [] };
}

/** The browser that is named, or one of PATH. */
export function findBrowser(): string | undefined {
  const named = process.env['VEINLEDGER_CHROMIUM'];
  if (named !== undefined) return existsSync(named) ? named : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}
