import { coi, localId, memberNameOf, typeNameOf } from '@veinledger/domain';
import { TOLD_THINGS } from '../openapi/schemas/told.js';
import { found } from '../operation/answer.js';
import { type ActorOperation, parameterOf } from '../operation/operation.js';
import type { NamedThing, TherapyLists } from '../reads/therapy-lists.js';
import { COMMAND_ROUTES } from './command-table.js';

/** Each thing of a therapy's collections by its id, behind the path that its command is posted to. */
export function thingOperations(lists: TherapyLists): readonly ActorOperation[] {
  return COMMAND_ROUTES.flatMap(({ path, type, collects }) =>
    collects === undefined ? [] : [thingOperation(lists, { path, type, noun: collects })],
  );
}

function thingOperation(
  lists: TherapyLists,
  collection: { readonly path: string; readonly type: string; readonly noun: NamedThing['noun'] },
): ActorOperation {
  const { path, type, noun } = collection;
  const [tag = ''] = type.split(':');
  const name = memberNameOf(noun);
  const words = noun.replaceAll('-', ' ');
  return {
    access: 'actor',
    method: 'get',
    path: `${path}/{${name}}`,
    id: `read${typeNameOf(noun)}`,
    tag,
    summary: `What the ledger holds of one ${words}`,
    parameters: { coi: { schema: coi }, [name]: { schema: localId } },
    answers: { 200: { description: `The ${words}`, schema: TOLD_THINGS[noun] } },
    handle: async (question) => {
      const [chain, id] = [parameterOf(question, 'coi'), parameterOf(question, name)];
      return found(await lists.thing(question.caller, chain, noun, id));
    },
  };
}
