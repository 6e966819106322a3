import type { Account } from './account.js';
import type { Said } from './said.js';

/** Whether a therapy's quality dismissed the alarm that a word raised which the ledger did not let take effect (B2). */
export function isDismissed(account: Account, coi: string, said: Said): boolean {
  return said.answer.effect === 'none' && wasDismissed(account, coi, said);
}

/** Whether a therapy's quality dismissed what somebody, or their organisation, had said until then. */
export function wasDismissed(
  account: Account,
  coi: string,
  { index, actor, organisation }: Said,
): boolean {
  return account
    .of('quality:DismissAlarms')
    .some(
      ({ body, index: later }) =>
        later > index &&
        (body.lot !== undefined || body.coi === coi) &&
        (body.actor === actor || body.organisation === organisation),
    );
}
