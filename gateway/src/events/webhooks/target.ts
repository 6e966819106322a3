import { lookup as resolveName } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { ProblemError } from '../../problems/problem.js';

/** What addresses a webhook may go to. */
export interface TargetRule {
  /** plain http is let through */
  readonly allowHttp: boolean;
  /** addresses in private networks are let through */
  readonly allowPrivate: boolean;
  /** finds a name's addresses, as `dns.lookup` does with `all` */
  readonly resolve?: ResolveAll;
}

interface Address {
  readonly address: string;
  readonly family: number;
}

export type ResolveAll = (hostname: string) => Promise<readonly Address[]>;

const lookupAll = promisify(resolveName);
const systemResolve: ResolveAll = (hostname) => lookupAll(hostname, { all: true });

/** An address that a webhook may have: without user, password or fragment. Where it leads is looked at besides. */
export const targetUrl = z
  .url({ error: 'an https URL' })
  .max(2048)
  .regex(/^https?:\/\/[^\s/?#@]+(?:[/?][^\s#]*)?$/, {
    error: 'an https URL without user, password or fragment',
  });

/** A connection that is not made, because of where it would lead. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';

  constructor(readonly code: 'WEBHOOK_TARGET_PRIVATE' | 'WEBHOOK_TARGET_UNRESOLVED') {
    super(code);
  }
}

/** Whether an address is one of the public internet; IPv4 within IPv6 counts as what it stands for. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/**
 * Checks where a hook is to go, when it is registered.
 * @throws ProblemError 400 WEBHOOK_URL_INVALID, WEBHOOK_TARGET_INSECURE, WEBHOOK_TARGET_UNRESOLVED,
 *   WEBHOOK_TARGET_PRIVATE
 */
export async function requireTarget(url: string, rule: TargetRule): Promise<void> {
  const target = URL.parse(url);
  const plain = target?.protocol === 'http:';
  if (!target || !targetUrl.safeParse(url).success) {
    throw refusal('WEBHOOK_URL_INVALID', 'an https URL without user, password or fragment');
  }
  if (plain && !rule.allowHttp) throw refusal('WEBHOOK_TARGET_INSECURE', 'an https URL');
  try {
    await addressesOf(hostOf(target), rule);
  } catch (error) {
    if (!(error instanceof TargetRefused)) throw error;
    const isPrivate = error.code === 'WEBHOOK_TARGET_PRIVATE';
    throw refusal(error.code, isPrivate ? 'a public address' : 'a name that has an address');
  }
}

/** A URL's host without the brackets of an IPv6 address. */
export function hostOf(target: URL): string {
  return target.hostname.replace(/^\[(.*)\]$/, '$1');
}

/**
 * A host's addresses, every one of which a delivery may go to.
 * @throws TargetRefused when one is private, or there is none
 */
export async function addressesOf(host: string, rule: TargetRule): Promise<readonly Address[]> {
  const family = isIP(host);
  const found = family > 0 ? [{ address: host, family }] : await resolved(host, rule);
  if (!rule.allowPrivate && !found.every(({ address }) => isPublic(address))) {
    throw new TargetRefused('WEBHOOK_TARGET_PRIVATE');
  }
  return found;
}

/** Looks names up for a connection, and refuses to tell addresses to which it may not go. */
export function checkedLookup(rule: TargetRule): LookupFunction {
  return (host, { all }, callback) => {
    addressesOf(host, rule).then(
      (found) => {
        const [first] = found;
        if (all === true) callback(null, [...found]);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), []),
    );
  };
}

async function resolved(
  host: string,
  { resolve = systemResolve }: TargetRule,
): Promise<readonly Address[]> {
  const found = await resolve(host).catch(() => []);
  if (found.length > 0) return found;
  throw new TargetRefused('WEBHOOK_TARGET_UNRESOLVED');
}

function refusal(code: string, expected: string): ProblemError {
  // what was found may hold a receiver's own secrets: it is not told again
  const detail = 'a webhook cannot go to this URL';
  return new ProblemError({ status: 400, code, detail, field: 'url', expected });
}
