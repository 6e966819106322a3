import { render } from 'preact';
import { App } from './app.js';
import { thisDevice } from './device/this-device.js';
import { readSettings } from './address/settings.js';
import { preferredLanguage } from './words/words.js';

const place = document.getElementById('app');
if (place === null) throw new Error('the page has no place for its content');

const [settings, owner] = await Promise.all([readSettings(), thisDevice.owner()]);
render(<App settings={settings} owner={owner} language={preferredLanguage()} />, place);

// browsers have neither for a page that came by http from elsewhere
if (isSecureContext) {
  await navigator.serviceWorker.register('sw.js');
  await navigator.storage.persist();
}
