import { z } from 'zod';

/** What does not fit a schema: where, what was expected there, and what was found. */
export interface Violation {
  readonly place: readonly string[];
  readonly expected: string;
  readonly found: string;
}

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  tuple: 'a list',
  undefined: 'nothing',
  nonoptional: 'a value',
};

const FORMATS: Readonly<Record<string, string>> = {
  url: 'a URL',
  uuid: 'a UUID',
  base64url: 'base64url',
};

const SIZES: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' entries',
};

/**
 * What a schema expects, in words; zod's error map wherever something is parsed, so that each issue's message is what
 * was expected there and no complaint. A message of a schema's own says the same of its own rule, and goes before.
 */
export function expectationOf(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return formOf(issue) ?? KINDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return choice(issue.values.map(String));
    case 'unrecognized_keys':
      return membersOf(issue.inst);
    case 'too_small':
    case 'too_big':
      return sizeOf(issue);
    case 'invalid_format':
      return FORMATS[issue.format] ?? issue.format;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_union':
      return unionOf(issue);
    case 'invalid_key':
      return `a name: ${issue.issues[0]?.message ?? 'another one'}`;
    default:
      return 'another value';
  }
}

/**
 * The first thing that does not fit. Of several alternatives it tells of the one that fits best.
 * @param error what a schema threw that was asked with {@link expectationOf}
 * @param describe how what was found is told: an excerpt, or its kind alone where it is nobody else's business
 */
export function violationOf(
  { issues: [issue] }: Pick<z.core.$ZodError, 'issues'>,
  value: unknown,
  describe: (found: unknown) => string = excerpt,
): Violation {
  if (issue === undefined) return { place: [], expected: 'another value', found: describe(value) };
  const { path, nearest } = nearestOf(issue);
  const place = path.map(String);
  const { message: expected } = nearest;
  if (nearest.code === 'unrecognized_keys') {
    const { keys } = nearest;
    return { place: [...place, ...keys.slice(0, 1)], expected, found: excerpt(keys.join(', ')) };
  }
  if (nearest.code === 'invalid_key') return { place, expected, found: excerpt(place.at(-1)) };
  return { place, expected, found: describe(valueAt(value, path)) };
}

/** The first 80 characters of a value, a text as it is and anything else as JSON. */
export function excerpt(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === '') return 'an empty text';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** Of what kind and size a value is, and nothing that it says. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  if (Array.isArray(value)) return `a list of ${value.length} entries`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Several things as one choice. */
function choice(values: readonly string[]): string {
  const each = [...new Set(values)];
  return each.length === 1 ? String(each[0]) : `one of ${each.join(', ')}`;
}

/** No form of a text allows it. */
const NOWHERE = '\u0000';

/** The form that a text or a number must have where something else was found. */
function formOf({ expected, inst }: Extract<RawIssue, { readonly code: 'invalid_type' }>) {
  if (inst instanceof z.ZodNumber && inst.format === 'safeint') return KINDS['int'];
  if (expected !== 'string' || !(inst instanceof z.core.$ZodType)) return undefined;
  const told = z.core.safeParse(inst, NOWHERE, { error: expectationOf });
  return told.error?.issues.find(({ code }) => code === 'invalid_format')?.message;
}

function membersOf(schema: RawIssue['inst']): string {
  const def: unknown = schema?._zod.def;
  if (typeof def !== 'object' || def === null) return 'no other member';
  const shape = 'shape' in def ? def.shape : undefined;
  const names = typeof shape === 'object' && shape !== null ? Object.keys(shape) : [];
  return names.length === 0 ? 'no other member' : `no members but ${names.join(', ')}`;
}

type SizeIssue = Extract<RawIssue, { readonly code: 'too_small' | 'too_big' }>;

function sizeOf(issue: SizeIssue): string {
  const what = SIZES[issue.origin] ?? '';
  const limit = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  if (issue.exact === true) return `exactly ${limit}${what}`;
  const [within, beyond] =
    issue.code === 'too_small' ? ['at least', 'more than'] : ['at most', 'less than'];
  return `${issue.inclusive === false ? beyond : within} ${limit}${what}`;
}

function unionOf(issue: Extract<RawIssue, { readonly code: 'invalid_union' }>): string {
  const options: unknown = 'options' in issue ? issue.options : undefined;
  if (Array.isArray(options)) return choice(options.map(String));
  const each = issue.errors.map(([first]) => first?.message ?? 'another value');
  return [...new Set(each)].join(', or ');
}

interface Nearest {
  readonly path: readonly PropertyKey[];
  readonly nearest: z.core.$ZodIssue;
}

/** The issue of the alternative that goes deepest into the value; the union's own where none goes in at all. */
function nearestOf(issue: z.core.$ZodIssue): Nearest {
  const whole = { path: issue.path, nearest: issue };
  if (issue.code !== 'invalid_union') return whole;
  const alternatives = [...issue.errors].sort((one, other) => one.length - other.length);
  let best: Nearest = whole;
  for (const [first] of alternatives) {
    if (first === undefined) continue;
    const { path, nearest } = nearestOf(first);
    if (issue.path.length + path.length <= best.path.length) continue;
    best = { path: [...issue.path, ...path], nearest };
  }
  return best;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = new Map<PropertyKey, unknown>(Object.entries(current)).get(String(step));
  }
  return current;
}
