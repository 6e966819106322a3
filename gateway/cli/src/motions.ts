import {
  algorithmId,
  type Change,
  country,
  endOfActor,
  expectationOf,
  instant,
  organisationId,
  processDefinition,
  processHash,
  removalReason,
  type Role,
  suspensionReason,
  violationOf,
} from '@veinledger/domain';
import type { z } from 'zod';
import { readCandidate } from './candidates.js';
import { wrongUsage } from './complaint.js';
import { readJson } from './content.js';

/** What may be proposed, as it is typed. */
export const MOTIONS = [
  'admit',
  'suspend',
  'reinstate',
  'remove',
  'roles',
  'country',
  'registrar',
  'process',
  'require',
  'disallow',
] as const;
export type MotionName = (typeof MOTIONS)[number];

/** What else is typed; each motion takes some of it. */
export interface MotionWords {
  readonly country?: string | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly registrar?: string | undefined;
  readonly reason?: string | undefined;
  readonly ends?: readonly string[] | undefined;
  readonly compromisedSince?: string | undefined;
  readonly notAfter?: string | undefined;
  readonly replacedBy?: string | undefined;
}

const TAKES: Readonly<Record<MotionName, readonly (keyof MotionWords)[]>> = {
  admit: ['country', 'roles', 'registrar'],
  suspend: ['reason'],
  reinstate: [],
  remove: ['reason'],
  roles: ['roles'],
  country: ['country'],
  registrar: ['registrar', 'reason', 'ends', 'compromisedSince'],
  process: [],
  require: ['notAfter', 'replacedBy'],
  disallow: ['replacedBy'],
};

/**
 * The change that is meant by what was typed.
 * @throws CliError 2 naming the word that is missing, or that does not belong there
 */
export async function changeOf(
  motion: MotionName,
  subject: string,
  words: MotionWords,
): Promise<Change> {
  for (const [name, value] of Object.entries(words)) {
    const known = TAKES[motion].some((each) => each === name);
    if (value !== undefined && !known) {
      throw wrongUsage(optionOf(name), `nothing beside ${motion}`, String(value));
    }
  }
  if (motion === 'process') return processOf(subject);
  if (motion === 'require' || motion === 'disallow') return algorithmOf(motion, subject, words);
  const parsed = organisationId.safeParse(subject);
  if (!parsed.success) throw wrongUsage('SUBJECT', 'an MSP id, for instance ClinicMSP', subject);
  return organisationChange(motion, parsed.data, words);
}

async function organisationChange(
  motion: Exclude<MotionName, 'process' | 'require' | 'disallow'>,
  organisation: string,
  words: MotionWords,
): Promise<Change> {
  switch (motion) {
    case 'admit':
      return {
        kind: 'admit-organisation',
        organisation,
        country: need(words, 'country', country),
        grantable: [...given(words.roles, 'roles')],
        registrar: await readCandidate(given(words.registrar, 'registrar')),
      };
    case 'suspend': {
      const reason = need(words, 'reason', suspensionReason);
      return { kind: 'suspend-organisation', organisation, reason };
    }
    case 'reinstate':
      return { kind: 'reinstate-organisation', organisation };
    case 'remove': {
      const reason = need(words, 'reason', removalReason);
      return { kind: 'remove-organisation', organisation, reason };
    }
    case 'roles':
      return {
        kind: 'set-grantable-roles',
        organisation,
        grantable: [...given(words.roles, 'roles')],
      };
    case 'country':
      return { kind: 'set-country', organisation, country: need(words, 'country', country) };
    case 'registrar':
      return {
        kind: 'appoint-registrar',
        organisation,
        registrar: await readCandidate(given(words.registrar, 'registrar')),
        ...endsOf(words),
      };
  }
}

function endsOf(words: MotionWords) {
  const { ends, compromisedSince } = words;
  if (ends === undefined) {
    if (words.reason === undefined && compromisedSince === undefined) return {};
    throw wrongUsage('--ends', 'the registrar who ends, beside --reason');
  }
  return {
    ends: {
      actors: [...ends],
      reason: need(words, 'reason', endOfActor),
      ...(compromisedSince === undefined
        ? {}
        : { compromisedSince: need(words, 'compromisedSince', instant) }),
    },
  };
}

function algorithmOf(motion: 'require' | 'disallow', subject: string, words: MotionWords): Change {
  const parsed = algorithmId.safeParse(subject);
  if (!parsed.success) throw wrongUsage('SUBJECT', 'an algorithm, for instance Ed25519', subject);
  const algorithm = parsed.data;
  const replacedBy =
    words.replacedBy === undefined ? {} : { replacedBy: need(words, 'replacedBy', algorithmId) };
  if (motion === 'disallow') return { kind: 'disallow-algorithm', algorithm, ...replacedBy };
  const notAfter =
    words.notAfter === undefined ? {} : { notAfter: need(words, 'notAfter', instant) };
  return { kind: 'require-algorithm', algorithm, ...notAfter, ...replacedBy };
}

async function processOf(file: string): Promise<Change> {
  const definition = await readJson('SUBJECT', `@${file}`);
  const parsed = processDefinition.safeParse(definition, { error: expectationOf });
  if (!parsed.success) {
    const { place, expected, found } = violationOf(parsed.error, definition);
    throw wrongUsage(['SUBJECT', ...place].join('.'), expected, found);
  }
  const { id: process, version } = parsed.data;
  return { kind: 'agree-process', process, version, hash: processHash(parsed.data) };
}

function given<T>(value: T | undefined, name: keyof MotionWords): T {
  if (value === undefined) throw wrongUsage(optionOf(name), 'a value: this motion needs it');
  return value;
}

function need<T>(
  words: MotionWords,
  name: 'country' | 'reason' | 'compromisedSince' | 'notAfter' | 'replacedBy',
  schema: z.ZodType<T>,
): T {
  const value = given(words[name], name);
  const parsed = schema.safeParse(value, { error: expectationOf });
  if (parsed.success) return parsed.data;
  throw wrongUsage(optionOf(name), violationOf(parsed.error, value).expected, value);
}

function optionOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}
