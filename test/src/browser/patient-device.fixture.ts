import { type Person } from '#scripts';
import { PatientDevice } from '@veinledger/client/device';
import type { HTTPRequest, Page } from 'puppeteer-core';

/** Gives a page's machine an authenticator that knows its user and has a PRF (Web Authentication, section 11). */
export async function knowItsUser(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Hands in what a page sends, whose answer the page does not get. */
export async function answered(request: HTTPRequest): Promise<void> {
  const body = (await request.fetchPostData()) ?? '';
  const headers = { 'content-type': 'application/json' };
  await fetch(request.url(), { method: 'POST', headers, body });
}

/** The keys of a backup, which open here as on a phone. */
export async function keysIn(backup: string, passphrase: string): Promise<Person['keys']> {
  let kept: string | undefined;
  const device = new PatientDevice({
    store: {
      read: () => Promise.resolve(kept),
      write: (box) => {
        kept = box;
        return Promise.resolve(true);
      },
      wipe: () => Promise.resolve(),
    },
  });
  const { keys } = await device.restore(backup, passphrase);
  return keys;
}
