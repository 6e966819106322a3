import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Fabric } from '../binaries/index.js';
import { createChaincodeLink } from '../code/index.js';
import {
  CHANNEL_PROFILE,
  clusterCertificate,
  configtx,
  memberOrganisations,
  orderingNodes,
} from '../config/index.js';
import {
  issueMemberIdentities,
  issueTlsCertificate,
  writeWallet,
  type KeyedCertificate,
} from '../identities/index.js';
import type { Plan } from '../plan/index.js';
import { runCommand } from '../processes/index.js';
import { writeJson } from './json.js';

/**
 * Makes everything that a network is made of once: identities of its nodes and clients, the channel's
 * first block, its copy of the consortium root. What an interrupted run left is thrown away.
 */
export async function makeMaterials(plan: Plan, fabric: Fabric, rootFile: string): Promise<void> {
  const { files } = plan;
  const stale = [files.crypto, files.wallet, files.config(''), files.data(''), files.genesisBlock];
  await Promise.all(stale.map((path) => rm(path, { recursive: true, force: true })));
  await mkdir(files.home, { recursive: true });
  await copyFile(rootFile, files.root);
  await makeNodeIdentities(plan, fabric);
  await Promise.all([
    ...plan.peers.map((peer) => createChaincodeLink(plan, peer)),
    makeWallet(plan),
    makeClusterCertificates(plan).then(() => makeGenesisBlock(plan, fabric)),
  ]);
}

/**
 * cryptogen makes organisations either with peers or with ordering nodes. An organisation that has both
 * gets its authorities in the first run, and its ordering node from the same authorities in the second.
 */
async function makeNodeIdentities(plan: Plan, fabric: Fabric): Promise<void> {
  const { files } = plan;
  const cryptogen = join(fabric.binDir, 'cryptogen');
  const members = join(files.config('cryptogen'), 'members.json');
  const orderers = join(files.config('cryptogen'), 'orderers.json');
  await writeJson(members, memberOrganisations(plan));
  await writeJson(orderers, orderingNodes(plan));
  await runCommand(cryptogen, ['generate', '--config', members, '--output', files.crypto], {
    env: {},
  });
  for (const { member } of plan.orderers) {
    for (const authority of ['ca', 'tlsca']) {
      const to = join(files.ordererOrganisation(member), authority);
      await cp(join(files.organisation(member), authority), to, { recursive: true });
    }
  }
  await runCommand(cryptogen, ['extend', '--config', orderers, '--input', files.crypto], {
    env: {},
  });
}

async function makeClusterCertificates(plan: Plan): Promise<void> {
  for (const orderer of plan.orderers) {
    const issued = await issueTlsCertificate({
      authority: await readAuthority(plan.files.tlsAuthority(orderer.member)),
      commonName: `cluster.${orderer.hostname}`,
      ipAddresses: [plan.profile.host],
    });
    const pair = clusterCertificate(plan, orderer);
    await mkdir(dirname(pair.certificate), { recursive: true });
    await writeFile(pair.certificate, issued.certificate);
    await writeFile(pair.key, issued.privateKey, { mode: 0o600 });
  }
}

async function makeGenesisBlock(plan: Plan, fabric: Fabric): Promise<void> {
  const { files, profile } = plan;
  const folder = files.config('channel');
  await writeJson(join(folder, 'configtx.yaml'), configtx(plan));
  const args = ['-profile', CHANNEL_PROFILE, '-channelID', profile.channel];
  await runCommand(
    join(fabric.binDir, 'configtxgen'),
    [...args, '-configPath', folder, '-outputBlock', files.genesisBlock],
    { env: {} },
  );
}

/** Client identities, issued with each organisation's own key. */
async function makeWallet(plan: Plan): Promise<void> {
  for (const member of plan.profile.members) {
    const authority = await readAuthority(plan.files.authority(member));
    const { mspId, roles } = member;
    await writeWallet(plan.files.wallet, await issueMemberIdentities({ mspId, authority, roles }));
  }
}

async function readAuthority(paths: {
  readonly certificate: string;
  readonly key: string;
}): Promise<KeyedCertificate> {
  return {
    certificate: await readFile(paths.certificate, 'utf8'),
    privateKey: await readFile(paths.key, 'utf8'),
  };
}
