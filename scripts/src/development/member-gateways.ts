import { join } from 'node:path';
import type { GatewaySettings } from '@veinledger/gateway';
import { pickFreeRange } from '@veinledger/network/ports';
import type { FoundingMember } from '@veinledger/cli';
import { type ExchangeFiles, foundExchangeTls } from './exchange-tls.js';

/** A gateway that serves, in this process or in one of its own. */
export interface RunningGateway {
  readonly url: string;
  close(): Promise<unknown>;
}

export interface MemberGatewaysOptions<Running extends RunningGateway> {
  /** below which each gateway has a folder of its own */
  readonly directory: string;
  readonly members: readonly FoundingMember[];
  /** the folder of a member's own X.509 identities */
  readonly walletOf: (member: FoundingMember) => Promise<string>;
  /** Starts a member's gateway with these settings, on its own connection to the ledger. */
  readonly start: (member: FoundingMember, settings: GatewaySettings) => Promise<Running>;
  /** settings that all of them share */
  readonly settings?: Partial<GatewaySettings>;
}

/** One gateway for each member, by MSP id; annexes travel between them. */
export interface MemberGateways<Running extends RunningGateway> {
  readonly byMember: ReadonlyMap<string, Running>;
  /** the folder of a member's annexes */
  vaultOf(mspId: string): string;
  /** Stops a member's gateway and starts it again on the same files and ports. */
  restart(mspId: string): Promise<Running>;
  /** Stops a member's gateway. */
  stop(mspId: string): Promise<void>;
  close(): Promise<void>;
}

interface Place {
  readonly member: FoundingMember;
  readonly folder: string;
  readonly files: ExchangeFiles;
  readonly port: number;
}

/** Starts a gateway for each member: its own folder, identities, vault and TLS certificate, all members' addresses. */
export async function startMemberGateways<Running extends RunningGateway>(
  options: MemberGatewaysOptions<Running>,
): Promise<MemberGateways<Running>> {
  const { directory, members, walletOf, start, settings } = options;
  const firstPort = await pickFreeRange(['127.0.0.1'], members.length);
  const places = await Promise.all(
    members.map(async (member, index): Promise<Place> => {
      const folder = join(directory, member.id);
      return {
        member,
        folder,
        files: await foundExchangeTls(member, folder),
        port: firstPort + index,
      };
    }),
  );
  const startAt = async (place: Place): Promise<Running> =>
    start(place.member, {
      ...settingsAt(place, places),
      wallet: await walletOf(place.member),
      ...settings,
    });
  const byMember = new Map<string, Running>();
  const placeOf = (mspId: string): Place => {
    const found = places.find(({ member }) => member.mspId === mspId);
    if (found) return found;
    throw new Error(`no gateway of ${mspId}`);
  };
  const stop = async (mspId: string) => {
    await byMember.get(mspId)?.close();
    byMember.delete(mspId);
  };
  const close = async () => {
    await Promise.all([...byMember.values()].map((gateway) => gateway.close()));
    byMember.clear();
  };
  const restart = async (mspId: string) => {
    await stop(mspId);
    const gateway = await startAt(placeOf(mspId));
    byMember.set(mspId, gateway);
    return gateway;
  };
  try {
    for (const place of places) byMember.set(place.member.mspId, await startAt(place));
  } catch (error) {
    await close();
    throw error;
  }
  return { byMember, vaultOf: (mspId) => vaultIn(placeOf(mspId).folder), restart, stop, close };
}

function settingsAt(
  { member, folder, files, port }: Place,
  places: readonly Place[],
): Omit<GatewaySettings, 'wallet'> {
  const { certificate, privateKey } = files;
  return {
    environment: 'development',
    port: 0,
    vault: vaultIn(folder),
    keystore: join(folder, 'keystore'),
    operator: member.mspId,
    logLevel: 'silent',
    exchange: {
      port,
      tls: { certificate, privateKey },
      gatherMinutes: 0,
      members: places.map((each) => ({
        mspId: each.member.mspId,
        url: `https://127.0.0.1:${each.port}`,
        tlsCa: each.files.tlsCa,
      })),
    },
  };
}

function vaultIn(folder: string): string {
  return join(folder, 'vault');
}
