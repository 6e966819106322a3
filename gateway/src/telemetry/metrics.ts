import type { SignatureVerdict, Verifier } from '@veinledger/domain';
import {
  AggregatorRegistry,
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';
import type { Answered } from './answered.js';
import { LedgerError } from '@veinledger/ledger';
import { buildInfo } from './build-info.js';
import type { LedgerCall, LedgerObserver } from './observed-ledger.js';

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const VERIFY_SECONDS = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05];

/** A value with the labels that tell it from others. */
export interface LabelledValue {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Something that is read whenever the metrics are asked for. */
export type Reading = () => number | Promise<number>;

/**
 * What a gateway counts and measures, in Prometheus' text format. No label holds a pseudonym, a chain of identity or
 * a URL: routes are as the OpenAPI document writes them, results are codes.
 */
export class GatewayMetrics implements LedgerObserver {
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: 'veinledger_http_requests_total',
    help: 'Requests by route, status and result: ok, aborted, or the code of the problem',
    labelNames: ['method', 'route', 'status', 'result'],
    registers: [this.#registry],
  });
  readonly #requestSeconds = new Histogram({
    name: 'veinledger_http_request_duration_seconds',
    help: 'From the request to the end of its answer; streams of events are left out',
    labelNames: ['method', 'route'],
    buckets: REQUEST_SECONDS,
    registers: [this.#registry],
  });
  readonly #ledgerSeconds = new Histogram({
    name: 'veinledger_ledger_call_duration_seconds',
    help: 'Calls of the ledger by kind, transaction and result: ok, or the kind of failure',
    labelNames: ['kind', 'function', 'result'],
    buckets: REQUEST_SECONDS,
    registers: [this.#registry],
  });
  readonly #ledgerUnderWay = new Gauge({
    name: 'veinledger_ledger_calls_under_way',
    help: 'Calls of the ledger that have not returned',
    labelNames: ['kind'],
    registers: [this.#registry],
  });
  readonly #verifySeconds = new Histogram({
    name: 'veinledger_signature_verify_duration_seconds',
    help: 'Verification of one signature by the contracts in this process',
    labelNames: ['algorithm', 'verdict'],
    buckets: VERIFY_SECONDS,
    registers: [this.#registry],
  });
  readonly #exchanged = new Counter({
    name: 'veinledger_exchange_annexes_total',
    help: 'Annexes asked for between gateways: by direction, member and result (ok, or why not)',
    labelNames: ['direction', 'member', 'result'],
    registers: [this.#registry],
  });
  readonly #mismatches = new Counter({
    name: 'veinledger_endorsement_mismatches_total',
    help: 'Transactions that a member endorsed with another result than those who agreed',
    labelNames: ['member'],
    registers: [this.#registry],
  });

  /** @param programme labels everything, where one process serves several; what is of the process is then left out */
  constructor(programme?: string) {
    if (programme === undefined) this.#collectOfProcess();
    else this.#registry.setDefaultLabels({ programme });
  }

  #collectOfProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
    const labels = buildInfo();
    new Gauge({
      name: 'veinledger_build_info',
      help: 'Always 1; the labels tell the version of the gateway and what it runs on',
      labelNames: Object.keys(labels),
      registers: [this.#registry],
    }).set(labels, 1);
  }

  /** What several programmes count and measure, and their process, in one text. */
  static async textOf(
    all: readonly GatewayMetrics[],
  ): Promise<{ readonly mediaType: string; readonly text: string }> {
    const read = all.map((metrics) => metrics.#registry.getMetricsAsJSON());
    const registry = AggregatorRegistry.aggregate(await Promise.all(read));
    return { mediaType: registry.contentType, text: await registry.metrics() };
  }

  /** Counts a request that was answered. */
  answered({ method, route, status, code, seconds, events }: Answered): void {
    const result = status === 'aborted' ? status : (code ?? 'ok');
    this.#requests.inc({ method, route, status: String(status), result });
    if (!events) this.#requestSeconds.observe({ method, route }, seconds);
  }

  /** Counts an annex that another member was asked for, or asked for. */
  exchanged(direction: 'given' | 'fetched', member: string, result: string): void {
    this.#exchanged.inc({ direction, member, result });
  }

  /** Counts members that endorsed another result than those who agreed. */
  endorsedDifferently(mspIds: readonly string[]): void {
    for (const member of mspIds) this.#mismatches.inc({ member });
  }

  async observe<Result>(call: LedgerCall, work: () => Promise<Result>): Promise<Result> {
    const { kind, function: name = '' } = call;
    this.#ledgerUnderWay.inc({ kind });
    const done = this.#ledgerSeconds.startTimer({ kind, function: name });
    try {
      const result = await work();
      done({ result: 'ok' });
      return result;
    } catch (error) {
      done({ result: error instanceof LedgerError ? error.kind : 'error' });
      throw error;
    } finally {
      this.#ledgerUnderWay.dec({ kind });
    }
  }

  /** The verifier with each verification timed; hand it to the contracts of an embedded ledger. */
  timed(verifier: Verifier): Verifier {
    const time = async (algorithm: string, verify: () => SignatureVerdict): Promise<boolean> => {
      const done = this.#verifySeconds.startTimer({ algorithm });
      const valid = await verify();
      done({ verdict: valid ? 'valid' : 'invalid' });
      return valid;
    };
    return {
      ed25519: (key, message, signature) =>
        time('Ed25519', () => verifier.ed25519(key, message, signature)),
      mlDsa65: (key, message, signature) =>
        time('ML-DSA-65', () => verifier.mlDsa65(key, message, signature)),
      ed25519KeyIsSound: (key) => verifier.ed25519KeyIsSound(key),
    };
  }

  /**
   * Adds a value that is read whenever the metrics are asked for; one that cannot be read is left out.
   * @throws Error when there is one of that name
   */
  watch(name: string, help: string, read: Reading): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        try {
          this.set(await read());
        } catch {
          this.remove();
        }
      },
    });
  }

  /**
   * Adds a value for each member, read whenever the metrics are asked for.
   * @throws Error when there is one of that name
   */
  watchMembers(name: string, help: string, read: () => ReadonlyMap<string, number>): void {
    new Gauge({
      name,
      help,
      labelNames: ['member'],
      registers: [this.#registry],
      collect() {
        for (const [member, value] of read()) this.set({ member }, value);
      },
    });
  }

  /**
   * Adds values by labels, read whenever the metrics are asked for; where they cannot be read, none is told.
   * @throws Error when there is one of that name
   */
  watchLabelled(
    name: string,
    help: string,
    labelNames: readonly string[],
    read: () => Promise<readonly LabelledValue[]>,
  ): void {
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.#registry],
      async collect() {
        const values = await read().catch(() => []);
        this.reset();
        for (const { labels, value } of values) this.set(labels, value);
      },
    });
  }

  /** Forgets what was added by a name. */
  unwatch(name: string): void {
    this.#registry.removeSingleMetric(name);
  }

  /** Everything, and the media type that it is written in. */
  async text(): Promise<{ readonly mediaType: string; readonly text: string }> {
    return { mediaType: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}
