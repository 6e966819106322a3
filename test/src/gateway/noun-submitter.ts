import { type Committed, type Submitter, type Person, type SignedMessage } from '#scripts';
import { parseJws } from '@veinledger/domain';
import { GatewayClient, GatewayProblem } from '@veinledger/client/node';

/** What the tests read of the OpenAPI document. */
export interface ApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly operationId: string; readonly tags: readonly string[] }>>
    >
  >;
}

/** Fetches the document, which needs no token. */
export async function fetchDocument(url: string): Promise<ApiDocument> {
  return (await (await fetch(`${url}/v1/openapi.json`)).json()) as ApiDocument;
}

interface SignedPayload {
  readonly actor: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A submitter that hands each command to the route of its own type, and remembers which operations succeeded. */
export class NounSubmitter implements Submitter {
  readonly network: string;
  readonly succeeded = new Set<string>();
  readonly #url: string;
  readonly #document: ApiDocument;
  readonly #clients = new Map<string, GatewayClient>();

  constructor(options: { url: string; network: string; document: ApiDocument }) {
    this.network = options.network;
    this.#url = options.url;
    this.#document = options.document;
  }

  async submit(person: Person, message: SignedMessage): Promise<Committed> {
    const [operation, template] = this.#operationOf(message.type);
    try {
      const receipt = await this.client(person).send(message, pathFor(template, message.jws));
      this.succeeded.add(operation);
      return { receipt, block: receipt.block };
    } catch (error) {
      if (!(error instanceof GatewayProblem) || !error.receipt) throw error;
      return { receipt: error.receipt, block: error.receipt.block };
    }
  }

  /** Reads by the operation's id. */
  async read<T>(
    person: Person,
    operation: string,
    values: Record<string, string> = {},
  ): Promise<T> {
    const template = this.#pathOf(operation);
    const path = fill(template, (name) => values[name] ?? '');
    const answer = await this.client(person).read<T>(path);
    this.succeeded.add(operation);
    return answer;
  }

  client(person: Person): GatewayClient {
    const known = this.#clients.get(person.id);
    if (known) return known;
    const client = new GatewayClient({ url: this.#url, actor: person.id, keys: person.keys });
    this.#clients.set(person.id, client);
    return client;
  }

  /** Lets go of a person's client, whose keys are others now. */
  forget(person: Person): void {
    this.#clients.delete(person.id);
  }

  #operationOf(type: string): [operation: string, path: string] {
    const operation = type.replace(':', '');
    return [operation, this.#pathOf(operation)];
  }

  #pathOf(operation: string): string {
    for (const [path, methods] of Object.entries(this.#document.paths)) {
      if (Object.values(methods).some(({ operationId }) => operationId === operation)) return path;
    }
    throw new Error(`the document has no operation ${operation}`);
  }
}

function pathFor(template: string, jws: string): string {
  const { actor, body } = parseJws(jws, 'vnd.veinledger.command+jws').payload as SignedPayload;
  return fill(template, (name) => {
    const value = body[name];
    return typeof value === 'string' ? value : actor;
  });
}

function fill(template: string, valueOf: (name: string) => string): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(valueOf(name)));
}
