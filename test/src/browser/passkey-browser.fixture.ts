import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assertion, Registration } from './passkey-answers.fixture.js';
import { assertion, registration } from './passkey-answers.fixture.js';
import { launch } from 'puppeteer-core';
import { BROWSER, OFFLINE } from './chromium.fixture.js';
import { knowItsUser } from './patient-device.fixture.js';

/** A page in a real browser whose machine has an authenticator that knows its user. */
export interface PasskeyPage {
  /** `navigator.credentials.create` with a PublicKeyCredentialCreationOptionsJSON */
  create(options: object): Promise<Registration>;
  /** `navigator.credentials.get` with a PublicKeyCredentialRequestOptionsJSON */
  get(options: object): Promise<Assertion>;
  /** Whether the authenticator recognises its user from now on. */
  recognise(user: boolean): Promise<void>;
  close(): Promise<void>;
}

const CREATE = `async (json) => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(json);
  return (await navigator.credentials.create({ publicKey })).toJSON();
}`;
const GET = `async (json) => {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(json);
  return (await navigator.credentials.get({ publicKey })).toJSON();
}`;

/** Opens a page and gives its machine an authenticator. */
export async function passkeyPage(url: string): Promise<PasskeyPage> {
  const profile = await mkdtemp(join(tmpdir(), 'veinledger-chromium-'));
  const browser = await launch({
    executablePath: BROWSER,
    args: [...OFFLINE],
    userDataDir: profile,
  });
  const page = await browser.newPage();
  await page.goto(url);
  const { session, authenticatorId } = await knowItsUser(page);
  const run = (script: string, options: object): Promise<unknown> =>
    page.evaluate(`(${script})(${JSON.stringify(options)})`);
  return {
    create: async (options) => registration.parse(await run(CREATE, options)),
    get: async (options) => assertion.parse(await run(GET, options)),
    recognise: (isUserVerified) =>
      session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    close: async () => {
      await browser.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
