import type {
  DevicePossession,
  EnrolmentInvitation,
  Opener,
  PatientDevice,
} from '@veinledger/client/device';
import { isRefusal } from '../ledger/refused.js';
import type { pendingCode } from './pending-code.js';

/** A code that opens, and what for. */
export interface Invited {
  readonly code: string;
  readonly invitation: Pick<EnrolmentInvitation, 'network' | 'patient'>;
}

/**
 * Makes keys and hands them in. Where it is not known whether they were taken they stay, and their code beside them: the
 * hospital may enrol them.
 * @throws DeviceError; GatewayProblem where the code is refused, which leaves no keys
 */
export async function enrolDevice(
  parts: {
    readonly device: Pick<PatientDevice, 'make' | 'wipe'>;
    readonly pending: Pick<typeof pendingCode, 'keep' | 'kept' | 'forget'>;
    readonly handIn: (code: string, possession: DevicePossession) => Promise<void>;
  },
  { code, invitation }: Invited,
  opener: Opener,
): Promise<void> {
  const { device, pending, handIn } = parts;
  const { network, patient } = invitation;
  const before = pending.kept();
  pending.keep(code);
  let possession: DevicePossession;
  try {
    possession = await device.make({ network, actor: patient }, [opener]);
  } catch (error) {
    if (before === undefined) pending.forget();
    else pending.keep(before);
    throw error;
  }
  try {
    await handIn(code, possession);
    pending.forget();
  } catch (error) {
    if (!isRefusal(error)) return;
    pending.forget();
    await device.wipe();
    throw error;
  }
}
