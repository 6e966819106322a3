/** Keeps the pages on the device, so that they open off line. What the API answers is outside its scope. */
const CACHE = 'veinledger-pages';
const FILES = /(?:src|href)="(\.\/[^"]+)"/gu;

self.addEventListener('install', (event) => {
  event.waitUntil(keepPages().then(() => self.skipWaiting()));
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(self.registration.scope)) return;
  event.respondWith(newest(request));
});

/** The page, and every file that it names, before anybody is off line; files of an earlier version go. */
async function keepPages() {
  const cache = await caches.open(CACHE);
  const page = await fetch('./');
  const text = await page.clone().text();
  const files = ['settings.json', ...Array.from(text.matchAll(FILES), ([, file]) => file)];
  await cache.addAll(files);
  await cache.put('./', page);
  const kept = new Set(['./', ...files].map((file) => new URL(file, self.location.href).href));
  for (const request of await cache.keys()) {
    if (!kept.has(request.url) && request.url.includes('/assets/')) await cache.delete(request);
  }
}

/** What the gateway has, and where it is not reached what it had last. */
async function newest(request) {
  const kept = request.mode === 'navigate' ? './' : request;
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(kept, answer.clone());
    return answer;
  } catch (error) {
    const found = await cache.match(kept, { ignoreVary: true });
    if (found) return found;
    throw error;
  }
}
