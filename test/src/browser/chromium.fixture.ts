import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { launch } from 'puppeteer-core';

/** The browser that VEINLEDGER_CHROMIUM names. */
export const BROWSER = process.env['VEINLEDGER_CHROMIUM'] ?? 'chromium';

/** Chromium asks nobody but the page's own server. */
export const OFFLINE = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long the page's scripts may work, milliseconds of the page's own time. */
/** No measure: a page that never gets there ends a test with words of its own. */
const SAFETY_NET_MS = 300_000;
const SCRIPT_TIME_MS = 15_000;

/** The document of a page after its scripts ran, in a real browser: the one that VEINLEDGER_CHROMIUM names. */
export async function renderedPage(url: string): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'veinledger-chromium-'));
  const args = [
    ...OFFLINE,
    `--user-data-dir=${profile}`,
    `--virtual-time-budget=${SCRIPT_TIME_MS}`,
    '--dump-dom',
    url,
  ];
  try {
    const { stdout } = await promisify(execFile)(BROWSER, args, { maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

/**
 * The DOM of a page once the expression is true in it, however long its scripts take; on a screen so tall that all of a
 * long list is in sight.
 */
export async function pageOnce(expression: string, url: string): Promise<string> {
  const browser = await launch({ executablePath: BROWSER, args: OFFLINE });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1200, height: 40_000 });
    await page.goto(url);
    await page.waitForFunction(expression, { timeout: SAFETY_NET_MS });
    return await page.content();
  } finally {
    await browser.close();
  }
}

/** By how many CSS pixels a page is wider than a screen of that width, so that all of it must be moved to be read. */
export async function overflowAt(width: number, url: string): Promise<number> {
  const browser = await launch({ executablePath: BROWSER, args: OFFLINE });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width, height: 844 });
    await page.goto(url);
    return Number(await page.evaluate('document.documentElement.scrollWidth')) - width;
  } finally {
    await browser.close();
  }
}
