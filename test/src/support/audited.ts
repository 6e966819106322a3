import { readFile } from 'node:fs/promises';
import { channelOf } from '#scripts';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import {
  type AuditedMember,
  auditMembers,
  type AuditReport,
  PeerMember,
} from '@veinledger/ledger/fabric-audit';
import { readRawBlock } from '@veinledger/ledger/fabric-gateway';
import type { FabricBench } from './fabric.js';

/** The peers of some members of a bench's channel, as the regulator's auditor asks them. */
export async function auditedMembers(
  { connection, submitter }: FabricBench,
  mspIds: readonly string[],
): Promise<PeerMember[]> {
  const reader = submitter.identity('RegulatorMSP', 'auditor');
  const { name: channel, chaincode } = channelOf(connection);
  const peers = connection.peers.filter(({ mspId }) => mspIds.includes(mspId));
  return Promise.all(
    peers.map(async ({ name, endpoint, serverName, tlsCaCertificate }) => {
      const tlsCaPem = await readFile(tlsCaCertificate, 'utf8');
      const address = { name, endpoint, serverName, tlsCaPem };
      return new PeerMember({ ...address, channel, chaincode: chaincode.name, reader });
    }),
  );
}

/** Audits a bench's channel at members. */
export async function audited(
  { connection, consortium }: FabricBench,
  members: readonly AuditedMember[],
): Promise<AuditReport> {
  const { genesisBlock, chaincode } = channelOf(connection);
  return auditMembers({
    members,
    genesis: readRawBlock(await readFile(genesisBlock)),
    chaincode: chaincode.name,
    root: consortium.root,
    verifier: nativeVerifier,
  });
}
