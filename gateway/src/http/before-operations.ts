import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { BearerCheck } from '../auth/bearer-check.js';
import type { GatewayConfig } from '../config/config.js';
import type { GatewayMetrics } from '../telemetry/metrics.js';
import type { Tracing } from '../telemetry/tracing.js';
import { whenAnswered } from '../telemetry/answered.js';
import { authenticate } from './authenticate.js';
import { crossOrigin } from './cross-origin.js';
import { docsPage } from './docs-page.js';
import type { Lifecycle } from '../health/lifecycle.js';
import { limitActors, limitStrangers } from './limit-callers.js';
import { limitUrl } from './limit-url.js';
import { plainLinks } from './plain-links.js';
import { requestLog } from './request-log.js';
import { neverStored, securityHeaders } from './security-headers.js';

export interface BeforeParts {
  readonly config: Pick<GatewayConfig, 'environment' | 'corsOrigins' | 'rateLimit'>;
  readonly logger: Logger;
  readonly metrics: Pick<GatewayMetrics, 'answered'>;
  readonly tracing: Pick<Tracing, 'requests'> | undefined;
  readonly lifecycle: Lifecycle;
  readonly bearer: BearerCheck;
  /** the development issuer's pages, which ask for no token */
  readonly identityProvider: RequestHandler | undefined;
  /** the pages of patients, which ask for no token */
  readonly pages: RequestHandler;
  /** the path below which callers see the gateway; empty at the root */
  readonly base: string;
}

/** What every request passes before its body is read: watched first, so that refusals are seen too. */
export function beforeOperations(parts: BeforeParts): readonly RequestHandler[] {
  const { config, logger, metrics, tracing, lifecycle, bearer, identityProvider, pages, base } =
    parts;
  const counted: RequestHandler = (request, response, next) => {
    whenAnswered(request, response, (answered) => metrics.answered(answered));
    next();
  };
  const origins = crossOrigin(config.corsOrigins);
  return [
    plainLinks(),
    requestLog(logger),
    counted,
    ...(tracing ? [tracing.requests] : []),
    securityHeaders(config.environment),
    neverStored,
    ...(origins ? [origins] : []),
    limitUrl(),
    lifecycle.requests,
    limitStrangers(config),
    docsPage(base),
    pages,
    ...(identityProvider ? [identityProvider] : []),
    authenticate(bearer, config),
    limitActors(config),
  ];
}
