import { z } from 'zod';

interface Header {
  readonly description: string;
  readonly schema: z.ZodType;
}

/** Tells a schema as JSON Schema. */
type Describe = (schema: z.ZodType) => object;

const seconds = z.int().min(0);

/** The headers of answers that clients read, under the names by which the document refers to them. */
const HEADERS = {
  ETag: {
    description:
      'A tag of the answer, for If-None-Match (RFC 9110, section 8.8.3); weak where the caller takes it compressed',
    schema: z.string().regex(/^(?:W\/)?"[\w-]{43}"$/),
  },
  Location: {
    description: 'Where to ask after it, relative to the origin of the gateway',
    schema: z.string().regex(/^\//),
  },
  'RateLimit-Limit': {
    description:
      'How many requests the caller may make at once (draft-ietf-httpapi-ratelimit-headers-06)',
    schema: seconds,
  },
  'RateLimit-Remaining': {
    description: 'How many of them are left',
    schema: seconds,
  },
  'RateLimit-Reset': {
    description: 'Seconds until all of them are there again',
    schema: seconds,
  },
  'Retry-After': {
    description: 'Seconds after which to ask again (RFC 9110, section 10.2.3)',
    schema: seconds,
  },
  'WWW-Authenticate': {
    description: 'How to show who calls (RFC 6750, section 3)',
    schema: z.string().regex(/^Bearer/),
  },
  'X-Request-Id': {
    description: "The request's id, as in the gateway's log and in a problem's instance",
    schema: z.uuid(),
  },
} satisfies Readonly<Record<string, Header>>;

export type HeaderName = keyof typeof HEADERS;

/** Which headers an answer carries: `always`, or `sometimes`. */
export type HeadersOfAnswer = Readonly<Partial<Record<HeaderName, 'always' | 'sometimes'>>>;

/** What every answer carries. */
export const EVERY_ANSWER: HeadersOfAnswer = { 'X-Request-Id': 'always' };

/** How often the caller may ask. */
export function rateLimits(when: 'always' | 'sometimes'): HeadersOfAnswer {
  return { 'RateLimit-Limit': when, 'RateLimit-Remaining': when, 'RateLimit-Reset': when };
}

/** The headers that an answer always carries, to which answers refer. */
export function headerComponents(describe: Describe): Readonly<Record<string, object>> {
  const rows = Object.entries<Header>(HEADERS);
  return Object.fromEntries(
    rows.map(([name, { description, schema }]) => [
      name,
      { description, required: true, schema: describe(schema) },
    ]),
  );
}

/** The headers of an answer as the document writes them. */
export function headerObjects(headers: HeadersOfAnswer, describe: Describe): object {
  const names = Object.keys(headers) as HeaderName[];
  return Object.fromEntries(
    names.sort().map((name): [string, object] => {
      if (headers[name] === 'always') return [name, { $ref: `#/components/headers/${name}` }];
      const { description, schema } = HEADERS[name];
      return [name, { description, schema: describe(schema) }];
    }),
  );
}
