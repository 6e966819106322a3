import { shippedProcesses } from '@veinledger/cli';
import type { ProcessDefinition } from '@veinledger/domain';

/** The arms of {@link blindedProcess}. */
export const ARMS = ['arm-one', 'arm-two'] as const;

type Group = NonNullable<ProcessDefinition['blinding']>['unblindedGroup'];

/** The process that ships first, blinded for all but these roles. */
export function blindedProcess(unblindedGroup: Group = ['pharmacist']): ProcessDefinition {
  const [shipped] = shippedProcesses();
  if (!shipped) throw new Error('no process ships');
  return { ...shipped, blinding: { arms: [...ARMS], unblindedGroup: [...unblindedGroup] } };
}
