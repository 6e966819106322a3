import { COMMANDS, type ProcessDefinition, type Role, type Step } from '@veinledger/domain';
import type { Fault } from './fault.js';

/** Which command opens which gate. */
const OPENS: Readonly<Record<NonNullable<Step['gate']>, readonly string[]>> = {
  H1: ['therapy:OrderTherapy'],
  H2: ['manufacturing:ApproveDesign'],
  H3: ['manufacturing:ReviewBatch'],
  H4: ['manufacturing:CertifyBatch'],
  H5: ['custody:ReceiveItem'],
  H6: ['care:VerifyBedside', 'care:RecordAdministration'],
};

/**
 * Steps that nobody does, gates that nobody opens, and roles that nobody has.
 * @param grantable every role that some member may grant
 */
export function faultsOfPeople(
  { steps }: ProcessDefinition,
  grantable: readonly Role[],
): readonly Fault[] {
  return steps.flatMap((step) => [...faultsOfAttesting(step), ...faultsOfRoles(step, grantable)]);
}

function faultsOfAttesting({ id, attestedBy, roles, gate }: Step): readonly Fault[] {
  const rule = 'gate';
  const type = COMMANDS.find((each) => each.type === attestedBy);
  const name = gate === undefined ? 'the step' : `gate ${gate}`;
  if (!type) return [{ step: id, rule, says: `${name}: there is no command ${attestedBy}` }];
  const faults: Fault[] = [];
  if (!roles.some((role) => type.roles.includes(role))) {
    const says = `${name}: none of ${roles.join(', ')} may sign ${attestedBy}; ${type.roles.join(', ')} may`;
    faults.push({ step: id, rule, says });
  }
  if (gate !== undefined && !OPENS[gate].includes(attestedBy)) {
    const says = `gate ${gate}: ${attestedBy} does not open it; ${OPENS[gate].join(' or ')} does`;
    faults.push({ step: id, rule, says });
  }
  return faults;
}

function faultsOfRoles(
  { id, roles, recipients = [], dataClasses }: Step,
  grantable: readonly Role[],
): readonly Fault[] {
  const faults: Fault[] = [];
  if (!roles.some((role) => grantable.includes(role))) {
    const says = `no member may grant ${roles.join(' or ')}`;
    faults.push({ step: id, rule: 'role', says });
  }
  const strangers = recipients.filter((role) => !grantable.includes(role));
  if (strangers.length > 0) {
    const says = `discloses to ${strangers.join(', ')}, which no member may grant`;
    faults.push({ step: id, rule: 'role', says });
  }
  if (recipients.length > 0 && dataClasses === undefined) {
    const says = `discloses to ${recipients.join(', ')}, and does not say which data`;
    faults.push({ step: id, rule: 'role', says });
  }
  return faults;
}
