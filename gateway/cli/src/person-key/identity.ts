import { type Identity, personDigest } from '@veinledger/domain';
import { z } from 'zod';
import { wrongUsage } from '../complaint.js';
import type { OptionSpec } from '../command.js';
import type { Session } from '../session.js';
import { currentKey, openKey } from './current-key.js';

/** The options by which a command is told who somebody is. */
export const IDENTITY_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'licence',
    value: 'AUTHORITY:NUMBER',
    summary: 'the professional licence of who it is; stays here, the ledger gets a keyed digest',
  },
  { name: 'name', value: 'NAME', summary: 'who it is, where there is no licence' },
  { name: 'birth-date', value: 'DATE', summary: 'beside --name: YYYY-MM-DD' },
];

export const identityInput = {
  licence: z
    .string()
    .regex(/^[^:]+:.+$/u, 'AUTHORITY:NUMBER')
    .optional(),
  name: z.string().min(1).optional(),
  birthDate: z.iso.date('YYYY-MM-DD').optional(),
};

interface Told {
  readonly licence?: string | undefined;
  readonly name?: string | undefined;
  readonly birthDate?: string | undefined;
}

/**
 * Who somebody is, as it was typed; undefined where nothing was.
 * @throws CliError 2 for one half of name and birth date
 */
export function identityOf({ licence, name, birthDate }: Told): Identity | undefined {
  if (licence !== undefined) {
    const colon = licence.indexOf(':');
    return { authority: licence.slice(0, colon), licence: licence.slice(colon + 1) };
  }
  if (name === undefined && birthDate === undefined) return undefined;
  if (name === undefined) throw wrongUsage('--name', 'beside --birth-date');
  if (birthDate === undefined) throw wrongUsage('--birth-date', 'beside --name');
  return { name, birthDate };
}

/**
 * The keyed digest of a person, and under which key.
 * @throws CliError 1 where no key is shared, or none with the registrar
 */
export async function namedBy(
  session: Session,
  registrar: string,
  identity: Identity,
): Promise<{ readonly person: string; readonly personKey: string }> {
  const current = await currentKey(session, registrar);
  if (!current) throw wrongUsage('--licence', "a key first: 'share-person-key'");
  const key = await openKey(session, registrar, current);
  return { person: personDigest(key, identity), personKey: current.id };
}
