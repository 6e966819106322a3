import type { Account } from '../account/account.js';
import { isOf, type Said } from '../account/said.js';
import { batchOf } from '../account/things.js';

type Record = Said<'manufacturing:RecordBatch'>;
type Extension = Said<'quality:ExtendExpiry'>;
type Change = Extension | Said<'quality:ShortenExpiry'>;

/** When a batch expires, and who has signed by how much longer it keeps since that last changed. */
interface Expiry {
  /** milliseconds */
  readonly at: number;
  readonly signed: readonly Extension[];
}

/**
 * Until when a batch keeps as it was recorded, by what quality found of it (A9): shorter by one person's word, whenever it was
 * said; longer where two signed the same date since the record and since the last change.
 */
export function expiryOf(account: Account, recorded: Record): Expiry {
  let expiry: Expiry = { at: Date.parse(recorded.body.expiry), signed: [] };
  for (const change of changesOf(account, recorded)) {
    const at = Date.parse(change.body.expiry);
    if (isOf(change, 'quality:ShortenExpiry')) {
      if (at < expiry.at) expiry = { at, signed: [] };
    } else if (change.index > recorded.index && at > expiry.at) {
      expiry = expiry.signed.some((each) => isSecond(account, each, change))
        ? { at, signed: [] }
        : { ...expiry, signed: [...expiry.signed, change] };
    }
  }
  return expiry;
}

function changesOf(account: Account, { body: { coi, batch } }: Record): readonly Change[] {
  const changes: readonly Change[] = [
    ...account.of('quality:ShortenExpiry'),
    ...account.of('quality:ExtendExpiry'),
  ];
  return changes
    .filter(({ body }) => batchOf(body.coi, body.batch) === batchOf(coi, batch))
    .toSorted((one, other) => one.index - other.index);
}

/** Whether a signature is the second under one date: another natural person's, one of the two a release person. */
function isSecond(account: Account, one: Extension, other: Extension): boolean {
  return (
    one.body.expiry === other.body.expiry &&
    !account.people.areOne(one.actor, other.actor) &&
    [one, other].some(({ roles }) => roles.includes('release-person'))
  );
}

/** Whether a second person signed the same date before some word, so that the batch kept for so long then. */
export function hadCounted(account: Account, said: Extension, before: number): boolean {
  const { coi, batch } = said.body;
  return account
    .ever('quality:ExtendExpiry')
    .filter(
      ({ body, index }) => batchOf(body.coi, body.batch) === batchOf(coi, batch) && index < before,
    )
    .some((each) => isSecond(account, each, said));
}

/** Why nobody may sign that a batch keeps longer, besides what is asked of a release. */
export function wrongInExtending(account: Account, asked: Extension): string[] {
  const thing = batchOf(asked.body.coi, asked.body.batch);
  const isOfIt = ({ body }: Record | Said<'manufacturing:CertifyBatch'>) =>
    batchOf(body.coi, body.batch) === thing;
  const [recorded] = account.of('manufacturing:RecordBatch').filter(isOfIt);
  if (!recorded) return [];
  const { at, signed } = expiryOf(account, recorded);
  const alike = signed.filter(({ body }) => body.expiry === asked.body.expiry);
  const second = alike.some((each) => isSecond(account, each, asked));
  return [
    ...(account.of('manufacturing:CertifyBatch').some(isOfIt) ? [] : [`${thing} is not certified`]),
    ...(Date.parse(asked.body.expiry) > at ? [] : [`${thing} keeps so long already`]),
    ...(alike.length === 0 || second ? [] : [`${asked.actor} is no second who signs for ${thing}`]),
  ];
}
