import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { canonicalise, type ConsortiumRoot } from '@veinledger/chaincode/domain';
import { replayReceipts, VALIDATION } from '@veinledger/chaincode/replay';
import type { Ledger } from '@veinledger/gateway/ledger';
import {
  type ExportFinding,
  type ReadCommand,
  type ReadExport,
  readExport,
} from './read-export.js';
import { jwksOf } from './write-export.js';

/** What became of the check of an export. */
export interface ExportReport {
  readonly coi: string;
  /** the therapy's */
  readonly commands: number;
  /** commands that those rest on */
  readonly evidence: number;
  readonly files: number;
  readonly manifestSha256: string;
  /** by what its commands were proven: the blocks of a ledger, or replayed from the root alone */
  readonly provenBy: 'blocks' | 'root';
  /** commands of the therapy whose verdicts on results are taken on the endorsers' word, by id */
  readonly endorsedOnly: readonly string[];
  /** what differs or is not proven; empty when the export holds nothing that is not */
  readonly findings: readonly ExportFinding[];
}

/**
 * Checks an export from the consortium root: who signed must have been enrolled, up to a founder's registrar, with those
 * keys at that place, and every receipt must come out when it is decided anew. Nothing is taken from the export's own word
 * but where its commands stand, and that nothing was left out.
 * @throws Error when the folder holds no manifest
 */
export async function checkByRoot(directory: string, root: ConsortiumRoot): Promise<ExportReport> {
  const read = await readExport(directory);
  const shown = read.commands.map((command) => command.shown);
  const replayed = await replayReceipts(shown, { root, verifier: nativeVerifier });
  const findings: ExportFinding[] = [];
  const endorsedOnly: string[] = [];
  for (const [at, command] of read.commands.entries()) {
    const { differences = [], keys, endorsedOnly: onWord = false } = replayed[at] ?? {};
    const { named } = command;
    for (const { kind, expected, found } of differences) {
      const file = kind === 'receipt' ? named.receipt : named.jws;
      findings.push({ file, what: `not proven: expected ${expected}, found ${found}` });
    }
    const stated = named.keys === undefined ? undefined : await keySet(directory, named.keys);
    if (keys && stated !== undefined && !isDeepStrictEqual(stated, jwksOf(keys))) {
      findings.push({ file: named.keys ?? '', what: `not the keys that ${named.actor} had then` });
    }
    if (onWord && read.manifest.commands.includes(named)) endorsedOnly.push(named.id);
  }
  return reportOf(read, root, 'root', endorsedOnly, findings);
}

/**
 * Checks an export against a ledger whose blocks were verified and replayed from the root: each command and its receipt
 * must stand in the block that the export names, as a valid transaction.
 * @throws Error when the folder holds no manifest; LedgerError when the ledger cannot answer
 */
export async function checkByLedger(
  directory: string,
  root: ConsortiumRoot,
  ledger: Pick<Ledger, 'transaction'>,
): Promise<ExportReport> {
  const read = await readExport(directory);
  const findings: ExportFinding[] = [];
  for (const command of read.commands) {
    const what = await differenceInBlock(command, ledger);
    if (what !== undefined) findings.push({ file: command.named.jws, what });
  }
  return reportOf(read, root, 'blocks', [], findings);
}

async function differenceInBlock(
  { named, shown }: ReadCommand,
  ledger: Pick<Ledger, 'transaction'>,
): Promise<string | undefined> {
  const { transactionId } = shown.receipt;
  const found = await ledger.transaction(transactionId);
  if (found?.validationCode !== VALIDATION.VALID) {
    return `no block holds a valid transaction ${transactionId}`;
  }
  const place = `${found.block}.${found.index}`;
  if (place !== `${named.block}.${named.index}`) {
    return `place: expected ${place}, found ${named.block}.${named.index}`;
  }
  if (found.args[0] !== shown.jws) return 'the block holds another signed command';
  if (found.response === canonicalise(shown.receipt)) return undefined;
  return `receipt: expected ${found.response}, found ${canonicalise(shown.receipt)}`;
}

async function keySet(directory: string, path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(directory, path), 'utf8'));
  } catch {
    return 'nothing that can be read';
  }
}

function reportOf(
  { manifest, manifestSha256, findings: own }: ReadExport,
  root: ConsortiumRoot,
  provenBy: ExportReport['provenBy'],
  endorsedOnly: readonly string[],
  more: readonly ExportFinding[],
): ExportReport {
  const { coi, commands, evidence, files, network } = manifest;
  const foreign =
    network === root.network
      ? []
      : [{ file: 'manifest.json', what: `network: expected ${root.network}, found ${network}` }];
  return {
    coi,
    commands: commands.length,
    evidence: evidence.length,
    files: files.length,
    manifestSha256,
    provenBy,
    endorsedOnly,
    findings: [...foreign, ...own, ...more],
  };
}
