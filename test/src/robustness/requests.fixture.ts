import type { Person } from '#scripts';
import { COMMANDS, type Role } from '@veinledger/domain';
import fc from 'fast-check';
import type { ApiDocument, ApiOperation } from './api-document.fixture.js';
import { fitting } from './json-values.fixture.js';

/** A request as it is about to be sent; a command is signed only when it is sent. */
export interface DrawnRequest {
  readonly caller: Person | undefined;
  /** path parameters by name, not yet encoded */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: DrawnBody;
}

export type DrawnBody =
  | { readonly kind: 'none' }
  /** a command of a type with its body: signed by the caller, or with one character of the JWS changed */
  | {
      readonly kind: 'command';
      readonly type: string;
      readonly body: unknown;
      readonly altered: boolean;
    }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string };

/** What a request may be drawn from besides the document. */
export interface Surroundings {
  readonly document: ApiDocument;
  readonly callers: readonly Person[];
  /** a therapy that is there */
  readonly coi: string;
  /** identifiers of things that are there */
  readonly known: readonly string[];
}

const ANY_COMMAND = 'submitCommand';
const UNKNOWN_NAME = fc.stringMatching(/^[a-z]{1,8}$/);

const ROLES = new Map<string, readonly Role[]>(COMMANDS.map(({ type, roles }) => [type, roles]));

/** Requests to one operation: well-formed ones, and ones that are wrong in their path, query or body. */
export function requestsTo(
  operation: ApiOperation,
  around: Surroundings,
): fc.Arbitrary<DrawnRequest> {
  return fc
    .record({ body: bodies(operation, around), query: queries(operation, around) })
    .chain(({ body, query }) =>
      fc.record({
        caller: callers(around, body),
        body: fc.constant(body),
        query: fc.constant(query),
        path: paths(operation, around, body),
      }),
    );
}

/** Mostly somebody who may send the command, then anybody, and now and then nobody. */
function callers(
  { callers: people }: Surroundings,
  body: DrawnBody,
): fc.Arbitrary<Person | undefined> {
  const anybody = fc.constantFrom(...people);
  const roles = body.kind === 'command' ? (ROLES.get(body.type) ?? []) : [];
  const entitled = people.filter((person) => person.roles.some((role) => roles.includes(role)));
  return fc.oneof(
    { weight: 12, arbitrary: entitled.length > 0 ? fc.constantFrom(...entitled) : anybody },
    { weight: 3, arbitrary: anybody },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

function bodies(operation: ApiOperation, { document, coi }: Surroundings): fc.Arbitrary<DrawnBody> {
  const schema = operation.requestBody?.content['application/json']?.schema;
  if (schema === undefined) return fc.constant({ kind: 'none' });
  const json = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fitting(schema, document.schemas));
  const wrong: fc.Arbitrary<DrawnBody> = fc.oneof(
    json.map((value) => ({ kind: 'json' as const, value })),
    fc.string().map((text) => ({ kind: 'text' as const, text })),
  );
  const type = typeTaken(operation, document);
  if (type === undefined) {
    const right = fitting(schema, document.schemas).map((value) => ({
      kind: 'json' as const,
      value,
    }));
    return fc.oneof({ weight: 3, arbitrary: right }, { weight: 1, arbitrary: wrong });
  }
  const command = type.chain((each) =>
    fc.record({
      kind: fc.constant('command' as const),
      type: fc.constant(each),
      body: fc.oneof(
        {
          weight: 4,
          arbitrary: fitting(document.schemas[component(each)], document.schemas).map((drawn) =>
            about(coi, drawn),
          ),
        },
        {
          weight: 1,
          arbitrary: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 4 }),
        },
      ),
      altered: fc.oneof(
        { weight: 6, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
    }),
  );
  return fc.oneof({ weight: 4, arbitrary: command }, { weight: 1, arbitrary: wrong });
}

/** The type of command that an operation takes; any of them where it takes any; undefined where it takes none. */
function typeTaken(
  operation: ApiOperation,
  document: ApiDocument,
): fc.Arbitrary<string> | undefined {
  const types = Object.keys(document.schemas).filter((name) => name.includes('.'));
  const taken =
    operation.operationId === ANY_COMMAND
      ? types
      : types.filter((name) => name.replace('.', '') === operation.operationId);
  return taken.length === 0
    ? undefined
    : fc.constantFrom(...taken.map((name) => name.replace('.', ':')));
}

function component(type: string): string {
  return type.replace(':', '.');
}

function queries(
  operation: ApiOperation,
  { document }: Surroundings,
): fc.Arbitrary<Record<string, string>> {
  const described = operation.parameters
    .filter((each) => each.in === 'query')
    .map(({ name, schema }) =>
      fc
        .oneof(fitting(schema, document.schemas), fc.string())
        .map((value) => [name, String(value)] as const),
    );
  const unknown = fc.tuple(UNKNOWN_NAME, fc.string());
  const chosen = fc.tuple(...described).chain((all) => fc.subarray(all));
  return fc.oneof(
    { weight: 4, arbitrary: chosen.map((each) => Object.fromEntries(each)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(chosen, unknown)
        .map(([each, added]) => Object.fromEntries([...each, added])),
    },
  );
}

function paths(
  operation: ApiOperation,
  { document, known }: Surroundings,
  body: DrawnBody,
): fc.Arbitrary<Record<string, string>> {
  const members = operation.parameters
    .filter((each) => each.in === 'path')
    .map(({ name, schema }) => {
      const drawn = [
        fitting(schema, document.schemas).map((value) => String(value)),
        fc.constantFrom(...known),
        fc.string({ minLength: 1 }),
      ];
      const signed = signedMember(body, name);
      return [
        name,
        signed === undefined
          ? fc.oneof(...drawn)
          : fc.oneof({ weight: 9, arbitrary: fc.constant(signed) }, ...drawn),
      ] as const;
    });
  return fc.record(Object.fromEntries(members));
}

/** The body, about a therapy that is there: chance hardly finds a check character. */
function about(coi: string, body: unknown): unknown {
  const named = typeof body === 'object' && body !== null && 'coi' in body;
  return named ? { ...body, coi } : body;
}

/** What the path must repeat of a command. */
function signedMember(body: DrawnBody, name: string): string | undefined {
  if (body.kind !== 'command' || typeof body.body !== 'object' || body.body === null)
    return undefined;
  const value: unknown = Reflect.get(body.body, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
