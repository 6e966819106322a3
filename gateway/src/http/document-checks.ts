import { type RequestHandler, Router } from 'express';
import type { Spec } from 'express-openapi-validator/dist/framework/openapi.spec.loader.js';
import { OpenApiValidator } from 'express-openapi-validator/dist/openapi.validator.js';
import type { OpenApiDocument } from '../openapi/document.js';
import { partOfPath } from '../openapi/part-of-path.js';

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
  const apiSpec = JSON.parse(text) as Spec['apiDoc'];
  const validator = new OpenApiValidator({
    apiSpec,
    validateRequests: { allowUnknownQueryParameters: false, coerceTypes: false },
    validateResponses: answers && { coerceTypes: false, removeAdditional: false },
    validateSecurity: false,
    fileUploader: false,
  });
  const spec = { apiDoc: apiSpec, routes: routesOf(part), basePaths: [''], serial: compiled.size };
  const made = Router().use(...validator.installMiddleware(Promise.resolve(spec)));
  compiled.set(key, made);
  return made;
}

/**
 * What the validator would itself find in a document, for each of which it compiles the schema of all documents: that
 * takes 50 ms, and outside tools hold the whole document against it in a suite.
 */
function routesOf({ paths }: OpenApiDocument): Spec['routes'] {
  const parameter = /\{([^}]+)\}/g;
  return Object.entries(paths).flatMap(([path, item]) =>
    // HEAD before what it is made of
    Object.keys(item)
      .toReversed()
      .map((method) => ({
        basePath: '',
        openApiRoute: path,
        expressRoute: path.replaceAll(parameter, ':$1'),
        method: method.toUpperCase(),
        pathParams: Array.from(path.matchAll(parameter), ([, name = '']) => name),
      })),
  );
}

/** The path's part with HEAD wherever there is GET (RFC 9110 section 9.1), which the router answers as GET without its body. */
function withHead(document: OpenApiDocument, path: string): OpenApiDocument {
  const part = partOfPath(document, path);
  const item = part.paths[path];
  const get: object | undefined = item?.['get'];
  if (get === undefined) return part;
  return { ...part, paths: { [path]: { ...item, head: { ...get, operationId: undefined } } } };
}
