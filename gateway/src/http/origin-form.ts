import type { RequestListener } from 'node:http';

/** What comes before the path in a target that names a whole URL. */
const ORIGIN = /^https?:\/\/[^/?#]*/i;

/**
 * The path and query that a request asks for: a server takes whole URLs, too (RFC 9112 section 3.2.2), which clients
 * send to proxies. What is neither (`*`) is a path that there is not.
 */
function originForm(target: string): string {
  const asked = target.replace(ORIGIN, '');
  return asked.startsWith('/') ? asked : `/${asked}`;
}

/** Hands requests on by their path, whatever form their target has. */
export function byPath(handler: RequestListener): RequestListener {
  return (request, response) => {
    request.url = originForm(request.url ?? '');
    handler(request, response);
  };
}
