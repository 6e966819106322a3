import type { z } from 'zod';
import { commandTypes, type KnownCommand } from '../commands/command-types.js';
import { bodyComponent, componentRef, jsonSchema } from './components.js';
import type { JsonSchema } from './json-schema.js';

/** What a signed command looks like, shortened. */
const JWS_EXAMPLE =
  '{"payload":"eyJhY3RvciI6…","signatures":[{"protected":"…","signature":"…"},{"protected":"…","signature":"…"}]}';

/** The body of an operation that takes no command. */
export function bodyOf(schema: z.ZodType): object {
  return jsonBody(jsonSchema(schema));
}

/** The body of an operation that takes signed commands of one type, or of any. */
export function commandBody(takes: KnownCommand | 'any-command'): object {
  const types = takes === 'any-command' ? commandTypes() : [takes];
  const annexes = takes === 'any-command' || takes.annexes.length > 0;
  return jsonBody({
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
  });
}

function jsonBody(schema: JsonSchema): object {
  return { required: true, content: { 'application/json': { schema } } };
}

/** A text that holds a General JWS whose payload is a command. JSON Schema 2020-12 validation, section 8. */
function signedCommand(types: readonly KnownCommand[]): JsonSchema {
  const text = { type: 'string' };
  const bodies = types.map((type) => componentRef(bodyComponent(type)));
  const command = {
    type: 'object',
    properties: {
      v: { const: 1 },
      network: text,
      type: { enum: types.map(({ type }) => type) },
      actor: text,
      at: text,
      nonce: text,
      body: bodies.length === 1 ? bodies[0] : { anyOf: bodies },
      lateReason: text,
      annex: { type: 'object', additionalProperties: text },
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
        signatures: {
          type: 'array',
          minItems: 2,
          maxItems: 2,
          items: {
            type: 'object',
            properties: { protected: text, signature: text },
            required: ['protected', 'signature'],
          },
        },
      },
      required: ['payload', 'signatures'],
    },
  };
}
