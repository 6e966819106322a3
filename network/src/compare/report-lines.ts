import type { BlockComparison, BlockDifference } from './blocks.js';
import type { MemberCode } from './code.js';
import type { KeyDifference, StateComparison } from './state.js';
import type { VerificationReport } from './verify.js';

/** A report for people. */
export function reportLines(report: VerificationReport): string[] {
  const { channel, blocks, state, code, same } = report;
  return [
    `channel ${channel}`,
    ...blockLines(blocks),
    ...stateLines(state),
    ...codeLines(code),
    same ? 'nothing differs' : 'members differ',
  ];
}

function blockLines(blocks: BlockComparison): string[] {
  const { height, heights, failures, differing, first, damaged } = blocks;
  const peers = Object.entries(heights).map(([name, each]) => `${name} ${each}`);
  return [
    `blocks: ${height} of each compared (${peers.join(', ')}); ${differing} differ`,
    ...Object.entries(failures).map(([name, why]) => `  ${name} could not be asked: ${why}`),
    ...damaged.map(
      ({ peer, block }) =>
        `  ${peer}: the transactions of block ${block} are not those of its header`,
    ),
    ...(first === undefined ? [] : differenceLines(first)),
  ];
}

function differenceLines({ block, transaction, facts, odd }: BlockDifference): string[] {
  const where =
    transaction === undefined
      ? `block ${block}`
      : `block ${block}, transaction ${transaction.index} (${transaction.id ?? 'unreadable'})`;
  return [
    `  first difference: ${where}; ${blame(odd)}`,
    ...facts.flatMap(({ fact, peers }) =>
      Object.entries(peers).map(([name, value]) => `    ${fact} of ${name}: ${value || 'none'}`),
    ),
  ];
}

function stateLines(state: StateComparison | undefined): string[] {
  if (state === undefined) return ['state: not compared, fewer than two states are at hand'];
  const { block, compared, differing, odd, keys } = state;
  return [
    `state: ${compared.join(', ')} compared as of block ${block}; ${differing} keys differ`,
    ...(differing === 0 ? [] : [`  ${blame(odd)}`]),
    ...keys.flatMap(keyLines),
    ...(differing > keys.length ? [`  and ${differing - keys.length} more`] : []),
  ];
}

function keyLines({ namespace, key, states }: KeyDifference): string[] {
  return [
    `  ${namespace} ${printable(key)}`,
    ...states.map(({ peer, version, valueDigest }) =>
      version === undefined
        ? `    ${peer}: nothing`
        : `    ${peer}: written by block ${version.block}, transaction ${version.transaction}, SHA-256 of the value ${valueDigest ?? ''}`,
    ),
  ];
}

/** Composite keys are joined by U+0000. */
function printable(key: string): string {
  return key.split('\u0000').filter(Boolean).join('/');
}

function codeLines({ committed, members, odd }: VerificationReport['code']): string[] {
  const head =
    committed === undefined
      ? 'code: no definition was asked for'
      : `code: version ${committed.version}, sequence ${committed.sequence}, approved by ${approvers(committed.approvals)}`;
  return [
    head,
    ...members.flatMap(memberLines),
    ...(odd?.length === 0 || members.length === 0 ? [] : [`  ${blame(odd)}`]),
  ];
}

/** Members without a peer never approve, and are not told from those that have not yet. */
function approvers(approvals: Readonly<Record<string, boolean>>): string {
  const names = Object.keys(approvals).sort();
  return names.filter((name) => approvals[name] === true).join(', ') || 'nobody';
}

function memberLines({ mspId, peer, installed, approved, code }: MemberCode): string[] {
  if (approved === undefined) {
    return [
      `  ${mspId} (${peer}) approved nothing; installed: ${installed.join(', ') || 'nothing'}`,
    ];
  }
  const { packageId = 'no package of its own', sequence } = approved;
  return [
    `  ${mspId} (${peer}) approved ${packageId} for sequence ${sequence}`,
    code === undefined
      ? '    which is not installed'
      : `    bundle ${code.bundle}, Node ${code.node}, root ${code.root}`,
  ];
}

function blame(odd: readonly string[] | undefined): string {
  if (odd === undefined) return 'no more than half agree: it cannot be told who differs from whom';
  return `${odd.join(', ')} differs from the others`;
}
