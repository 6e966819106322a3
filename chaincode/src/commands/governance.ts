import type { ChangeState } from '@veinledger/domain/registry/assessment';
import type { Change } from '@veinledger/domain/nouns/change';
import { requireGovernance } from '@veinledger/domain/registry/governance';
import { decidePropose, propose } from '@veinledger/domain/registry/propose';
import type { ConsortiumRoot } from '@veinledger/domain/nouns/consortium-root';
import { decideVote, vote } from '@veinledger/domain/registry/vote';
import type { StateReader } from '../state/reader.js';
import { suspectVotes } from '../state/suspects.js';
import { planPermission } from './plan.js';

/** What a change is judged by: point reads, each of something that the change names. */
async function changeState(
  reader: StateReader,
  change: Change,
  { processes }: ConsortiumRoot,
): Promise<ChangeState> {
  const governance = requireGovernance(await reader.get('governance', {}));
  const nothing = { organisation: undefined, registrar: undefined, ending: [] };
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
  return { ...state, registrar, ending };
}

export const governancePlans = [
  planPermission(
    propose,
    async (reader, { body }, { root }) => ({
      ...(await changeState(reader, body.change, root)),
      existing: await reader.get('proposal', { id: body.proposal }),
    }),
    decidePropose,
  ),
  planPermission(
    vote,
    async (reader, { body }, { root }) => {
      const proposal = await reader.get('proposal', { id: body.proposal });
      return {
        proposal,
        change: proposal && (await changeState(reader, proposal.change, root)),
        suspects: proposal ? await suspectVotes(reader, proposal) : [],
      };
    },
    decideVote,
  ),
];
