import {
  admittedAt,
  type CommandRecord,
  MATTERS,
  type Organisation,
  type Therapy,
} from '@veinledger/domain';
import type { Ledger, SubmitterIdentity } from '@veinledger/ledger';
import { contractCodeOf } from '../problems/contract-code.js';
import type { AnnexOrigin } from '../vault/annex-vault.js';
import { presentMembers } from '../commands/present-members.js';

/** What registrars commit to beside an enrolment is the printed name, which inspectors are told. */
function isOfPrintedName({ type }: CommandRecord): boolean {
  return MATTERS.get(type) === 'registry';
}

/** To which arm a patient is assigned, which the unblinded are told. */
function isOfArm({ type }: CommandRecord): boolean {
  return MATTERS.get(type) === 'arm';
}

/** By these the ledger says that this gateway's member is not told; whom the annex belongs to is then nobody. */
const NOT_TOLD = ['NOT_FOUND', 'UNKNOWN_ORGANISATION'];

/** What the member's own blocks say of a therapy in which it takes no part any more. */
export interface ByBlocks {
  readonly origins: (digest: string) => Promise<readonly AnnexOrigin[]>;
  /** MSP ids of those who take part in the therapy of that chain of identity */
  readonly parties: (coi: string) => Promise<readonly string[] | undefined>;
}

/** Members that may have an annex: for good, and as long as somebody there is admitted. */
interface Told {
  readonly entitled: readonly string[];
  readonly admitted: readonly string[];
}

const NOBODY: Told = { entitled: [], admitted: [] };

/** Who may have an annex, as the ledger tells this gateway's own member. */
export class EntitledMembers {
  readonly #ledger: Pick<Ledger, 'evaluate'>;
  readonly #reader: () => SubmitterIdentity;
  readonly #byBlocks: ByBlocks | undefined;

  /** @param byBlocks left out, nobody is told who may have what the ledger does not tell this member of */
  constructor(
    ledger: Pick<Ledger, 'evaluate'>,
    reader: () => SubmitterIdentity,
    byBlocks?: ByBlocks,
  ) {
    this.#ledger = ledger;
    this.#reader = reader;
    this.#byBlocks = byBlocks;
  }

  /**
   * The members to whom an annex belongs by a command: the parties of its therapy, or the command's own organisation where it
   * stands outside any, and of a printed name whoever audits; of these, who has not left. What an outsider's own people said
   * belongs to the parties, and an arm to those that may have an unblinded group and to who assigned it. Nobody where the
   * command is not committed or commits to another annex. Of a therapy that this gateway's member has left, and of which it is
   * told nothing any more, its blocks say who takes part, so that those still get what it keeps, but for an arm.
   * @throws LedgerError when the ledger cannot answer, or answers what cannot be
   */
  async entitled(commandId: string, digest: string): Promise<readonly string[]> {
    return (await this.#told(commandId, digest)).entitled;
  }

  /**
   * The members that are given an annex now: those, and each whose physician emergency access admits, or of an arm unblinding,
   * which keeps it not.
   * @throws LedgerError as {@link EntitledMembers.entitled}
   */
  async givenNow(commandId: string, digest: string): Promise<readonly string[]> {
    const { entitled, admitted } = await this.#told(commandId, digest);
    return [...entitled, ...admitted];
  }

  async #told(commandId: string, digest: string): Promise<Told> {
    try {
      const record = await this.#read<CommandRecord>('audit:ReadCommand', commandId);
      if (!Object.values(record.annex).includes(digest)) return NOBODY;
      const present = await presentMembers(this.#ledger, this.#reader());
      const { entitled, admitted } = await this.#owners(record, present);
      const auditing = isOfPrintedName(record)
        ? [...present.values()].filter(({ grantable }) => grantable.includes('auditor'))
        : [];
      const owners = [...new Set([...entitled, ...auditing.map(({ id }) => id)])];
      return {
        entitled: owners.filter((member) => present.has(member)),
        admitted: admitted.filter((member) => present.has(member)),
      };
    } catch (error) {
      const code = contractCodeOf(error) ?? '';
      if (code === 'NOT_ENTITLED') return this.#ofTherapyLeft(commandId, digest);
      if (NOT_TOLD.includes(code)) return NOBODY;
      throw error;
    }
  }

  async #ofTherapyLeft(commandId: string, digest: string): Promise<Told> {
    const origins = (await this.#byBlocks?.origins(digest)) ?? [];
    const { coi, ofArm } = origins.find((each) => each.commandId === commandId) ?? {};
    if (ofArm) return NOBODY;
    const parties = coi === undefined ? [] : ((await this.#byBlocks?.parties(coi)) ?? []);
    if (parties.length === 0) return NOBODY;
    const present = await presentMembers(this.#ledger, this.#reader());
    return { entitled: parties.filter((member) => present.has(member)), admitted: [] };
  }

  async #owners(record: CommandRecord, present: ReadonlyMap<string, Organisation>): Promise<Told> {
    const { scope, organisation } = record;
    if (scope.kind !== 'therapy') return { entitled: [organisation], admitted: [] };
    try {
      const therapy = await this.#read<Therapy>('therapy:Read', scope.id);
      if (isOfArm(record)) return ownersOfArm(therapy, organisation, present);
      const admitted = admittedAt(therapy, new Date().toISOString());
      return { entitled: therapy.parties, admitted: admitted.map((each) => each.organisation) };
    } catch (error) {
      const code = contractCodeOf(error);
      // a refused order leaves a record and no therapy
      if (code === 'UNKNOWN_COI' || (code === 'NOT_ENTITLED' && isOfArm(record)))
        return { entitled: [organisation], admitted: [] };
      const isOwn = code === 'NOT_ENTITLED' && organisation === this.#reader().mspId;
      const parties = isOwn ? await this.#byBlocks?.parties(scope.id) : undefined;
      if (parties) return { entitled: parties, admitted: [] };
      throw error;
    }
  }

  async #read<Answer>(transaction: string, id: string): Promise<Answer> {
    const asked = { function: transaction, args: [id], submitter: this.#reader() };
    return JSON.parse(await this.#ledger.evaluate(asked)) as Answer;
  }
}

function ownersOfArm(
  { parties, arm, unblinded = [] }: Therapy,
  organisation: string,
  present: ReadonlyMap<string, Organisation>,
): Told {
  const group = arm?.unblindedGroup ?? [];
  const mayKnow = (id: string) =>
    present.get(id)?.grantable.some((role) => group.includes(role)) === true;
  const told = unblinded.map((each) => each.organisation);
  return {
    entitled: [organisation, ...parties.filter(mayKnow)],
    admitted: told.filter((id) => parties.includes(id)),
  };
}
