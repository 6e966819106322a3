import { successorOf } from '../gates/order-line.js';
import { effectiveOf, knownAs } from '../nouns/signed.js';
import { isHalted } from '../nouns/therapy.js';
import { hospitalLettingGo } from '../therapy/patients-hospital.js';
import { missingOfChange } from '../therapy/signers-of-change.js';
import type { Role } from '../values/roles.js';
import { ofOrganisation, ofParties } from './asked.js';
import type { Matters } from './matters.js';
import type { Option, Wait } from './wait.js';

const STAFF: readonly Role[] = ['nurse', 'clinician', 'pharmacist'];

/**
 * What waits around the making: who takes part, a slot that was missed, a payer's denial, a new wristband, a longer expiry.
 * None of it stops anything.
 */
export function aroundIn(matters: Matters): readonly Wait[] {
  return [
    ...ofPartyChanges(matters),
    ...ofMissedSlots(matters),
    ...ofDenials(matters),
    ...ofTokens(matters),
    ...ofExtensions(matters),
  ];
}

/** Who takes part from now on is signed by quality and by a physician. */
function ofPartyChanges(matters: Matters): readonly Wait[] {
  const { therapy } = matters.whole;
  const act = 'therapy:ChangeParties';
  return matters.partyChanges
    .filter(({ agreed }) => !agreed)
    .map((change) => {
      const { id, parties, hospital, signatures } = change;
      const inCare = matters.parties.find((each) => each.id === matters.hospital);
      const lettingGo = hospitalLettingGo(therapy, inCare, change);
      const missing = missingOfChange(therapy, { members: matters.parties, lettingGo }, signatures);
      return {
        state: 'due',
        noun: 'party-change',
        subject: `party-change ${id}`,
        code: 'PARTIES_CHANGE',
        options: missing.flatMap((role) =>
          role === 'quality'
            ? ofOrganisation(matters, act, [role], therapy.quality)
            : ofParties(matters, act, [role], lettingGo),
        ),
        since: effectiveOf(signatures[0] ?? therapy.ordered),
        named: { parties, ...(hospital === undefined ? {} : { hospital: [hospital] }) },
        except: signatures.flatMap(knownAs),
      };
    });
}

/** A coordinator books another slot, unless nothing is wanted at it any more. */
function ofMissedSlots(matters: Matters): readonly Wait[] {
  const { whole } = matters;
  const { orderLines } = whole.therapy;
  const isWanted = (dose: number) =>
    !successorOf(whole, dose) &&
    orderLines.some((line) => line.dose === dose && !line.annulled && !line.cancelled);
  return matters.missedSlots
    .filter(({ rebooked, dose }) => !rebooked && (dose === undefined || isWanted(dose)))
    .map(({ id, reason, reported }) => ({
      state: 'stopped',
      noun: 'missed-slot',
      subject: `missed-slot ${id}`,
      code: reason,
      options: ofParties(matters, 'therapy:RebookSlot', ['coordinator', 'clinician']),
      since: effectiveOf(reported),
    }));
}

/** A coordinator or a physician answers a denial, and the payer an appeal. */
function ofDenials(matters: Matters): readonly Wait[] {
  return matters.denials.flatMap(({ id, payer, reported, answered, decided }): readonly Wait[] => {
    if (decided || answered?.answer === 'accept') return [];
    const options: readonly Option[] = answered
      ? ofOrganisation(matters, 'billing:DecideAppeal', ['payer'], payer)
      : ofParties(matters, 'billing:AnswerDenial', ['coordinator', 'clinician']);
    return [
      {
        state: 'due',
        noun: 'denial',
        subject: `denial ${id}`,
        code: answered ? 'APPEAL_OPEN' : 'PAYMENT_DENIED',
        options,
        since: effectiveOf(answered ?? reported),
      },
    ];
  });
}

/** That the patient wears another token a second person says, who saw it too. */
function ofTokens(matters: Matters): readonly Wait[] {
  return matters.tokenReplacements
    .filter(({ annulled, statements }) => !annulled && statements.length < 2)
    .map(({ id, token, cause, former, statements: [first] }) => ({
      state: 'due',
      noun: 'token-replacement',
      subject: `token-replacement ${id}`,
      code: 'SEEN_BY_ONE',
      options: ofParties(matters, 'care:ReplaceToken', STAFF, first?.organisation),
      since: effectiveOf(first ?? matters.whole.therapy.ordered),
      named: { token: [token], cause: [cause], former: [former] },
      except: first ? knownAs(first) : [],
    }));
}

/** That a batch keeps for longer a second one signs, one of the two a release person; unless its expiry changed meanwhile. */
function ofExtensions(matters: Matters): readonly Wait[] {
  const { therapy, batches } = matters.whole;
  if (isHalted(therapy)) return [];
  return [...batches.values()]
    .filter(({ recall }) => !recall)
    .flatMap(({ id, expiry, expiryChanges = [] }): readonly Wait[] =>
      expiryChanges
        .filter(({ from, agreed, annulled }) => !agreed && !annulled && from === expiry)
        .map(({ to, signatures, missing }) => ({
          state: 'due',
          noun: 'batch',
          subject: `batch ${id}`,
          code: 'EXTENSION_HALF_SIGNED',
          options: ofOrganisation(matters, 'quality:ExtendExpiry', missing, therapy.quality),
          since: effectiveOf(signatures[0] ?? therapy.ordered),
          named: { expiry: [to] },
          except: signatures.flatMap(knownAs),
        })),
    );
}
