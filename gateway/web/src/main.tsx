import { render } from 'preact';
import { App } from './app.js';
import { thisDevice } from './device/this-device.js';
import { readSettings } from './address/settings.js';
import { preferredLanguage } from './words/words.js';

const place = document.getElementById('app');
if (place === null) throw new Error('the page has no place for its content');

const [settings, found] = await Promise.all([readSettings(), ownerHere()]);
render(<App settings={settings} {...found} language={preferredLanguage()} />, place);

// browsers have neither for a page that came by http from elsewhere
if (isSecureContext) {
  await navigator.serviceWorker.register('sw.js');
  await navigator.storage.persist();
}

/** Whose keys are here, or why that cannot be read: somebody with damaged keys needs a page more than others do. */
async function ownerHere(): Promise<Pick<Parameters<typeof App>[0], 'owner' | 'fault'>> {
  try {
    return { owner: await thisDevice.owner() };
  } catch (fault) {
    return { owner: undefined, fault };
  }
}
