import { resolve } from 'node:path';
import {
  ending,
  issue,
  validUntil,
  withAuthority,
  type CertificateUse,
  type MemberCertificate,
} from '../authority/index.js';
import { ProcessRecords } from '../processes/index.js';
import { openCredentials, type CredentialsOptions, type MemberCredentials } from './credentials.js';
import { withLock } from './lock.js';
import { renewConsenter } from './renew-consenter.js';
import { restartNode } from './restart.js';

export interface RenewOptions extends CredentialsOptions {
  /** the id of a member; every member of the home when left out */
  readonly member?: string;
  /** certificates that end within so many days are renewed */
  readonly withinDays: number;
}

/** A certificate that was to be renewed. */
export interface Renewal {
  /** the member's id */
  readonly member: string;
  readonly name: string;
  /** when what lies there now ends */
  readonly until: Date | undefined;
  /** why it was left as it was */
  readonly left?: string;
}

/**
 * Renews certificates before they end, each with a new key; what is replaced stays valid until its end.
 * Clients' are in use at once. A peer or an ordering node that runs is restarted, one at a time, each after
 * the one before is in step. With which an ordering node takes part in agreeing on blocks stands in the
 * channels' configuration, and is renewed last.
 * @throws NetworkError IDENTITY_UNKNOWN, FABRIC_NOT_FOUND, NODE_FAILED, COMMAND_FAILED, HOME_LOCKED
 */
export async function renewCertificates(options: RenewOptions): Promise<Renewal[]> {
  const { log = () => undefined, withinDays } = options;
  const home = resolve(options.home);
  const opened = await openCredentials(options, options.member);
  const renewals: Renewal[] = [];
  for (const member of opened.members) {
    const due = await ending(member.certificates, withinDays);
    const simple = due.filter(({ use }) => use !== 'consenter');
    const agreeing = due.filter(({ use }) => use === 'consenter');
    await withLock(home, () => reissue(member, simple));
    for (const each of simple) log(`${member.plan.member.id}: ${each.name} is renewed`);
    for (const node of nodesToRestart(member, simple)) {
      log(`${node}: restarts with its new certificate`);
      await restartNode(home, node);
    }
    const left =
      agreeing.length === 0 ? undefined : await renewConsenter(home, opened, member, log);
    for (const each of due) {
      const until = await validUntil(each);
      const why = each.use === 'consenter' && left !== undefined ? { left } : {};
      renewals.push({ member: member.plan.member.id, name: each.name, until, ...why });
    }
  }
  return renewals;
}

async function reissue(
  { authority, certificates, plan }: MemberCredentials,
  due: readonly MemberCertificate[],
): Promise<void> {
  if (due.length === 0) return;
  const identities = certificates.map(({ enrolment }) => enrolment);
  await withAuthority(authority, plan.files.records, identities, () =>
    Promise.all(due.map((each) => issue(authority, each))),
  );
}

/** Those of a member's nodes that run with a certificate that was replaced. */
function nodesToRestart({ plan }: MemberCredentials, renewed: readonly MemberCertificate[]) {
  const records = new ProcessRecords(plan.files.records);
  const has = (use: CertificateUse) => renewed.some((each) => each.use === use);
  const nodes = [has('peer') ? plan.peer : undefined, has('orderer') ? plan.orderer : undefined];
  return nodes
    .flatMap((node) => node?.name ?? [])
    .filter((name) => records.living(name) !== undefined);
}
