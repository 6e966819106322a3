import { type AlertDue, alertsDue } from '../alerts/due.js';
import { ofOrganisation, ofParties, optionsOf } from './asked.js';
import type { Matters } from './matters.js';
import type { Option, Wait } from './wait.js';

/** Whom a recall or a late result waits for: a physician who knows of it, and whoever recalls a batch or decides not to. */
export function alertedIn(matters: Matters): readonly Wait[] {
  return alertsDue(matters.whole, matters.at).map((due): Wait => {
    const { cause, since } = due;
    const waiting = { state: 'stopped', code: cause.kind, since } as const;
    if (due.kind === 'recall-decision') {
      const options = decidingOn(matters, due);
      return { ...waiting, noun: 'batch', subject: `batch ${due.batch}`, options };
    }
    const options = due.alert === undefined ? statingOf(matters) : acknowledging(matters, due);
    const named: Readonly<Record<string, readonly string[]>> =
      due.alert === undefined ? { command: [cause.command] } : { alert: [due.alert] };
    return { ...waiting, noun: 'alert', subject: `dose ${due.dose}`, options, named };
  });
}

type Acknowledgement = Extract<AlertDue, { readonly kind: 'acknowledgement' }>;
type RecallDecision = Extract<AlertDue, { readonly kind: 'recall-decision' }>;

function statingOf(matters: Matters): readonly Option[] {
  return optionsOf(matters, [{ type: 'quality:StateAlert', by: 'quality' }]);
}

/** The physician by name while it is their turn; then any physician of a party, then its safety officers. */
function acknowledging(matters: Matters, { asked, physician }: Acknowledgement): readonly Option[] {
  const act = 'care:AcknowledgeAlert';
  if (asked === 'safety-officer') return ofParties(matters, act, ['clinician', 'safety-officer']);
  const physicians = ofParties(matters, act, ['clinician'], matters.hospital);
  if (asked === 'deputy' || physician === undefined) return physicians;
  return physicians.map((each) => ({ ...each, person: physician }));
}

function decidingOn(matters: Matters, { missing }: RecallDecision): readonly Option[] {
  const { quality } = matters.whole.therapy;
  return [
    ...ofOrganisation(matters, 'manufacturing:RecallBatch', ['quality'], quality),
    ...missing.map((signer) => ({ act: 'quality:DecideNoRecall', ...signer })),
  ];
}
