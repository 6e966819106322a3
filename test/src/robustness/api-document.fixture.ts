import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';

const mediaTypes = z.record(z.string(), z.object({ schema: z.json().optional() }));

const reference = z.object({ $ref: z.string() });
const header = z.object({ required: z.boolean().optional(), schema: z.json() });
const response = z.object({
  headers: z.record(z.string(), z.union([reference, header])),
  content: mediaTypes.optional(),
});

const operation = z.object({
  operationId: z.string(),
  security: z.array(z.json()),
  parameters: z.array(
    z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']), schema: z.json() }),
  ),
  requestBody: z.object({ content: mediaTypes }).optional(),
  responses: z.record(z.string(), z.union([reference, response])),
});

const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({
    headers: z.record(z.string(), header),
    responses: z.record(z.string(), response),
    schemas: z.record(z.string(), z.json()),
  }),
});

/** An answer of the gateway. */
export interface GivenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** What HTTP itself, caches and browsers read of an answer; the document names all others. */
const NOT_FOR_CLIENTS =
  /^(?:allow|cache-control|connection|content-.*|cross-origin-.*|date|keep-alive|origin-agent-cluster|referrer-policy|transfer-encoding|vary|x-(?!request-id).*)$/;

/** One operation of the API, as its OpenAPI document describes it. */
export interface ApiOperation extends z.infer<typeof operation> {
  readonly path: string;
  readonly method: string;
}

/** The OpenAPI document of a gateway, and a judge of answers that the gateway itself has no part in. */
export class ApiDocument {
  readonly operations: readonly ApiOperation[];
  /** the component schemas by name, JSON Schema 2020-12 */
  readonly schemas: Readonly<Record<string, z.core.util.JSONType>>;
  readonly #components: z.infer<typeof document>['components'];
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  readonly #compiled = new Map<object, ValidateFunction>();

  private constructor(text: unknown) {
    const { paths, components } = document.parse(text);
    this.operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, row]) => ({ ...row, path, method })),
    );
    this.schemas = components.schemas;
    this.#components = components;
    this.#ajv.addSchema({ $id: 'api:/document', components });
  }

  static async of(url: string): Promise<ApiDocument> {
    return new ApiDocument(await (await fetch(`${url}/v1/openapi.json`)).json());
  }

  /** What is wrong with an answer by the document; an empty text when nothing is. */
  faultOf(asked: ApiOperation, { status, headers, body }: GivenAnswer): string {
    const row = this.#rowOf(asked, status);
    if (row === undefined) return `status ${status} is not described`;
    const mediaType = mediaTypeOf(headers);
    const fault = this.#faultOfHeaders(row, headers);
    if (fault !== undefined) return fault;
    if (row.content === undefined) return body === '' ? '' : 'a body where none is described';
    const described = row.content[mediaType];
    if (described === undefined) return `media type ${mediaType || 'none'} is not described`;
    if (!mediaType.endsWith('json') || typeof described.schema !== 'object') return '';
    const check = this.#check(described.schema);
    return check(JSON.parse(body)) ? '' : this.#ajv.errorsText(check.errors);
  }

  #rowOf({ responses }: ApiOperation, status: number): z.infer<typeof response> | undefined {
    const row =
      responses[String(status)] ??
      (status >= 400 && status < 500 ? responses['4XX'] : undefined) ??
      (status >= 400 ? responses['default'] : undefined);
    return row && '$ref' in row ? this.#components.responses[nameIn(row.$ref)] : row;
  }

  /** A header that is always there and is missing, does not fit its schema, or is not described. */
  #faultOfHeaders(row: z.infer<typeof response>, headers: Headers): string | undefined {
    const described = new Map(
      Object.entries(row.headers).map(([name, each]) => [
        name.toLowerCase(),
        '$ref' in each ? this.#components.headers[nameIn(each.$ref)] : each,
      ]),
    );
    for (const [name, each] of described) {
      const value = headers.get(name);
      if (value === null && each?.required === true) return `header ${name} is missing`;
      if (value === null || typeof each?.schema !== 'object') continue;
      const check = this.#check(each.schema);
      const fits = check(value) || (value !== '' && check(Number(value)));
      if (!fits) return `header ${name}: ${this.#ajv.errorsText(check.errors)}`;
    }
    const unknown = [...headers.keys()].find(
      (name) => !described.has(name) && !NOT_FOR_CLIENTS.test(name),
    );
    return unknown === undefined ? undefined : `header ${unknown} is not described`;
  }

  #check(schema: object | null): ValidateFunction {
    const key = schema ?? {};
    const compiled =
      this.#compiled.get(key) ??
      this.#ajv.compile(
        JSON.parse(JSON.stringify(key).replaceAll('"#/', '"api:/document#/')) as object,
      );
    this.#compiled.set(key, compiled);
    return compiled;
  }
}

/** The media type of an answer, without its parameters. */
export function mediaTypeOf(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';')[0] ?? '';
}

function nameIn(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
