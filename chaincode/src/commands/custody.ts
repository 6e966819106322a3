import {
  collectItem,
  confirmCollection,
  decideCollect,
  decideConfirmCollection,
} from '@veinledger/domain/custody/collect';
import { decideDerive, deriveItem } from '@veinledger/domain/custody/derive';
import { decideDispose, disposeItem } from '@veinledger/domain/custody/dispose';
import { decideReadings, recordReadings } from '@veinledger/domain/custody/readings';
import { decideReceive, receiveItem } from '@veinledger/domain/custody/receive';
import { decideRelease, releaseItem } from '@veinledger/domain/custody/release';
import type { StateReader } from '../state/reader.js';
import { planFact } from './plan.js';

interface NamesItem {
  readonly coi: string;
  readonly item: string;
}

/** A therapy that has an item of this name is there: it is read for others only. */
async function itemState(reader: StateReader, { coi, item }: NamesItem) {
  const named = await reader.named(coi, item);
  if (named.known === 'own') return { named };
  return { named: { ...named, therapy: await reader.therapy(coi) } };
}

function handOffOf(reader: StateReader, body: { readonly coi: string; readonly handOff: string }) {
  return reader.get('hand-off', { coi: body.coi, id: body.handOff });
}

export const custodyPlans = [
  planFact(
    collectItem,
    async (reader, { body }) => {
      const therapy = await reader.therapy(body.coi);
      const state = { therapy, named: await reader.given(body.coi, body.item) };
      const { definition } = await reader.processOf(state.therapy);
      const confirms =
        body.confirms === undefined
          ? undefined
          : await reader.get('item', { coi: body.coi, id: body.confirms });
      return { ...state, definition, confirms };
    },
    decideCollect,
  ),
  planFact(
    confirmCollection,
    (reader, { body }) => itemState(reader, body),
    decideConfirmCollection,
  ),
  planFact(
    deriveItem,
    async (reader, { body }) => {
      const therapy = await reader.therapy(body.coi);
      return {
        therapy,
        definition: (await reader.processOf(therapy)).definition,
        parents: await Promise.all(body.parents.map(({ item }) => reader.named(body.coi, item))),
        children: await Promise.all(body.children.map(({ item }) => reader.given(body.coi, item))),
      };
    },
    decideDerive,
  ),
  planFact(
    releaseItem,
    async (reader, { body }) => ({
      therapy: await reader.therapy(body.coi),
      named: await reader.named(body.coi, body.item),
      handOff: await handOffOf(reader, body),
    }),
    decideRelease,
  ),
  planFact(
    receiveItem,
    async (reader, { body }) => ({
      ...(await itemState(reader, body)),
      handOff: await handOffOf(reader, body),
    }),
    decideReceive,
  ),
  planFact(recordReadings, (reader, { body }) => itemState(reader, body), decideReadings),
  planFact(disposeItem, (reader, { body }) => itemState(reader, body), decideDispose),
];
