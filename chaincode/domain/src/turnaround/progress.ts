import { z } from 'zod';
import type { Organisation } from '../nouns/organisation.js';
import type { Step } from '../nouns/process-definition.js';
import type { Therapy } from '../nouns/therapy.js';
import { code, coi, instant, organisationId, version } from '../values/identifiers.js';
import { addMinutes, earliest, latest, milliseconds } from '../values/time.js';
import type { Attestation } from './attestation.js';

const MINUTES_OF_A_DAY = 24 * 60;

/**
 * How a step stands against its target day: done by then or after it; `waiting` for somebody since what it needs is done,
 * `overdue` when its day is past besides, `to-come` while something that it needs is not done; `ended` where it was not done
 * and the therapy was halted, so that nobody is waited for.
 */
export const STATES_OF_PROGRESS = [
  'on-time',
  'late',
  'waiting',
  'overdue',
  'to-come',
  'ended',
] as const;
export type StateOfProgress = (typeof STATES_OF_PROGRESS)[number];

export const stepProgressSchema = z.strictObject({
  step: code,
  state: z.enum(STATES_OF_PROGRESS),
  /** when its target day is over; days are of 24 hours, day 0 begins with the order */
  due: instant,
  /** when the last of what it needs was done */
  ready: instant.exactOptional(),
  /** when it was first attested by what still stands */
  done: instant.exactOptional(),
  /** MSP id of who did it */
  organisation: organisationId.exactOptional(),
  /** MSP ids of the parties that may do it, of a step that waits */
  waitsFor: z.array(organisationId),
});

/** One step of one therapy against its target day. */
export interface StepProgress extends Readonly<z.infer<typeof stepProgressSchema>> {}

export const therapyProgressSchema = z.strictObject({
  coi,
  process: z.strictObject({ id: code, version }),
  ordered: instant,
  /** as of then */
  at: instant,
  steps: z.array(stepProgressSchema),
});

/** A therapy's steps against the target days of its process. */
export interface TherapyProgress extends Readonly<z.infer<typeof therapyProgressSchema>> {}

/** A step of a process, as far as its time and who does it are concerned. */
export type TimedStep = Pick<
  Step,
  'id' | 'roles' | 'attestedBy' | 'needs' | 'inputs' | 'outputs' | 'targetDay'
>;

/** What is known of a therapy, from which its progress is computed. */
export interface Course extends Pick<Therapy, 'coi' | 'parties'> {
  readonly process: Pick<Therapy['process'], 'id' | 'version'>;
  /** when it was ordered, by effective time */
  readonly ordered: string;
  readonly attestations: readonly Attestation[];
  /** whether somebody ended it before its last dose */
  readonly halted: boolean;
}

/**
 * How each step of a therapy stands against its target day.
 * @param members of whom the parties are
 * @param at as of when, RFC 3339
 */
export function progressOf(
  course: Course,
  { steps }: { readonly steps: readonly TimedStep[] },
  members: readonly Pick<Organisation, 'id' | 'grantable'>[],
  at: string,
): TherapyProgress {
  const { coi: chain, process, ordered, attestations, parties, halted } = course;
  const granted = new Map(members.map(({ id, grantable }) => [id, grantable]));
  const able = ({ roles }: TimedStep, organisation: string | undefined) =>
    roles.some((role) => granted.get(organisation ?? '')?.includes(role) === true);
  const attested = new Map(
    steps.map((step) => [
      step.id,
      firstOf(attestations.filter((each) => attests(step, each, able))),
    ]),
  );
  return {
    coi: chain,
    process: { id: process.id, version: process.version },
    ordered,
    at,
    steps: steps.map((step): StepProgress => {
      const due = addMinutes(ordered, (step.targetDay + 1) * MINUTES_OF_A_DAY);
      const needed = step.needs.map((need) => attested.get(need)?.at);
      const ready = needed.every((each) => each !== undefined)
        ? latest(ordered, ...needed)
        : undefined;
      const found = attested.get(step.id);
      if (found) {
        const state = milliseconds(found.at) <= milliseconds(due) ? 'on-time' : 'late';
        const from = ready === undefined ? {} : { ready };
        const by = doerOf(step, found);
        const done = { done: found.at, organisation: by };
        return { step: step.id, state, due, ...from, ...done, waitsFor: [] };
      }
      if (halted) return { step: step.id, state: 'ended', due, waitsFor: [] };
      if (ready === undefined) return { step: step.id, state: 'to-come', due, waitsFor: [] };
      const state = milliseconds(at) <= milliseconds(due) ? 'waiting' : 'overdue';
      const waitsFor = parties.filter((party) => able(step, party));
      return { step: step.id, state, due, ready, waitsFor };
    }),
  };
}

/** Whether an attestation is of this step, among those of its type. */
function attests(
  step: TimedStep,
  { type, step: reported, kinds, organisation, from }: Attestation,
  able: (step: TimedStep, organisation: string | undefined) => boolean,
): boolean {
  if (step.attestedBy !== type) return false;
  switch (type) {
    case 'manufacturing:ReportStep':
      return reported === step.id;
    case 'custody:CollectItem':
    case 'custody:DeriveItem':
      return step.outputs.some((kind) => kinds.includes(kind));
    case 'custody:ReceiveItem':
      return (
        step.inputs.some((kind) => kinds.includes(kind)) &&
        able(step, isCarried(step) ? from : organisation)
      );
    default:
      return true;
  }
}

/** A carrier's step is done when what was carried is received. */
function isCarried({ roles }: TimedStep): boolean {
  return roles.includes('courier');
}

function doerOf(step: TimedStep, { from, organisation }: Attestation): string {
  return isCarried(step) && from !== undefined ? from : organisation;
}

function firstOf(attestations: readonly Attestation[]): Attestation | undefined {
  const first = earliest(attestations.map(({ at }) => at));
  return attestations.find(({ at }) => at === first);
}
