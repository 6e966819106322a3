import { FOLDERS, type Preparation, requiredBy, WORKERS } from './group.js';
import { findInstalledProgram } from './installed-programs.js';

/** Suites that look at pages in a real browser. */
export async function prepareBrowser(): Promise<Preparation> {
  try {
    const { variable, file } = await findInstalledProgram('browser');
    const args = [...WORKERS, '--roots', FOLDERS.browser];
    return { prepared: { title: 'browser', args, env: { [variable]: file } }, notRun: [] };
  } catch (error) {
    const suites = 'in a real browser (test/src/browser)';
    const reasons = [error instanceof Error ? error.message : String(error)];
    const notRun = [{ suites, reasons, ...requiredBy('VEINLEDGER_REQUIRE_BROWSER') }];
    return { prepared: undefined, notRun };
  }
}
