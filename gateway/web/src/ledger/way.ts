import type { GatewayClient } from '@veinledger/client';
import { pathOf, readDefinition, readTherapies } from './therapies.js';
import { type ToldProcess, toldProcess } from './told.js';

interface Progress {
  readonly process: { readonly id: string; readonly version: string };
  readonly steps: readonly {
    readonly step: string;
    readonly state: 'on-time' | 'late' | 'waiting' | 'overdue' | 'to-come' | 'ended';
    readonly due: string;
    readonly done?: string;
  }[];
}

interface Definition {
  readonly steps: readonly {
    readonly id: string;
    readonly roles: readonly string[];
    /** when the patient is told of it unasked */
    readonly release?: { readonly rule: string } | undefined;
  }[];
  readonly patientWords?: readonly { readonly language: string; readonly digest: string }[];
}

/** One step of the way from sample to dose. */
export interface WayStep {
  readonly id: string;
  readonly state: 'done' | 'now' | 'next';
  /** took or takes longer than planned */
  readonly longer: boolean;
  /** when it was done, or is planned for */
  readonly at: string;
  /** who does it */
  readonly role: string;
  /** whether the patient is told of it at once, without asking */
  readonly atOnce: boolean;
}

/** A therapy as its patient sees it. */
export interface Way extends ToldProcess {
  readonly steps: readonly WayStep[];
  /** nothing of it is to come */
  readonly over: boolean;
}

/** The patient's therapy that was ordered last; undefined where there is none. */
export async function readWay(client: GatewayClient): Promise<Way | undefined> {
  const [latest] = await readTherapies(client);
  if (latest === undefined) return undefined;
  const progress = await client.read<Progress>(pathOf(latest, '/turnaround'));
  return wayOf(progress, await readDefinition(client, progress));
}

/** The way from what is known of its steps. */
export function wayOf(progress: Progress, definition: Definition): Way {
  const defined = new Map(definition.steps.map((step) => [step.id, step] as const));
  const first = progress.steps.find(({ state }) => state === 'waiting' || state === 'overdue');
  const steps = progress.steps.flatMap(({ step, state, due, done }): readonly WayStep[] => {
    if (state === 'ended') return [];
    const { roles: [role = 'other'] = [], release } = defined.get(step) ?? {};
    const of = { id: step, role, atOnce: release?.rule === 'at-once' };
    if (done !== undefined) {
      return [{ ...of, state: 'done', longer: state === 'late', at: done }];
    }
    const isNow = step === first?.step;
    const now = isNow ? ('now' as const) : ('next' as const);
    return [{ ...of, state: now, longer: isNow && state === 'overdue', at: due }];
  });
  const over = steps.every(({ state }) => state === 'done');
  return { ...toldProcess(progress.process, definition), steps, over };
}
