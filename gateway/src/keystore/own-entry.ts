import { type Caller, isRelayedCaller } from '../auth/caller.js';
import type { Entry, KeySet } from './entry.js';
import type { EntryFiles } from './entry-files.js';
import { noKeys, notEnrolled, notForPatients } from './refusals.js';

/**
 * An actor's entry.
 * @throws ProblemError 404 NO_KEYS, 409 KEYSTORE_ENTRY_DAMAGED, KEYSTORE_ENTRY_FOREIGN
 */
export async function entryOf(files: EntryFiles, actor: string): Promise<Entry> {
  const entry = await files.find(actor);
  if (entry === undefined) throw noKeys();
  return entry;
}

/**
 * The caller's own entry.
 * @throws ProblemError as {@link entryOf}, and 403 KEYSTORE_NOT_FOR_PATIENTS
 */
export async function ownEntry(files: EntryFiles, caller: Caller): Promise<Entry> {
  if (isRelayedCaller(caller)) throw notForPatients();
  return entryOf(files, caller.id);
}

/**
 * The keys of an entry that the ledger has as the caller's.
 * @throws ProblemError 409 KEYS_NOT_ENROLLED
 */
export function enrolledKeys(entry: Entry, caller: Caller): KeySet {
  const { ed25519, mlDsa65 } = caller.keys;
  const found = entry.keySets.find(
    (each) => each.public.ed25519 === ed25519 && each.public.mlDsa65 === mlDsa65,
  );
  if (found) return found;
  throw notEnrolled();
}
