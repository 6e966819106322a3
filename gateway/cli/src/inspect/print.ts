import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { CliError, wrongUsage } from '../complaint.js';

const run = promisify(execFile);
const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const LONGEST_MS = 120_000;

/** The pages of a pack, without their ending. */
const PAGES = ['inspection', 'therapy'];

/**
 * The browser that prints: what VEINLEDGER_CHROMIUM names, else one of PATH.
 * @throws CliError 2 when there is none
 */
export function findBrowser(): string {
  const named = process.env['VEINLEDGER_CHROMIUM'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const inPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = (named === undefined ? inPath : [named]).find((file) => existsSync(file));
  if (found !== undefined) return found;
  const expected = `${NAMES.join(', ')} in PATH, or VEINLEDGER_CHROMIUM to name one`;
  throw wrongUsage('--pdf', expected, named ?? 'none');
}

/**
 * Prints a pack's pages beside them, with the fonts that they need embedded.
 * @throws CliError NOT_PRINTED, Error when the browser fails
 */
export async function printPages(browser: string, directory: string): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'veinledger-print-'));
  try {
    for (const page of PAGES) {
      const printed = join(directory, `${page}.pdf`);
      await run(
        browser,
        [
          ...['--headless', '--disable-gpu', '--no-pdf-header-footer', ...unsandboxed()],
          `--user-data-dir=${profile}`,
          `--print-to-pdf=${printed}`,
          pathToFileURL(join(directory, `${page}.html`)).href,
        ],
        { timeout: LONGEST_MS },
      );
      if (!existsSync(printed)) throw notPrinted(browser, page);
      await chmod(printed, 0o600);
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function notPrinted(browser: string, page: string): CliError {
  const details = { field: '--pdf', expected: `${page}.pdf`, found: `none by ${browser}` };
  return new CliError('NOT_PRINTED', 'the browser ended without printing', details);
}

/** Chromium has no sandbox for root, and does not start with it. */
function unsandboxed(): readonly string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
