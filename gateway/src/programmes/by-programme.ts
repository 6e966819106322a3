import type { IncomingMessage, RequestListener } from 'node:http';

/** Where programmes are served. */
export const PROGRAMMES_PATH = '/programmes';

const BELOW = new RegExp(`^${PROGRAMMES_PATH}/([a-z][a-z0-9-]*)(?=[/?]|$)`);

/** The path below which a programme is served. */
export function baseOf(programme: string): string {
  return `${PROGRAMMES_PATH}/${programme}`;
}

/**
 * Hands each request to its programme's application, which sees it as if it were served at the root; everything else to
 * one that belongs to no programme.
 */
export function byProgramme(
  applications: ReadonlyMap<string, RequestListener>,
  otherwise: RequestListener,
): RequestListener {
  return (request, response) => {
    const application = applications.get(BELOW.exec(request.url ?? '')?.[1] ?? '');
    if (application === undefined) otherwise(request, response);
    else application(withoutBase(request), response);
  };
}

function withoutBase(request: IncomingMessage): IncomingMessage {
  const inside = (request.url ?? '').replace(BELOW, '');
  request.url = inside.startsWith('/') ? inside : `/${inside}`;
  return request;
}
