import type { GatewayClient } from '@veinledger/client';
import { canonicalise, sha256Base64url } from '@veinledger/domain';
import { besidePages } from '../address/settings.js';

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
  readonly steps: readonly { readonly id: string; readonly roles: readonly string[] }[];
  readonly patientWords?: readonly { readonly language: string; readonly digest: string }[];
}

interface ProcessWords {
  readonly steps: readonly {
    readonly id: string;
    readonly title: string;
    readonly explanation: string;
  }[];
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
}

/** A therapy as its patient sees it. */
export interface Way {
  readonly process: { readonly id: string; readonly version: string };
  /** digests of the words that members approved, by language */
  readonly approved: Readonly<Record<string, string>>;
  readonly steps: readonly WayStep[];
  /** nothing of it is to come */
  readonly over: boolean;
}

/** What is told of each step, by its id. */
export type StepWords = ReadonlyMap<
  string,
  { readonly title: string; readonly explanation: string }
>;

/** The patient's therapy that was ordered last; undefined where there is none. */
export async function readWay(client: GatewayClient): Promise<Way | undefined> {
  const { items } = await client.read<{
    readonly items: readonly { readonly coi: string; readonly orderedAt: string }[];
  }>('/v1/therapies');
  const [latest] = [...items].sort((one, two) => (one.orderedAt < two.orderedAt ? 1 : -1));
  if (latest === undefined) return undefined;
  const chain = encodeURIComponent(latest.coi);
  const progress = await client.read<Progress>(`/v1/therapies/${chain}/turnaround`);
  const { id, version } = progress.process;
  const published = await client.read<{ readonly definition: Definition }>(
    `/v1/processes/${id}/${version}`,
  );
  return wayOf(progress, published.definition);
}

/** The way from what is known of its steps. */
export function wayOf(progress: Progress, definition: Definition): Way {
  const roles = new Map(
    definition.steps.map(({ id, roles: [role = 'other'] }) => [id, role] as const),
  );
  const first = progress.steps.find(({ state }) => state === 'waiting' || state === 'overdue');
  const steps = progress.steps.flatMap(({ step, state, due, done }): readonly WayStep[] => {
    if (state === 'ended') return [];
    const role = roles.get(step) ?? 'other';
    if (done !== undefined) {
      return [{ id: step, state: 'done', longer: state === 'late', at: done, role }];
    }
    const isNow = step === first?.step;
    const now = isNow ? ('now' as const) : ('next' as const);
    return [{ id: step, state: now, longer: isNow && state === 'overdue', at: due, role }];
  });
  const { process } = progress;
  const words = definition.patientWords ?? [];
  const approved = Object.fromEntries(words.map(({ language, digest }) => [language, digest]));
  return { process, approved, steps, over: steps.every(({ state }) => state === 'done') };
}

/**
 * What members agreed to tell patients of the steps, in one language.
 * @returns an empty map where there is nothing in it, or not what they agreed to
 */
export async function readStepWords(
  { process: { id, version }, approved }: Pick<Way, 'process' | 'approved'>,
  language: string,
): Promise<StepWords> {
  const digest = approved[language];
  if (digest === undefined) return new Map();
  const found = (await besidePages(`words/${id}-${version}.${language}.json`)) as ProcessWords;
  if (sha256Base64url(canonicalise(found)) !== digest) return new Map();
  return new Map(found.steps.map(({ id: step, ...words }) => [step, words] as const));
}
