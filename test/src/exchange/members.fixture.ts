import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Cast,
  enrolCast,
  enrolPatient,
  type FoundingMember,
  foundAuthorities,
  foundConsortium,
  type MemberGateways,
  MembersSubmitter,
  openForBusiness,
  registerShared,
  startMemberGateways,
  TherapyJourney,
} from '#scripts';
import { type Gateway, type GatewaySettings, startGateway } from '@veinledger/gateway';
import { writeWallet } from '@veinledger/network/identities';
import { loadProfile } from '@veinledger/network/profile';
import { pino } from 'pino';
import type { Bench } from '../support/bench.js';
import { blindedProcess } from '../support/blinded.js';
import { embeddedBench } from '../support/embedded.js';

/** One line of the gateways' log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** A gateway for each member on one embedded ledger that is open for business. */
export interface MembersBench {
  readonly bench: Bench;
  readonly members: MemberGateways<Gateway>;
  readonly cast: Cast;
  readonly folder: string;
  /** what a member's gateway has logged */
  logOf(mspId: string): readonly LogLine[];
  /** A submitter at which everybody goes to their own member's gateway, wherever it listens now. */
  submitter(): MembersSubmitter;
  /** A new patient's therapy with these parties. */
  newTherapy(): Promise<TherapyJourney>;
  close(): Promise<void>;
}

export async function membersBench(settings: Partial<GatewaySettings> = {}): Promise<MembersBench> {
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-members-'));
  const { members: founders } = await loadProfile();
  const authorities = await foundAuthorities(founders);
  const directory = join(folder, 'ledger');
  const definition = blindedProcess(['quality']);
  const bench = await embeddedBench({
    authorities,
    consortium: foundConsortium(founders, [definition]),
    directory,
  });
  const { root } = bench.consortium;
  const logs = new Map<string, LogLine[]>();
  const walletOf = async ({ id, mspId }: FoundingMember) => {
    const wallet = join(folder, 'gateways', id, 'wallet');
    const own = authorities.wallet.filter(({ identity }) => identity.mspId === mspId);
    await writeWallet(wallet, own);
    return wallet;
  };
  const members = await startMemberGateways({
    directory: join(folder, 'gateways'),
    members: founders,
    walletOf,
    start: ({ mspId }, own) => {
      const lines = logs.get(mspId) ?? [];
      logs.set(mspId, lines);
      const write = (line: string) => void lines.push(JSON.parse(line) as LogLine);
      const logger = pino({ level: 'info' }, { write });
      return startGateway(own, { ledger: bench.ledger, root, logger });
    },
    settings: { management: { port: 0 }, ...settings },
  });
  const submitter = () =>
    new MembersSubmitter({
      network: root.network,
      urls: new Map([...members.byMember].map(([mspId, { url }]) => [mspId, url])),
    });
  const opened = submitter();
  await openForBusiness(opened, bench.consortium, [definition]);
  const cast = await enrolCast(opened, bench.consortium);
  await registerShared(opened, cast);
  let serial = 0;
  return {
    bench,
    members,
    cast,
    folder,
    logOf: (mspId) => logs.get(mspId) ?? [],
    submitter,
    newTherapy: async () => {
      serial += 1;
      const patient = await enrolPatient(submitter(), bench.consortium, `patient-${serial}`);
      return new TherapyJourney({ submitter: submitter(), cast, patient, serial, definition });
    },
    close: async () => {
      await members.close();
      await bench.close();
      await rm(folder, { recursive: true });
    },
  };
}
