import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { MemberCertificate } from './certificates.js';

const MS_PER_DAY = 24 * 3600 * 1000;

/**
 * Those certificates that end within some days, that have ended, and that are not there.
 * @param withinDays how many days before its end a certificate counts as ending
 */
export async function ending(
  certificates: readonly MemberCertificate[],
  withinDays: number,
): Promise<MemberCertificate[]> {
  const before = Date.now() + withinDays * MS_PER_DAY;
  const found: MemberCertificate[] = [];
  for (const each of certificates) {
    const until = await validUntil(each);
    if (until === undefined || until.getTime() < before) found.push(each);
  }
  return found;
}

/** When a certificate ends; undefined when it is not there. */
export async function validUntil({ file }: MemberCertificate): Promise<Date | undefined> {
  if (!existsSync(file)) return undefined;
  return new X509Certificate(await readFile(file)).validToDate;
}
