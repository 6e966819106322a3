import { aboutOf } from './about.js';
import type { Account } from './account.js';
import { isOf, type Said } from './said.js';

type Dismissal = Said<'quality:DismissAlarms'>;

/** Whether a therapy's quality dismissed the alarm that a word raised which the ledger did not let take effect (B2). */
export function isDismissed(account: Account, coi: string, said: Said): boolean {
  return said.answer.effect === 'none' && wasDismissed(account, coi, said);
}

/**
 * Whether a therapy's quality dismissed what somebody, or their organisation, had said until then. An organisation has one
 * alarm open on a subject: its other people's words about that belong to who raised it.
 */
export function wasDismissed(account: Account, coi: string, said: Said): boolean {
  const { index, actor, organisation } = said;
  const about = aboutOf(said);
  const raised = account.unheard
    .filter((each) => each.index < index && each.organisation === organisation)
    .filter((each) => aboutOf(each).some((thing) => about.includes(thing)))
    .map((each) => each.actor);
  const isMeant = (body: Dismissal['body']) =>
    isOf(said, 'manufacturing:ReportRunFailure') || isOf(said, 'manufacturing:RegisterRun')
      ? body.run === said.body.run
      : body.lot !== undefined || body.coi === coi;
  return account
    .of('quality:DismissAlarms')
    .some(
      ({ body, index: later }) =>
        later > index &&
        isMeant(body) &&
        (body.actor === actor ||
          body.organisation === organisation ||
          (body.actor !== undefined && raised.includes(body.actor))),
    );
}
