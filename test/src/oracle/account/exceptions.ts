import type { Account } from './account.js';
import { isOf, type Said } from './said.js';
import { batchOf, type Thing } from './things.js';
import type { Therapy } from './therapies.js';

/** What the patient consents to before something outside its specification is given. */
export const OUT_OF_SPECIFICATION = 'OOS_ADMINISTRATION';

/**
 * The evaluation under which a batch goes out though it is outside its specification (A11): a physician asked for it, the
 * therapy's quality evaluated the risks, the patient agreed, and a physician accepted, in this order, where the process has
 * the exception and the jurisdiction too; undefined where there is none.
 */
export function exceptionFor(
  account: Account,
  therapy: Therapy,
  batch: Thing,
): Said<'quality:EvaluateException'> | undefined {
  const { coi, definition, jurisdiction } = therapy;
  const allowed = definition.outOfSpecification?.jurisdictions.includes(jurisdiction) ?? false;
  if (!allowed || account.off.has('A11')) return undefined;
  const ofTherapy = ({ body }: { readonly body: { readonly coi: string } }) => body.coi === coi;
  const isPhysicians = ({ roles }: Said) => roles.includes('clinician');
  const requests = account
    .of('care:RequestException')
    .filter((each) => ofTherapy(each) && isPhysicians(each))
    .filter(({ body }) => batchOf(coi, body.batch) === batch);
  for (const accepted of account.of('care:AcceptException').filter(isPhysicians)) {
    const { exception } = accepted.body;
    const request = requests.find(({ body }) => body.exception === exception);
    const evaluation = account
      .of('quality:EvaluateException')
      .filter((each) => ofTherapy(each) && each.body.exception === exception)
      .findLast(({ index }) => index < accepted.index);
    if (!request || !evaluation || !ofTherapy(accepted)) continue;
    const inOrder = request.index < evaluation.index;
    if (inOrder && evaluation.body.finding === 'supply' && agreed(account, therapy, accepted)) {
      return evaluation;
    }
  }
  return undefined;
}

/** Whether the patient's last word before an acceptance was a yes. */
function agreed(account: Account, { patient }: Therapy, { index }: Said): boolean {
  const words: readonly Said[] = [
    ...account
      .of('consent:GiveConsent')
      .filter(({ body }) => body.purpose === OUT_OF_SPECIFICATION),
    ...account
      .of('consent:RefuseConsent')
      .filter(({ body }) => body.purpose === OUT_OF_SPECIFICATION),
    ...account
      .of('consent:WithdrawConsent')
      .filter(({ body }) => body.purpose === OUT_OF_SPECIFICATION),
  ];
  const last = words
    .filter((word) => word.actor === patient && word.index < index)
    .toSorted((one, other) => one.index - other.index)
    .at(-1);
  return last !== undefined && isOf(last, 'consent:GiveConsent');
}

/** The batches of a whole that no certification but an exception lets out. */
export function batchesByException(
  account: Account,
  therapy: Therapy,
  whole: ReadonlySet<Thing>,
): readonly Said<'quality:EvaluateException'>[] {
  const certified = account
    .of('manufacturing:CertifyBatch')
    .map(({ body }) => batchOf(body.coi, body.batch));
  return [...whole]
    .filter((thing) => thing.startsWith('["batch"') && !certified.includes(thing))
    .flatMap((batch) => exceptionFor(account, therapy, batch) ?? []);
}
