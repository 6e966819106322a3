import { stepOf, type CommandRecord, type ProcessDefinition } from '@veinledger/domain';
import type { Committed, Submitter, Person, SignedMessage } from '../journey/index.js';

/** A submitter that prints each command as it is decided: time, target day, actor, what, verdict, block. */
export class Timeline implements Submitter {
  readonly network: string;
  readonly #submitter: Submitter;
  readonly #definition: ProcessDefinition;
  readonly #print: (line: string) => void;
  readonly #gatewayOf: ((person: Person) => string) | undefined;

  /** @param gatewayOf where several gateways serve, the one that a person's commands go through */
  constructor(
    submitter: Submitter,
    definition: ProcessDefinition,
    print: (line: string) => void,
    gatewayOf?: (person: Person) => string,
  ) {
    this.network = submitter.network;
    this.#submitter = submitter;
    this.#definition = definition;
    this.#print = print;
    this.#gatewayOf = gatewayOf;
  }

  async submit(person: Person, message: SignedMessage): Promise<Committed> {
    const committed = await this.#submitter.submit(person, message);
    const { receipt, block } = committed;
    const columns = [
      new Date().toISOString().slice(11, 19),
      this.#targetDay(receipt).padEnd(7),
      person.id.padEnd(27),
      ...this.#through(person),
      receipt.type.padEnd(33),
      subjectOf(receipt).padEnd(38),
      verdictOf(receipt).padEnd(12),
      `block ${block}`,
    ];
    this.#print(columns.join(' '));
    for (const { code, subject, expected, found } of receipt.reasons) {
      const detail = [subject, expected && `expected ${expected}`, found && `found ${found}`];
      this.#print(`${' '.repeat(17)}✗ ${code} ${detail.filter(Boolean).join(', ')}`);
    }
    for (const { code, classification } of receipt.deviations) {
      this.#print(`${' '.repeat(17)}! deviation ${code}, ${classification}`);
    }
    return committed;
  }

  #through(person: Person): readonly string[] {
    return this.#gatewayOf ? [`via ${this.#gatewayOf(person)}`.padEnd(16)] : [];
  }

  #targetDay(receipt: CommandRecord): string {
    const named = receipt.changed.find((name) => name.startsWith('step '))?.split(' ')[1];
    // which of several journeys or collections it is, a receipt does not say
    const [only, ...others] = this.#definition.steps.filter(
      (each) => each.attestedBy === receipt.type,
    );
    const step =
      named === undefined
        ? others.length === 0
          ? only
          : undefined
        : stepOf(this.#definition, named);
    return step ? `day ${step.targetDay}` : '';
  }
}

function verdictOf(receipt: CommandRecord): string {
  const failed = receipt.verdicts.filter(({ verdict }) => verdict !== 'pass').length;
  if (receipt.verdicts.length === 0) return receipt.decision;
  return failed > 0
    ? `${failed} of ${receipt.verdicts.length} failed`
    : `${receipt.verdicts.length} passed`;
}

function subjectOf(receipt: CommandRecord): string {
  const [first = ''] = receipt.changed;
  const short = first
    .replace('https://id.gs1.org/01/', '(01)')
    .replace('/21/', '(21)')
    .replace('/10/', '(10)');
  return short.length > 38 ? `${short.slice(0, 37)}…` : short;
}
