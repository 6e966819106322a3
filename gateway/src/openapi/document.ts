import type { AnyOperation } from '../operation/operation.js';
import { componentSchemas, jsonSchema } from './components.js';
import { descriptionOf } from './descriptions.js';
import { headerComponents } from '../operation/headers.js';
import { parametersOf } from './parameters.js';
import { bodyOf, commandBody } from './request-bodies.js';
import { responseComponents, responsesOf } from './responses.js';

/** The parts of OpenAPI 3.1 that the gateway writes. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: object;
  readonly servers: readonly object[];
  readonly tags: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly components: object;
}

/** Where the gateway is, and whose. */
export interface DocumentOrigin {
  /** the path below which callers see the gateway; empty at the root */
  readonly base: string;
  /** MSP id of the member that runs it, where the settings say */
  readonly operator?: string | undefined;
}

const TAGS: Readonly<Record<string, string>> = {
  commands: 'Any signed command, and what became of it',
  registry: 'Members and actors',
  process: 'How a product is made',
  therapy: "A patient's course under its chain of identity",
  custody: 'Who held what, and in which condition',
  manufacturing: 'Steps, designs, batches, deviations, holds, lots and runs',
  quality: 'Alarms that words without standing raised',
  consent: 'What the patient agreed to',
  care: 'The bedside and after',
  billing: 'What payers deny, and what came of it',
  annexes: 'Content that only parties see',
  audit: 'Who signed what',
  enrolment: "How patients' own devices come to be enrolled",
  keystore: 'Keys of staff and devices, opened by their owners only',
  events: 'Committed commands as they come: a stream, and webhooks',
  ledger: 'The chain of blocks',
  jobs: 'Long work: handed in, asked after, cancelled',
  health: 'The gateway itself',
  sparse: 'Every read once more, answering the members that are asked for',
};

const DESCRIPTION = `Every write is a command that its actor signed with Ed25519 and ML-DSA-65: a General JWS
(RFC 7515), carried in \`jws\`, with its annexes as texts beside it. The ledger decides. A refused permission is
committed and answered 409 with code REFUSED and its receipt; the same command again gives the first receipt.
Callers show a JWT signed by one of their own ledger keys, for this gateway, at most 5 minutes long, or one of an
identity provider that their member vouches for. HEAD is answered wherever GET is. A GS1 Digital Link in a path is one
segment, percent-encoded; with its slashes plain, or \`https://\` merged to \`https:/\`, as some proxies hand it on, it is
taken as the same.`;

/** The OpenAPI document of the operations; the same schemas check requests, answers and the ledger's commands. */
export function openApiDocument(
  operations: readonly AnyOperation[],
  { base, operator }: DocumentOrigin,
): OpenApiDocument {
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
      contact: { name: operator ?? 'The member that runs this gateway' },
      license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
    },
    // relative to the document itself (OpenAPI 3.1, section 4.8.5): right behind any proxy
    servers: [{ url: base === '' ? '/' : base, description: 'This gateway' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        actor: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
      headers: headerComponents(jsonSchema),
      responses: responseComponents(),
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
    description: descriptionOf(operation),
    security: operation.access === 'actor' ? [{ actor: [] }] : [],
    parameters: parametersOf(operation),
    ...(takes === undefined ? {} : { requestBody: commandBody(takes) }),
    ...(body === undefined ? {} : { requestBody: bodyOf(body) }),
    responses: responsesOf(operation),
  };
}
