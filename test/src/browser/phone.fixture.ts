import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { launch, type Page } from 'puppeteer-core';
import { BROWSER, OFFLINE } from './chromium.fixture.js';

/** No measure: a page that never gets there ends a test with words of its own. */
const SAFETY_NET_MS = 300_000;
/** Where pictures of every page are put, below the repository. */
export const SCREENSHOTS = join(import.meta.dirname, '../../../screenshots');

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };
/** The widest that a page may be on the narrowest screen, CSS pixels. */
const NARROWEST = 320;
const SCHEMES = ['light', 'dark'];

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** A patient's browser with a profile of its own. */
export interface Phone {
  readonly page: Page;
  /** the folder that files are saved into */
  readonly downloads: string;
  /** Types into the field with that id, in the place of what stands there. */
  fill(id: string, text: string): Promise<void>;
  /** Presses the link, button or answer whose words begin so, once it is there. */
  press(words: string): Promise<void>;
  /** Waits until the page's text has these words. */
  reads(words: string): Promise<void>;
  /**
   * Looks at the page at both widths and in both schemes, takes pictures of it, and asks axe.
   * @returns what is wrong with it
   */
  look(name: string): Promise<readonly string[]>;
  /** The text of a file once it is saved. */
  saved(name: string): Promise<string>;
  close(): Promise<void>;
}

/** Presses something; where it is a link to another page of these, until that one is there: nobody presses faster. */
const CLICK_AND_TURN = `function clickAndTurn(pressed) {
  const turns = pressed.tagName === 'A' && pressed.hash !== '' && pressed.hash !== location.hash;
  return new Promise((done) => {
    if (turns) addEventListener('hashchange', () => setTimeout(() => setTimeout(done)), { once: true });
    pressed.click();
    if (!turns) done();
  });
}`;

/** Opens a page in a browser of its own, whose user reads that language. */
export async function openPhone(url: string, language: string): Promise<Phone> {
  const profile = await mkdtemp(join(tmpdir(), 'veinledger-phone-'));
  const downloads = join(profile, 'downloads');
  const browser = await launch({
    executablePath: BROWSER,
    args: [...OFFLINE],
    userDataDir: profile,
    env: { ...process.env, TZ: 'Europe/London' },
  });
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(
    `Object.defineProperty(navigator, 'languages', { get: () => ['${language}'] })`,
  );
  await page.evaluateOnNewDocument(CLICK_AND_TURN);
  const session = await browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: downloads,
    eventsEnabled: true,
  });
  const files = new Map<string, string>();
  const complete = new Set<string>();
  let another: (() => void) | undefined;
  session.on('Browser.downloadWillBegin', ({ guid, suggestedFilename }) => {
    files.set(guid, suggestedFilename);
  });
  session.on('Browser.downloadProgress', ({ guid, state }) => {
    if (state !== 'completed') return;
    complete.add(files.get(guid) ?? '');
    another?.();
  });
  await page.setViewport(SIZES.phone);
  await page.goto(url);
  const until = (expression: string) =>
    page.waitForFunction(expression, { timeout: SAFETY_NET_MS });
  return {
    page,
    downloads,
    fill: async (id, text) => {
      await until(`document.getElementById(${JSON.stringify(id)}) !== null`);
      const value = `document.getElementById(${JSON.stringify(id)}).value`;
      // a page that says what is wrong takes the focus to it, and may do so while one types
      do {
        await page.evaluate(`${value} = ''`);
        await page.type(`#${id}`, text);
      } while ((await page.evaluate(value)) !== text);
    },
    press: async (words) => {
      const found = `[...document.querySelectorAll('a, button, summary, label')]
        .find((each) => each.textContent.trim().startsWith(${JSON.stringify(words)}))`;
      await until(`${found} !== undefined`);
      await page.evaluate(`clickAndTurn(${found})`);
    },
    reads: async (words) => {
      await until(`document.body.innerText.includes(${JSON.stringify(words)})`);
    },
    look: async (name) => {
      await mkdir(SCREENSHOTS, { recursive: true });
      const wrong: string[] = [];
      await page.setViewport({ ...SIZES.phone, width: NARROWEST });
      const wide = Number(await page.evaluate('document.documentElement.scrollWidth'));
      if (wide > NARROWEST) wrong.push(`${name}: ${wide} px wide on a screen of ${NARROWEST}`);
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewport(viewport);
        for (const scheme of SCHEMES) {
          await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
          const path = `${SCREENSHOTS}/patient-${name}-${language}-${size}-${scheme}.png` as const;
          await page.screenshot({ path, fullPage: true });
          for (const { id, nodes } of await findings(page)) {
            for (const { html } of nodes) wrong.push(`${name} ${size} ${scheme}: ${id} ${html}`);
          }
        }
      }
      await page.setViewport(SIZES.phone);
      return wrong;
    },
    saved: async (name) => {
      while (!complete.has(name)) {
        await new Promise<void>((done) => {
          another = done;
        });
      }
      return readFile(join(downloads, name), 'utf8');
    },
    close: async () => {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** What axe finds by WCAG 2.2, levels A and AA, and by its own good practices. */
async function findings(page: Page): Promise<readonly Finding[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as {
    readonly violations: readonly Finding[];
  };
  return violations;
}
