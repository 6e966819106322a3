import {
  coi,
  digest,
  type Item,
  itemId,
  localId,
  nextSchema,
  outlookSchema,
  stateIn,
} from '@veinledger/domain';
import { z } from 'zod';
import { itemWithState } from '../openapi/schemas/custody.js';
import { therapy } from '../openapi/schemas/therapy.js';
import { TOLD_THINGS } from '../openapi/schemas/told.js';
import { type AnnexLister, annexListSchema } from '../exchange/annex-list.js';
import type { AnnexReader } from '../exchange/annex-reader.js';
import type { CallerReader } from '../reads/caller-reader.js';
import type { OutlookReader } from '../reads/outlook-reader.js';
import { found } from '../operation/answer.js';
import { type ActorOperation, parameterOf } from '../operation/operation.js';

const ofTherapy = { coi: { schema: coi } };

/** A therapy, its items and doses one by one, and the annexes of its commands. */
export function therapyOperations(
  reader: CallerReader,
  outlooks: OutlookReader,
  annexes: AnnexReader,
  lister: AnnexLister,
): readonly ActorOperation[] {
  return [
    {
      access: 'actor',
      method: 'get',
      path: '/v1/therapies/{coi}',
      id: 'readTherapy',
      tag: 'therapy',
      summary: 'A therapy with its process, parties and order lines',
      parameters: ofTherapy,
      answers: { 200: { description: 'The therapy', schema: therapy } },
      handle: async (question) =>
        found(await reader.therapy(question.caller, parameterOf(question, 'coi'))),
    },
    {
      access: 'actor',
      method: 'get',
      path: '/v1/therapies/{coi}/next',
      id: 'readNext',
      tag: 'therapy',
      summary: 'Who must do what next in a therapy, and who of them is on call now',
      parameters: ofTherapy,
      caching: 'never',
      answers: { 200: { description: 'What waits, what stands still first', schema: nextSchema } },
      handle: async (question) =>
        found(await reader.read(question.caller, 'therapy:ReadNext', parameterOf(question, 'coi'))),
    },
    {
      access: 'actor',
      method: 'get',
      path: '/v1/therapies/{coi}/outlook',
      id: 'readOutlook',
      tag: 'therapy',
      summary: 'What the next gate would say of each thing now, and how each stands by that',
      parameters: ofTherapy,
      caching: 'never',
      answers: { 200: { description: 'The outlook', schema: outlookSchema } },
      handle: async (question) =>
        found(await outlooks.outlook(question.caller, parameterOf(question, 'coi'))),
    },
    {
      access: 'actor',
      method: 'get',
      path: '/v1/therapies/{coi}/items/{item}',
      id: 'readItem',
      tag: 'custody',
      summary: 'An item with its lineage, holder, state and blockers',
      parameters: { ...ofTherapy, item: { schema: itemId } },
      answers: { 200: { description: 'The item', schema: itemWithState } },
      handle: async (question) => {
        const { caller } = question;
        const [chain, id] = [parameterOf(question, 'coi'), parameterOf(question, 'item')];
        const item = (await reader.read(caller, 'custody:ReadItem', chain, id)) as Item;
        const outlook = await outlooks.outlook(caller, chain);
        return found({ ...item, state: stateIn(outlook, `item ${id}`) ?? item.custody });
      },
    },
    {
      access: 'actor',
      method: 'get',
      path: '/v1/therapies/{coi}/doses/{dose}',
      id: 'readDose',
      tag: 'care',
      summary: 'A dose with its authorisation and administrations',
      parameters: { ...ofTherapy, dose: { schema: localId } },
      answers: { 200: { description: 'The dose', schema: TOLD_THINGS.dose } },
      handle: async (question) => {
        const [chain, id] = [parameterOf(question, 'coi'), parameterOf(question, 'dose')];
        return found(await reader.read(question.caller, 'care:ReadDose', chain, id));
      },
    },
    {
      access: 'actor',
      method: 'get',
      path: '/v1/therapies/{coi}/annexes',
      id: 'listAnnexes',
      tag: 'annexes',
      summary:
        'The annexes of a therapy; which of them this gateway does not hold yet, and who should',
      parameters: ofTherapy,
      caching: 'never',
      answers: { 200: { description: 'The annexes', schema: annexListSchema } },
      handle: async (question) =>
        found(await lister.list(question.caller, parameterOf(question, 'coi'))),
    },
    {
      access: 'actor',
      method: 'get',
      path: '/v1/annexes/{digest}',
      id: 'readAnnex',
      tag: 'annexes',
      summary: "An annex from this gateway's vault, for a therapy's parties and its patient",
      parameters: { digest: { schema: digest } },
      caching: 'never',
      answers: {
        200: {
          description: 'The annex; its SHA-256 is the digest',
          schema: z.strictObject({ digest, text: z.string() }),
        },
      },
      handle: async (question) => {
        const asked = parameterOf(question, 'digest');
        return found({ digest: asked, text: await annexes.find(question.caller, asked) });
      },
    },
  ];
}
