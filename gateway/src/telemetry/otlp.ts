import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { NextFunction, Request, Response } from 'express';
import { whenAnswered } from './answered.js';
import { LedgerError } from '@veinledger/ledger';
import type { LedgerCall } from './observed-ledger.js';
import type { Tracing } from './tracing.js';

/** How long the collector may take for one batch, milliseconds. */
const EXPORT_TIMEOUT_MS = 5000;

export interface OtlpOptions {
  /** the collector's URL for traces */
  readonly endpoint: string;
  /** `service.name` of the spans */
  readonly service: string;
  /** shown with each batch; those of `OTEL_EXPORTER_OTLP_HEADERS` are shown besides */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Spans sent to a collector by OTLP over HTTP; attributes are those of OpenTelemetry's semantic conventions. */
export class OtlpTracing implements Tracing {
  readonly #provider: TracerProvider;
  readonly #tracer: Tracer;
  readonly #propagator = new W3CTraceContextPropagator();
  readonly #current = new AsyncLocalStorage<Context>();

  constructor({ endpoint, service, headers = {} }: OtlpOptions) {
    const exporter = new OTLPTraceExporter({
      url: endpoint,
      headers: { ...headers },
      timeoutMillis: EXPORT_TIMEOUT_MS,
    });
    this.#provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': service }),
      spanProcessors: [
        new BatchSpanProcessor({ exporter, exportTimeoutMillis: EXPORT_TIMEOUT_MS }),
      ],
    });
    this.#tracer = this.#provider.getTracer('veinledger-gateway');
  }

  readonly requests = (request: Request, response: Response, next: NextFunction): void => {
    const parent = this.#propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
    const span = this.#tracer.startSpan(request.method, { kind: SpanKind.SERVER }, parent);
    whenAnswered(request, response, ({ method, route, status, code }) => {
      span.updateName(`${method} ${route}`);
      span.setAttributes({ 'http.request.method': method, 'http.route': route });
      if (typeof status === 'number') span.setAttribute('http.response.status_code', status);
      if (code !== undefined) span.setAttribute('error.type', code);
      if (status === 'aborted' || status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    this.#current.run(trace.setSpan(parent, span), next);
  };

  async observe<Result>(call: LedgerCall, work: () => Promise<Result>): Promise<Result> {
    const parent = this.#current.getStore() ?? ROOT_CONTEXT;
    const span = this.#tracer.startSpan(
      `ledger ${call.kind}`,
      { kind: SpanKind.CLIENT, attributes: attributesOf(call) },
      parent,
    );
    try {
      return await this.#current.run(trace.setSpan(parent, span), work);
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  }

  async close(): Promise<void> {
    // a collector that is gone must not keep a gateway from stopping
    await this.#provider.shutdown().catch(() => undefined);
  }
}

function attributesOf({ kind, function: name }: LedgerCall): Record<string, string> {
  return { 'rpc.system': 'veinledger', 'rpc.method': name ?? kind };
}

/** An error's message may quote what somebody sent; its kind does not. */
function fail(span: Span, error: unknown): void {
  span.setAttribute('error.type', error instanceof LedgerError ? error.kind : 'error');
  span.setStatus({ code: SpanStatusCode.ERROR });
}
