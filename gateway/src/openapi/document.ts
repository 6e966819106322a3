import { commandTypes, type KnownCommand } from '../commands/command-types.js';
import type { z } from 'zod';
import type { AnswerRow, AnyOperation } from '../routes/operation.js';
import { queryOf, sparseAnswer } from '../routes/sparse-answers.js';
import { bodyComponent, componentRef, componentSchemas, jsonSchema } from './components.js';
import { type JsonSchema, SPARSE_MEDIA_TYPE, sparseSchema } from './sparse.js';

/** The parts of OpenAPI 3.1 that the gateway writes. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: object;
  readonly tags: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: object;
}

const TAGS: Readonly<Record<string, string>> = {
  commands: 'Any signed command, and what became of it',
  registry: 'Members and actors',
  process: 'How a product is made',
  therapy: "A patient's course under its chain of identity",
  custody: 'Who held what, and in which condition',
  manufacturing: 'Steps, designs, batches, deviations, holds, lots and runs',
  consent: 'What the patient agreed to',
  care: 'The bedside and after',
  annexes: 'Content that only parties see',
  audit: 'Who signed what',
  keystore: 'Keys of staff and devices, opened by their owners only',
  events: 'Committed commands as they come: a stream, and webhooks',
  ledger: 'The chain of blocks',
  jobs: 'Long work: handed in, asked after, cancelled',
  health: 'The gateway itself',
};

const DESCRIPTION = `Every write is a command that its actor signed with Ed25519 and ML-DSA-65: a General JWS
(RFC 7515), carried in \`jws\`, with its annexes as texts beside it. The ledger decides. A refused permission is
committed and answered 409 with code REFUSED and its receipt; the same command again gives the first receipt.
Callers show a JWT signed by one of their own ledger keys, for this gateway, at most 5 minutes long, or one of an
identity provider that their member vouches for. HEAD is answered wherever GET is. A GS1 Digital Link in a path is one
segment, percent-encoded; with its slashes plain, or \`https://\` merged to \`https:/\`, as some proxies hand it on, it is
taken as the same.`;

/** What a signed command looks like, shortened. */
const JWS_EXAMPLE =
  '{"payload":"eyJhY3RvciI6…","signatures":[{"protected":"…","signature":"…"},{"protected":"…","signature":"…"}]}';

/** The OpenAPI document of the operations; the same schemas check requests, answers and the ledger's commands. */
export function openApiDocument(operations: readonly AnyOperation[]): OpenApiDocument {
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    const item = (paths[operation.path] ??= {});
    item[operation.method] = operationObject(operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'veinledger gateway',
      version: '1',
      summary: 'Signed commands in, decisions out',
      description: DESCRIPTION,
    },
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        actor: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
      schemas: componentSchemas(),
    },
  };
}

function operationObject(operation: AnyOperation): object {
  const { id, tag, summary, takes, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    security: operation.access === 'actor' ? [{ actor: [] }] : [],
    parameters: parametersOf(operation),
    ...(takes === undefined ? {} : { requestBody: requestBody(takes) }),
    ...(body === undefined ? {} : { requestBody: jsonBody(jsonSchema(body)) }),
    responses: responses(operation),
  };
}

/** What every operation takes that changes something and holds no secret; its own check tells what is wrong with it. */
const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A string in double quotes that the caller chose for this request: asked again within 24 hours, it is answered ' +
    'as before and not done again (draft-ietf-httpapi-idempotency-key-header)',
  schema: { type: 'string' },
};

function parametersOf(operation: AnyOperation): object[] {
  const { access, method, parameters, headers = {}, idempotency } = operation;
  const query = queryOf(operation);
  const inPath = Object.entries(parameters).map(([name, { schema }]) => ({
    name,
    in: 'path',
    required: true,
    schema: jsonSchema(schema),
  }));
  const optional = (place: 'query' | 'header', rows: typeof query) =>
    Object.entries(rows).map(([name, { description, schema }]) => ({
      name,
      in: place,
      required: false,
      description,
      // commas and colons need no escape in a query (RFC 3986, section 3.4)
      ...(place === 'query' ? { allowReserved: true } : {}),
      schema: jsonSchema(schema),
    }));
  const takesKey = access === 'actor' && method === 'post' && idempotency !== 'none';
  const keyed = takesKey ? [IDEMPOTENCY_KEY] : [];
  return [...inPath, ...optional('query', query), ...optional('header', headers), ...keyed];
}

function responses(operation: AnyOperation): object {
  const { answers } = operation;
  const sparse = sparseAnswer(operation);
  const answered: Record<string, object> = {};
  for (const [status, row] of Object.entries(answers)) {
    answered[status] = answerObject(row, status === '200' ? sparse : undefined);
  }
  const problem = {
    description: 'A problem (RFC 9457)',
    content: { 'application/problem+json': { schema: componentRef('Problem') } },
  };
  return { ...answered, default: problem };
}

function answerObject(row: AnswerRow, sparse: z.ZodType | undefined): object {
  const { description, schema, mediaType = 'application/json', also = [] } = row;
  if (schema === undefined && mediaType === 'application/json') return { description };
  const text = { schema: { type: 'string' } };
  const content = {
    [mediaType]: schema === undefined ? text : { schema: jsonSchema(schema) },
    ...(sparse === undefined ? {} : { [SPARSE_MEDIA_TYPE]: { schema: sparseSchema(sparse) } }),
    ...Object.fromEntries(also.map((other) => [other, text])),
  };
  return { description, content };
}

function jsonBody(schema: JsonSchema): object {
  return { required: true, content: { 'application/json': { schema } } };
}

function requestBody(takes: KnownCommand | 'any-command'): object {
  const types = takes === 'any-command' ? commandTypes() : [takes];
  const annexes = takes === 'any-command' || takes.annexes.length > 0;
  const schema = {
    type: 'object',
    properties: {
      jws: signedCommand(types),
      annexes: {
        type: 'object',
        description: annexes
          ? 'Canonical {v, salt, content} by the name under which the command commits to it'
          : 'This type of command carries none',
        additionalProperties: { type: 'string' },
      },
    },
    required: ['jws'],
    additionalProperties: false,
  };
  return jsonBody(schema);
}

/** A text that holds a General JWS whose payload is a command. JSON Schema 2020-12 validation, section 8. */
function signedCommand(types: readonly KnownCommand[]): JsonSchema {
  const bodies = types.map((type) => componentRef(bodyComponent(type)));
  const command = {
    type: 'object',
    properties: {
      v: { const: 1 },
      network: { type: 'string' },
      type: { enum: types.map(({ type }) => type) },
      actor: { type: 'string' },
      at: { type: 'string' },
      nonce: { type: 'string' },
      body: bodies.length === 1 ? bodies[0] : { anyOf: bodies },
      lateReason: { type: 'string' },
      annex: { type: 'object', additionalProperties: { type: 'string' } },
    },
    required: ['v', 'network', 'type', 'actor', 'at', 'nonce', 'body'],
  };
  return {
    type: 'string',
    examples: [JWS_EXAMPLE],
    contentMediaType: 'application/jose+json',
    contentSchema: {
      type: 'object',
      properties: {
        payload: {
          type: 'string',
          contentEncoding: 'base64url',
          contentMediaType: 'application/json',
          contentSchema: command,
        },
        signatures: { type: 'array', minItems: 2, maxItems: 2 },
      },
      required: ['payload', 'signatures'],
    },
  };
}
