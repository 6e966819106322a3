import { holdersOf } from './key-holders.js';
import type { Reader } from '../commands/reader.js';
import type { Change } from '../nouns/change.js';
import type { ChangeState } from './assessment.js';
import type { ConsortiumRoot } from '../nouns/consortium-root.js';
import { requireGovernance } from './governance.js';

/** What a change is judged by: point reads, each of something that the change names. */
export async function readChangeState(
  reader: Reader,
  change: Change,
  { processes }: ConsortiumRoot,
): Promise<ChangeState> {
  const governance = requireGovernance(await reader.get('governance', {}));
  const nothing = { organisation: undefined, registrar: undefined, holders: [], ending: [] };
  if (change.kind === 'agree-process') {
    const { process: id, version } = change;
    const voted = await reader.get('agreed-process', { id, version });
    const founded = processes.find((each) => each.id === id && each.version === version);
    return {
      ...nothing,
      governance,
      agreed: (voted ?? founded)?.hash,
      published: await reader.get('process', { id, version }),
    };
  }
  if ('algorithm' in change) {
    return { ...nothing, governance, agreed: undefined, published: undefined };
  }
  const id = change.organisation;
  const organisation = await reader.get('organisation', { id });
  const state = { ...nothing, governance, organisation, agreed: undefined, published: undefined };
  if (!('registrar' in change)) return state;
  const registrar = await reader.get('actor', { id: change.registrar.actor });
  const ended = 'ends' in change ? (change.ends?.actors ?? []) : [];
  const ending = await Promise.all(ended.map((actor) => reader.get('actor', { id: actor })));
  return { ...state, registrar, holders: await holdersOf(reader, change.registrar.keys), ending };
}
