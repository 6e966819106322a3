import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import express, { type RequestHandler, Router } from 'express';
import type { GatewayConfig } from '../config/config.js';
import { compressed } from '../http/compression.js';
import { readForms } from './forms.js';

/** Below this path the pages live. */
export const PAGES_PATH = '/app';

/**
 * What the pages may do: run their own scripts, and speak with this gateway. WebAssembly is for Argon2id: it lets no text
 * be run.
 */
const POLICY = [
  "default-src 'none'",
  "base-uri 'none'",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "img-src 'self' data:",
  "manifest-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "worker-src 'self'",
].join('; ');

/** Their names hold a digest of what is in them. */
const ASSETS = `${sep}assets${sep}`;

const here = createRequire(import.meta.url);
const folderOf = (name: string) => dirname(here.resolve(`${name}/package.json`));

export interface PatientPagesParts {
  readonly config: Pick<GatewayConfig, 'environment' | 'patientPages'>;
  /** the path below which browsers see the gateway; empty at the root */
  readonly base: string;
  /** what tokens name as their audience */
  readonly audience: () => string;
}

/**
 * The pages of patients, at /app: their files, the consent forms, what patients are told of each step, and the numbers
 * that they may call.
 * @throws Error naming a file that is no consent form
 */
export async function patientPages({ config, base, audience }: PatientPagesParts): Promise<Router> {
  const { patientPages: settings, environment } = config;
  const web = folderOf('@veinledger/web');
  const folders = [join(web, 'forms'), ...(settings?.forms ? [settings.forms] : [])];
  const forms = new Map<string, string>();
  for (const folder of folders) {
    for (const [digest, text] of await readForms(folder)) forms.set(digest, text);
  }
  const router = Router({ strict: true });
  router.get(PAGES_PATH, (_request, response) => response.redirect(`${base}${PAGES_PATH}/`));
  router.use(PAGES_PATH, compressed, policy(environment));
  router.get(`${PAGES_PATH}/settings.json`, (_request, response) => {
    response.json({ audience: audience(), numbers: settings?.numbers ?? {} });
  });
  router.get(`${PAGES_PATH}/forms/:name`, (request, response, next) => {
    const form = forms.get(request.params.name.replace(/\.json$/u, ''));
    if (form === undefined) next();
    else response.type('json').send(form);
  });
  const words = join(folderOf('@veinledger/chaincode'), 'processes', 'words');
  router.use(`${PAGES_PATH}/words`, express.static(words, { index: false, redirect: false }));
  router.use(
    PAGES_PATH,
    express.static(join(web, 'site'), {
      redirect: false,
      setHeaders: (response, path) => {
        const lasting = path.includes(ASSETS);
        response.setHeader(
          'cache-control',
          lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    }),
  );
  return router;
}

function policy(environment: GatewayConfig['environment']): RequestHandler {
  const secured = environment === 'production' ? `${POLICY}; upgrade-insecure-requests` : POLICY;
  return (_request, response, next) => {
    response.set('content-security-policy', secured);
    next();
  };
}
