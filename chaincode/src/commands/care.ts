import {
  authoriseDose,
  decideAuthoriseDose,
  type EarlierDose,
} from '@veinledger/domain/care/authorise-dose';
import {
  decideAdministration,
  decideOutcome,
  recordAdministration,
  recordOutcome,
} from '@veinledger/domain/care/record-administration';
import { decideVerifyBedside, verifyBedside } from '@veinledger/domain/care/verify-bedside';
import type { Item } from '@veinledger/domain/nouns/item';
import type { NamedItem } from '@veinledger/domain/nouns/named-item';
import { type Link, linksOfItem } from '@veinledger/domain/manufacturing/ancestry';
import {
  statementOfVerification,
  statementsOf,
  statementsOfAncestry,
} from '@veinledger/domain/manufacturing/statements';
import type { StateReader } from '../state/reader.js';
import { findSuspects } from '../state/suspects.js';
import { walkAncestry } from '../state/walk.js';
import { weighConsents } from '../state/weigh-consents.js';
import { therapyAndDefinition } from './manufacturing.js';
import { planFact, planPermission } from './plan.js';

function itemLink(named: NamedItem, coi: string): Link {
  return { kind: 'item', coi: named.known === 'never' ? coi : named.item.coi, id: named.id };
}

/** The batches of an item and of its parents: those of the vials that a dose was drawn from. */
async function batchesOf(reader: StateReader, item: Item) {
  const vials = await Promise.all(
    item.parents.map((parent) => reader.get('item', { coi: parent.coi, id: parent.id })),
  );
  const links = [item, ...vials].flatMap((each) => (each ? linksOfItem(each) : []));
  const batches = links.flatMap((link) => (link.kind === 'batch' ? [link] : []));
  const found = await Promise.all(
    batches.map((link) => reader.get('batch', { coi: link.coi, id: link.id })),
  );
  return found.filter((batch) => batch !== undefined);
}

/** The dose that a line of the order already stands for, with its item. */
async function earlierDose(
  reader: StateReader,
  coi: string,
  number: number,
): Promise<EarlierDose | undefined> {
  const line = await reader.get('dose-line', { coi, number });
  if (!line) return undefined;
  const dose = await reader.get('dose', { coi, id: line.dose });
  const named = dose && (await reader.named(coi, dose.item));
  return { id: line.dose, dose, item: named?.known === 'own' ? named.item : undefined };
}

export const carePlans = [
  planFact(
    verifyBedside,
    async (reader, { body }) => ({
      therapy: await reader.therapy(body.coi),
      existing: await reader.get('verification', { coi: body.coi, id: body.verification }),
      named: await reader.named(body.coi, body.item),
    }),
    decideVerifyBedside,
  ),
  planPermission(
    authoriseDose,
    async (reader, { body }) => {
      const { coi } = body;
      const state = await therapyAndDefinition(reader, coi);
      const named = await reader.named(coi, body.item);
      const ancestry = await walkAncestry(reader, [itemLink(named, coi)]);
      const verifications = await Promise.all(
        body.verifications.map((id) => reader.get('verification', { coi, id })),
      );
      return {
        ...state,
        named,
        existing: await reader.get('dose', { coi, id: body.dose }),
        earlier: await earlierDose(reader, coi, body.number),
        ancestry,
        consents: await weighConsents(reader, state.therapy.patient),
        verifications,
        suspects: await findSuspects(reader, coi, [
          ...statementsOf(state.therapy),
          ...statementsOfAncestry(ancestry),
          ...verifications.flatMap((each) => (each ? [statementOfVerification(each)] : [])),
        ]),
      };
    },
    decideAuthoriseDose,
  ),
  planFact(
    recordAdministration,
    async (reader, { body }) => {
      const { coi } = body;
      const state = await therapyAndDefinition(reader, coi);
      const named = await reader.named(coi, body.item);
      const dose = await reader.get('dose', { coi, id: body.dose });
      const authorisation = dose?.authorised
        ? [{ subject: `dose ${dose.id}`, signed: dose.authorised }]
        : [];
      return {
        ...state,
        named,
        dose,
        suspects: await findSuspects(reader, coi, authorisation),
        batches: named.known === 'never' ? [] : await batchesOf(reader, named.item),
        consents: await reader.range('consent', { patient: state.therapy.patient }),
      };
    },
    decideAdministration,
  ),
  planFact(
    recordOutcome,
    async (reader, { body }) => ({
      therapy: await reader.therapy(body.coi),
      existing: await reader.get('outcome', { coi: body.coi, id: body.outcome }),
    }),
    decideOutcome,
  ),
];
