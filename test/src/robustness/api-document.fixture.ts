import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { z } from 'zod';

const mediaTypes = z.record(z.string(), z.object({ schema: z.json().optional() }));

const operation = z.object({
  operationId: z.string(),
  security: z.array(z.json()),
  parameters: z.array(
    z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']), schema: z.json() }),
  ),
  requestBody: z.object({ content: mediaTypes }).optional(),
  responses: z.record(z.string(), z.object({ content: mediaTypes.optional() })),
});

const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.json()) }),
});

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
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  readonly #compiled = new Map<object, ValidateFunction>();

  private constructor(text: unknown) {
    const { paths, components } = document.parse(text);
    this.operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, row]) => ({ ...row, path, method })),
    );
    this.schemas = components.schemas;
    this.#ajv.addSchema({ $id: 'api:/document', components });
  }

  static async of(url: string): Promise<ApiDocument> {
    return new ApiDocument(await (await fetch(`${url}/v1/openapi.json`)).json());
  }

  /** What is wrong with an answer by the document; an empty text when nothing is. */
  faultOf(asked: ApiOperation, status: number, mediaType: string, body: string): string {
    const row =
      asked.responses[String(status)] ?? (status >= 400 ? asked.responses['default'] : undefined);
    if (row === undefined) return `status ${status} is not described`;
    if (row.content === undefined) return body === '' ? '' : 'a body where none is described';
    const described = row.content[mediaType];
    if (described === undefined) return `media type ${mediaType || 'none'} is not described`;
    if (!mediaType.endsWith('json') || typeof described.schema !== 'object') return '';
    const check = this.#check(described.schema);
    return check(JSON.parse(body)) ? '' : this.#ajv.errorsText(check.errors);
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
