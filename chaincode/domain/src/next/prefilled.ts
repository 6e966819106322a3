import { z } from 'zod';
import { subjectRef } from '../nouns/subject.js';
import type { NextAct } from './next-act.js';

/** A body as far as the ledger knows it. */
export interface Prefilled {
  readonly body: Readonly<Record<string, unknown>>;
  /** members that whoever signs has to add */
  readonly lacking: readonly string[];
}

/** By which member commands name a thing, where that is not the noun itself. */
const MEMBER_OF: Readonly<Record<string, string>> = {
  consent: 'purpose',
  'dose line': 'number',
  'emergency-access': 'emergencyAccess',
  'missed-slot': 'missedSlot',
  'party-change': 'change',
  'reportable-event': 'reportableEvent',
  'token-replacement': 'tokenReplacement',
};

/**
 * The body of a command that leads on, as far as it follows from what waits. What somebody decides, finds or reads off a
 * label is never filled in.
 */
export function prefilled(
  { body: schema }: { readonly body: z.ZodType },
  coi: string,
  act: Pick<NextAct, 'subject' | 'named'>,
): Prefilled {
  const shape: Readonly<Record<string, z.core.$ZodType>> =
    schema instanceof z.ZodObject ? schema.shape : {};
  const known = { coi: [coi], ...membersOf(coi, act.subject), ...act.named };
  const body = Object.fromEntries(
    Object.entries(known).flatMap(([name, values]) => {
      const member = Object.hasOwn(shape, name) ? shape[name] : undefined;
      const value = member && candidatesOf(values).find((each) => fits(member, each));
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const { error } = schema.safeParse(body);
  const places = (error?.issues ?? []).map(({ path: [name] }) => String(name ?? ''));
  const lacking = places.filter((name) => name !== '' && !Object.hasOwn(body, name));
  return { body, lacking: [...new Set(lacking)] };
}

/** What is known by the thing that waits: `step calling/1` is an attempt at a step. */
function membersOf(coi: string, subject: string): Readonly<Record<string, readonly unknown[]>> {
  const space = subject.lastIndexOf(' ');
  const [noun, id] = [subject.slice(0, space), subject.slice(space + 1)];
  const [step = '', attempt] = noun === 'step' ? id.split('/') : [id];
  const numbered = attempt === undefined ? {} : { attempt: Number(attempt) };
  const ref = subjectRef.safeParse({
    kind: noun,
    coi,
    ...(noun === 'therapy' ? {} : { id: step }),
    ...numbered,
  });
  return {
    [MEMBER_OF[noun] ?? noun]: [step],
    ...(attempt === undefined ? {} : { attempt: [attempt] }),
    ...(ref.success ? { subject: [ref.data] } : {}),
  };
}

/** A value by itself, as a number, or all of them. */
function candidatesOf(values: readonly unknown[]): readonly unknown[] {
  const [first] = values;
  if (values.length !== 1) return [values];
  return [first, ...(typeof first === 'string' ? [Number(first)] : []), values];
}

function fits(member: z.core.$ZodType, value: unknown): boolean {
  return z.core.safeParse(member, value).success;
}
