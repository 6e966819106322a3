import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { PLANS } from '@veinledger/chaincode/commands';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { canonicalise, type ConsortiumRoot } from '@veinledger/domain';
import { type ReplayedReceipt, replayReceipts, VALIDATION } from '@veinledger/chaincode/replay';
import { commandRecord } from '@veinledger/client/wire';
import type { Ledger } from '@veinledger/ledger';
import {
  type ExportFinding,
  type ReadCommand,
  type ReadExport,
  readExport,
} from './read-export.js';
import { type Manifest, MANIFEST } from './manifest.js';
import { jwksOf } from './write-export.js';
import { parseWritten, readRegular } from './written-file.js';

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
  /** what no finding contradicts and nothing proves */
  readonly notProven: readonly string[];
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
  for (const [at, { named }] of read.commands.entries()) {
    const { differences = [], endorsedOnly: onWord = false } = replayed[at] ?? {};
    for (const { kind, expected, found } of differences) {
      const file = kind === 'receipt' ? named.receipt : named.jws;
      findings.push({ file, what: `not proven: expected ${expected}, found ${found}` });
    }
    if (onWord && read.manifest.commands.includes(named)) endorsedOnly.push(named.id);
  }
  findings.push(...(await differingKeys(directory, read.commands, replayed)));
  return reportOf(read, root, 'root', endorsedOnly, findings);
}

/**
 * Checks an export against a ledger whose blocks were verified and replayed from the root: each command and its receipt
 * must stand in the block that the export names, as a valid transaction, and every command of the therapy that stands in
 * a block must stand in the export.
 * @throws Error when the folder holds no manifest; LedgerError when the ledger cannot answer
 */
export async function checkByLedger(
  directory: string,
  root: ConsortiumRoot,
  ledger: Pick<Ledger, 'transaction' | 'blocks'>,
): Promise<ExportReport> {
  const read = await readExport(directory);
  const shown = read.commands.map((command) => command.shown);
  const replayed = await replayReceipts(shown, { root, verifier: nativeVerifier });
  const findings: ExportFinding[] = [...(await differingKeys(directory, read.commands, replayed))];
  for (const command of read.commands) {
    const what = await differenceInBlock(command, ledger);
    if (what !== undefined) findings.push({ file: command.named.jws, what });
  }
  findings.push(...(await leftOut(read.manifest, ledger)));
  return reportOf(read, root, 'blocks', [], findings);
}

/** The therapy's commands in blocks that the export does not list as the therapy's. */
async function leftOut(
  { coi, commands }: Manifest,
  ledger: Pick<Ledger, 'blocks'>,
): Promise<readonly ExportFinding[]> {
  const known = new Set(commands.map(({ id }) => id));
  const findings: ExportFinding[] = [];
  for await (const { transactions } of ledger.blocks()) {
    for (const { block, index, function: type, response, validationCode } of transactions) {
      if (validationCode !== VALIDATION.VALID || !PLANS.has(type)) continue;
      const { commandId, scope } = commandRecord.parse(JSON.parse(response));
      if (scope.kind !== 'therapy' || scope.id !== coi || known.has(commandId)) continue;
      known.add(commandId);
      findings.push({
        file: MANIFEST,
        what: `leaves out ${type} ${commandId} at ${block}.${index}`,
      });
    }
  }
  return findings;
}

/** The files of keys that are not those which the commands before gave their signer. */
async function differingKeys(
  directory: string,
  commands: readonly ReadCommand[],
  replayed: readonly ReplayedReceipt[],
): Promise<readonly ExportFinding[]> {
  const findings: ExportFinding[] = [];
  for (const [at, { named }] of commands.entries()) {
    if (named.keys === undefined) continue;
    const keys = replayed[at]?.keys;
    if (keys && isDeepStrictEqual(await keySet(directory, named.keys), jwksOf(keys))) continue;
    const what = keys
      ? `not the keys that ${named.actor} had then`
      : 'keys that nobody enrolled here';
    findings.push({ file: named.keys, what });
  }
  return findings;
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
    return parseWritten(await readRegular(join(directory, path)));
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
    notProven: provenBy === 'blocks' ? [] : onWord(endorsedOnly),
    findings: [...foreign, ...own, ...more],
  };
}

function onWord(endorsedOnly: readonly string[]): readonly string[] {
  const verdicts =
    endorsedOnly.length === 0 ? [] : [`verdicts on results of ${endorsedOnly.length}`];
  return ['times, places and that nothing was left out', ...verdicts];
}
