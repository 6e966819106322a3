import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { enrol, withAuthority, writeKeyPair, type MemberCertificate } from '../authority/index.js';
import { changeConfig, withConsenter, type Administrator } from '../channel/index.js';
import type { KeyedCertificate } from '../identities/index.js';
import type { ChannelPlan, OrdererPlan } from '../plan/index.js';
import { ProcessRecords } from '../processes/index.js';
import {
  accessTo,
  administratorOf,
  targetOf,
  type MemberCredentials,
  type OpenCredentials,
} from './credentials.js';
import { withLock } from './lock.js';
import { restartNode } from './restart.js';

/**
 * Renews what an ordering node agrees on blocks with: first in the channels' configuration, then at the node,
 * which is restarted. New keys lie in a folder of their own until all channels know them, so that an
 * interruption loses none. More than half of the members with an ordering node must sign.
 * @returns why it was left, when too few of those members live in this home
 */
export async function renewConsenter(
  home: string,
  { plan, fabric }: OpenCredentials,
  member: MemberCredentials,
  log: (line: string) => void,
): Promise<string | undefined> {
  const { orderer, files } = member.plan;
  if (orderer === undefined) return undefined;
  const channels = plan.channels.filter((channel) => channel.orderers.includes(orderer));
  for (const channel of channels) {
    const needed = Math.floor(channel.orderers.length / 2) + 1;
    const here = administrators(channel, orderer).length;
    if (here < needed) {
      return `${channel.name} needs ${needed} members with an ordering node to sign, ${here} live here`;
    }
  }
  const dir = join(files.dir, 'identities', 'coming');
  await withLock(home, async () => {
    const coming = await stage(member, dir);
    for (const channel of channels) {
      const [first, ...others] = administrators(channel, orderer);
      if (first === undefined) continue;
      await changeConfig(
        await accessTo(fabric, channel, member.plan),
        [first, ...others],
        channel.peers.map(targetOf),
        (config) =>
          withConsenter(config, {
            id: orderer.consenterId,
            host: orderer.host,
            port: orderer.ports.cluster,
            mspId: orderer.member.mspId,
            identity: coming.orderer.certificate,
            clientTlsCertificate: coming.cluster.certificate,
            serverTlsCertificate: coming.cluster.certificate,
          }),
      );
      log(`${channel.name}: knows the new certificates of ${orderer.name}`);
    }
    for (const [kind, each] of Object.entries(consenterCertificates(member))) {
      await each.write(coming[kind as keyof typeof coming]);
    }
    await rm(dir, { recursive: true });
  });
  if (new ProcessRecords(files.records).living(orderer.name) === undefined) return undefined;
  log(`${orderer.name}: restarts with its new certificates`);
  await restartNode(home, orderer.name);
  return undefined;
}

/** The owner of the node first, who sends the change. */
function administrators(channel: ChannelPlan, orderer: OrdererPlan): Administrator[] {
  return [orderer, ...channel.orderers.filter((each) => each !== orderer)]
    .filter(({ files }) => existsSync(files.identity('admin').signCertificate))
    .map(({ member, files }) => administratorOf({ member, files }));
}

interface Coming {
  readonly orderer: KeyedCertificate;
  readonly cluster: KeyedCertificate;
}

function consenterCertificates({ certificates }: MemberCredentials) {
  const [orderer, cluster] = certificates.filter(({ use }) => use === 'consenter');
  if (orderer === undefined || cluster === undefined) {
    throw new Error('expected the two certificates of an ordering node');
  }
  return { orderer, cluster } satisfies Record<keyof Coming, MemberCertificate>;
}

/** The new keys and certificates: those of an earlier, interrupted renewal, else made now. */
async function stage(member: MemberCredentials, dir: string): Promise<Coming> {
  const { authority, certificates, plan } = member;
  const wanted = consenterCertificates(member);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const identities = certificates.map(({ enrolment }) => enrolment);
  const take = async (kind: keyof Coming): Promise<KeyedCertificate> => {
    const files = { certificate: join(dir, `${kind}-cert.pem`), key: join(dir, `${kind}-key.pem`) };
    if (!existsSync(files.certificate)) {
      await writeKeyPair(await enrol(authority, wanted[kind].enrolment), files);
    }
    return {
      certificate: await readFile(files.certificate, 'utf8'),
      privateKey: await readFile(files.key, 'utf8'),
    };
  };
  return withAuthority(authority, plan.files.records, identities, async () => ({
    orderer: await take('orderer'),
    cluster: await take('cluster'),
  }));
}
