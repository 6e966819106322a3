import { actor, COI, command, context, signed } from '../example.fixture.js';
import type { DisposalBasis, DisposalDecision } from '../values/words.js';
import {
  decideDecideDisposal,
  decideDisposal,
  type DecideDisposalState,
} from './decide-disposal.js';

export const quality = actor('lab.quality', 'LabMSP', 'quality');
export const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');

/** As a halted therapy has them. */
export const HALTS = [{ ...signed('hospital.clinician'), commitment: 'c' }];

/** What becomes of a thing that the hospital has, as the laboratory's quality says. */
export function decideOn(
  decision: DisposalDecision,
  basis: DisposalBasis,
  state: Omit<DecideDisposalState, 'keeper' | 'consents' | 'held'> & Partial<DecideDisposalState>,
) {
  const body = decideDisposal.body.parse({ coi: COI, item: state.named.id, decision, basis });
  return decideDecideDisposal(
    { held: [], consents: [], keeper: { recipient: 'HospitalMSP', country: undefined }, ...state },
    command(quality.id, body),
    context(quality),
  );
}
