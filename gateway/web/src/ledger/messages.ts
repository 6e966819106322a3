import type { Notebook } from '../device/notebook.js';
import { isOpen, readConsents, type StandingConsent } from './consents.js';
import type { AsOf, Remembered } from './remembered.js';
import type { ToldProcess } from './told.js';
import { type DataUse, readUses, type Uses } from './uses.js';
import { readWay, type Way } from './way.js';

/** Something that changed for the patient: a step was done, a question is asked, or somebody saw or was refused data. */
export type Message = { readonly id: string; readonly at: string } & (
  | { readonly kind: 'done'; readonly step: string }
  | { readonly kind: 'question'; readonly consent: StandingConsent }
  | { readonly kind: 'use'; readonly use: DataUse }
);

/** Where the device keeps the ids of the messages that the patient has looked at: what is recorded late is new all the same. */
const LOOKED = 'messages looked at';

/** All that is told, the newest first. */
export interface Messages {
  /** what the patient has not looked at */
  readonly fresh: readonly Message[];
  readonly earlier: readonly Message[];
  /** whose words tell of the steps */
  readonly processes: readonly ToldProcess[];
  /** how fresh it is */
  readonly asOf: AsOf<unknown>;
}

/**
 * What changed, from what is remembered on this device too.
 * @throws what the reads throw
 */
export async function readMessages(of: {
  readonly reads: Remembered;
  readonly notebook: Notebook;
  readonly actor: string;
}): Promise<Messages> {
  const { reads, notebook, actor } = of;
  const way = await reads.read('way', async (client) => (await readWay(client)) ?? null);
  const consents = await reads.read('consents', (client) => readConsents(client, actor));
  const uses = await reads.read('uses', readUses);
  const messages = messagesOf(way.value ?? undefined, consents.value, uses.value);
  const looked = new Set((await notebook.read(LOOKED)) as readonly string[] | undefined);
  return {
    fresh: messages.filter(({ id }) => !looked.has(id)),
    earlier: messages.filter(({ id }) => looked.has(id)),
    processes: uses.value.processes,
    asOf: uses,
  };
}

/** Keeps that all of these were looked at. */
export async function lookedAt(
  notebook: Notebook,
  { fresh, earlier }: Pick<Messages, 'fresh' | 'earlier'>,
): Promise<void> {
  if (fresh.length === 0) return;
  await notebook.write(
    LOOKED,
    [...fresh, ...earlier].map(({ id }) => id),
  );
}

/**
 * What is told of a therapy, the newest first: of steps, those of which the patient is told at once (the release rules of the
 * process). A use that was planned is told by its step. That something takes longer, or went wrong, is no message: the care
 * team tells it.
 */
export function messagesOf(
  way: Pick<Way, 'steps'> | undefined,
  consents: readonly StandingConsent[],
  { uses }: Pick<Uses, 'uses'>,
): readonly Message[] {
  const steps = way?.steps ?? [];
  const found: readonly Message[] = [
    ...steps.flatMap(({ id: step, state, at, atOnce }): readonly Message[] =>
      state === 'done' && atOnce ? [{ kind: 'done', id: `step ${step}`, at, step }] : [],
    ),
    ...consents.filter(isOpen).flatMap((consent): readonly Message[] => {
      const { id, purpose, requested } = consent;
      if (requested === undefined) return [];
      return [{ kind: 'question', id: `consent ${purpose} ${id}`, at: requested.at, consent }];
    }),
    ...uses.flatMap((use): readonly Message[] =>
      use.kind === 'planned' ? [] : [{ kind: 'use', id: use.id, at: use.at, use }],
    ),
  ];
  return [...found].sort((one, two) => (one.at < two.at ? 1 : -1));
}
