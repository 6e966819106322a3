import { type ProcessDefinition, reserveSamplesOf } from '@veinledger/domain';
import type { Fault } from './fault.js';

/** What is kept of each batch, in a jurisdiction where nothing says that it may be. */
export function faultsOfDisposal(definition: ProcessDefinition): readonly Fault[] {
  if (reserveSamplesOf(definition) === 0) return [];
  return (definition.disposalBases ?? []).flatMap(({ jurisdictions, bases }) => {
    const keeps = bases.some(
      ({ basis, allows }) => basis === 'reserve-sample' && allows.includes('retain'),
    );
    if (keeps) return [];
    const says = `reserve samples are kept of each batch, and no basis reserve-sample retains them in ${jurisdictions.join(', ')}`;
    return [{ rule: 'disposal' as const, says }];
  });
}
