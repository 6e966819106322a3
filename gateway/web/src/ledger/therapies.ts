import type { GatewayClient } from '@veinledger/client';
import type { CommandRecord, Step } from '@veinledger/domain';

/** A therapy of the patient, as lists tell it. */
export interface TherapySummary {
  readonly coi: string;
  readonly orderedAt: string;
  readonly process: { readonly id: string; readonly version: string };
}

/** What pages read of a published process. */
export interface Definition {
  readonly steps: readonly Step[];
  readonly patientWords?: readonly { readonly language: string; readonly digest: string }[];
}

/** A therapy's records, by transaction time, as far as its patient is told them. */
export type Recorded = Pick<
  CommandRecord,
  | 'commandId'
  | 'type'
  | 'actor'
  | 'organisation'
  | 'transactionTime'
  | 'decision'
  | 'reasons'
  | 'changed'
>;

const LONGEST_PAGE = 200;

/** Everything of a list, however many pages it has. */
export async function readAll<T>(
  client: GatewayClient,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly T[]> {
  const found: T[] = [];
  const pages = client.pages<T>(path, { ...query, limit: LONGEST_PAGE });
  for await (const { items } of pages) found.push(...items);
  return found;
}

/** The patient's therapies, that ordered last first. */
export async function readTherapies(client: GatewayClient): Promise<readonly TherapySummary[]> {
  const found = await readAll<TherapySummary>(client, '/v1/therapies');
  return [...found].sort((one, two) => (one.orderedAt < two.orderedAt ? 1 : -1));
}

/** The path of a therapy, or of what belongs to it. */
export function pathOf({ coi }: Pick<TherapySummary, 'coi'>, below = ''): string {
  return `/v1/therapies/${encodeURIComponent(coi)}${below}`;
}

export async function readDefinition(
  client: GatewayClient,
  { process: { id, version } }: Pick<TherapySummary, 'process'>,
): Promise<Definition> {
  const published = await client.read<{ readonly definition: Definition }>(
    `/v1/processes/${id}/${version}`,
  );
  return published.definition;
}

export function readRecords(
  client: GatewayClient,
  therapy: Pick<TherapySummary, 'coi'>,
): Promise<readonly Recorded[]> {
  return readAll<Recorded>(client, pathOf(therapy, '/records'));
}
