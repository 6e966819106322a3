import { Signers, statementOfRecord } from '@veinledger/domain/execution';
import type { CommandRecord, SignaturePointer, Statement } from '@veinledger/domain';
import type { LedgerContext } from './ledger-context.js';

/** Beside what was signed with compromised keys; found while reading, and never part of the state. */
export interface SuspectMark {
  /** whose keys were compromised: the actor's, or the person's behind the device */
  readonly actor: string;
  readonly since: string;
  /** the command by which quality confirmed it on other evidence */
  readonly confirmedBy?: string;
}

export type Marked<T> = T & { readonly suspect?: SuspectMark };

/** Marks each record that was signed with compromised keys. */
export function markRecords(
  context: LedgerContext,
  records: readonly CommandRecord[],
): Promise<readonly Marked<CommandRecord>[]> {
  return mark(context, records, (record) => ({ ...record, ...statementOfRecord(record) }));
}

/** Marks each signature that was given with compromised keys. */
export function markSignatures(
  context: LedgerContext,
  pointers: readonly SignaturePointer[],
): Promise<readonly Marked<SignaturePointer>[]> {
  return mark(context, pointers, (pointer) => ({ ...pointer, ...statementOfPointer(pointer) }));
}

async function mark<T extends object>(
  context: LedgerContext,
  things: readonly T[],
  describe: (thing: T) => Statement & Pick<CommandRecord, 'scope' | 'commandId'>,
): Promise<readonly Marked<T>[]> {
  const signers = new Signers(context.reader);
  const marked: Marked<T>[] = [];
  for (const thing of things) {
    const { subject, signed, scope, commandId } = describe(thing);
    const suspect = await signers.suspect({ subject, signed });
    if (!suspect) {
      marked.push(thing);
      continue;
    }
    const confirmedBy =
      scope.kind === 'therapy'
        ? await confirmationOf(context, signers, scope.id, commandId)
        : undefined;
    const { actor, since } = suspect;
    const found = confirmedBy === undefined ? { actor, since } : { actor, since, confirmedBy };
    marked.push({ ...thing, suspect: found });
  }
  return marked;
}

async function confirmationOf(
  context: LedgerContext,
  signers: Signers,
  coi: string,
  commandId: string,
): Promise<string | undefined> {
  const found = await context.reader.get('confirmation', { coi, id: commandId });
  if (!found) return undefined;
  const suspect = await signers.suspect({ subject: '', signed: found.confirmed });
  return suspect ? undefined : found.confirmed.command;
}

function statementOfPointer(pointer: SignaturePointer): Statement {
  const { actor, device, principal, commandId, transactionTime: time } = pointer;
  const behindDevice = device === undefined ? principal : actor;
  const signed = { actor: device ?? actor, command: commandId, at: time, time };
  return {
    subject: `command ${commandId}`,
    signed: behindDevice === undefined ? signed : { ...signed, principal: behindDevice },
  };
}
