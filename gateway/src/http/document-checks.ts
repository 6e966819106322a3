import { type RequestHandler, Router } from 'express';
import * as openapi from 'express-openapi-validator';
import type { OpenApiDocument } from '../openapi/document.js';
import { partOfPath } from '../openapi/part-of-path.js';

type ApiSpec = Exclude<Parameters<typeof openapi.middleware>[0]['apiSpec'], string>;

/** What checks against a document, by the document's text: they know nothing else of a gateway. */
const compiled = new Map<string, RequestHandler>();

/**
 * Checks the requests to one path of the document, and the answers where these are to be checked too.
 *
 * The checks are compiled from the path's own part of the document, when the path is first asked for: the validator walks
 * all that it is given once for each schema that it compiles. They are kept for as long as the process runs, and
 * gateways whose documents say the same about a path share them.
 */
export function documentChecks(
  document: OpenApiDocument,
  path: string,
  checks: { readonly answers: boolean },
): RequestHandler {
  let known: RequestHandler | undefined;
  return (request, response, next) => {
    known ??= checksOf(withHead(document, path), checks);
    return known(request, response, next);
  };
}

function checksOf(part: OpenApiDocument, { answers }: { readonly answers: boolean }) {
  // the validator would look for the server's base in the paths that it sees, and has no use for words about the gateway
  const info = { title: 'part', version: '1' };
  const text = JSON.stringify({ ...part, info, tags: [], servers: [] });
  const key = `${answers ? 'answers too' : 'requests'} ${text}`;
  const known = compiled.get(key);
  if (known) return known;
  const made = Router().use(
    ...openapi.middleware({
      apiSpec: JSON.parse(text) as ApiSpec,
      // outside tools hold the whole document against OpenAPI in a suite
      validateApiSpec: false,
      validateRequests: { allowUnknownQueryParameters: false, coerceTypes: false },
      validateResponses: answers && { coerceTypes: false, removeAdditional: false },
      validateSecurity: false,
      fileUploader: false,
    }),
  );
  compiled.set(key, made);
  return made;
}

/** The path's part with HEAD wherever there is GET (RFC 9110 section 9.1), which the router answers as GET without its body. */
function withHead(document: OpenApiDocument, path: string): OpenApiDocument {
  const part = partOfPath(document, path);
  const item = part.paths[path];
  const get: object | undefined = item?.['get'];
  if (get === undefined) return part;
  return { ...part, paths: { [path]: { ...item, head: { ...get, operationId: undefined } } } };
}
