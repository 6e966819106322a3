import type { Proposal } from '../nouns/proposal.js';
import { compromisedSince, type Statement, type Suspect } from './suspicion.js';
import type { Actor } from '../nouns/actor.js';
import type { Reader } from '../commands/reader.js';

/**
 * The statements that were signed with compromised keys and that no disposition of the therapy confirms. Reads each
 * signer once, and a confirmation only where a signer was compromised: point reads all.
 * @throws VeinledgerError TOO_MANY_READS
 */
export async function findSuspects(
  reader: Reader,
  coi: string,
  statements: readonly Statement[],
): Promise<readonly Suspect[]> {
  const signers = new Signers(reader);
  const suspects: Suspect[] = [];
  for (const statement of distinct(statements)) {
    const suspect = await signers.suspect(statement);
    if (suspect && !(await isConfirmed(reader, signers, coi, statement.signed.command))) {
      suspects.push(suspect);
    }
  }
  return suspects;
}

/** Confirmed by a signature that is not suspect itself. */
async function isConfirmed(
  reader: Reader,
  signers: Signers,
  coi: string,
  command: string,
): Promise<boolean> {
  const found = await reader.get('confirmation', { coi, id: command });
  if (!found || found.annulled) return false;
  const statement = { subject: `confirmation ${found.id}`, signed: found.confirmed };
  return (await signers.suspect(statement)) === undefined;
}

/** Signers, each read once. */
export class Signers {
  readonly #reader: Reader;
  readonly #read = new Map<string, Promise<Actor | undefined>>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** The statement as a suspect, when the keys of its actor or of the person behind it were compromised. */
  async suspect(statement: Statement): Promise<Suspect | undefined> {
    const { actor, principal, time } = statement.signed;
    for (const id of principal === undefined ? [actor] : [actor, principal]) {
      const since = await this.#compromisedSince(id, time, new Set());
      if (since !== undefined) return { ...statement, actor: id, since };
    }
    return undefined;
  }

  /**
   * Since when whatever that actor signed then is suspect: its own keys were compromised, or those of the registrar who
   * enrolled it, or of who enrolled that one, when they did (D3).
   */
  async #compromisedSince(
    id: string,
    time: string,
    seen: Set<string>,
  ): Promise<string | undefined> {
    if (seen.has(id)) return undefined;
    seen.add(id);
    const signer = await this.#find(id);
    if (!signer) return undefined;
    const own = compromisedSince(signer, time);
    return own ?? this.#compromisedSince(signer.enrolledBy, signer.enrolledAt, seen);
  }

  #find(id: string): Promise<Actor | undefined> {
    const read = this.#read.get(id) ?? this.#reader.get('actor', { id });
    this.#read.set(id, read);
    return read;
  }
}

function distinct(statements: readonly Statement[]): readonly Statement[] {
  const named = statements.map(
    (each) => [JSON.stringify([each.subject, each.signed.command]), each] as const,
  );
  return [...new Map(named).values()];
}

/** The organisations whose vote on a proposal was signed with compromised keys; reads each signer once. */
export async function suspectVotes(
  reader: Reader,
  { id, votes }: Pick<Proposal, 'id' | 'votes'>,
): Promise<readonly string[]> {
  const signers = new Signers(reader);
  const suspects: string[] = [];
  for (const { organisation, signed } of votes) {
    const suspect = await signers.suspect({ subject: `proposal ${id}`, signed });
    if (suspect) suspects.push(organisation);
  }
  return suspects;
}
