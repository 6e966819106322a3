import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { GatewayConfig } from '../config/config.js';

/**
 * Headers that keep browsers from running anything but the gateway's own pages. Only in production, where TLS stands
 * in front of the gateway, are browsers told to use nothing else.
 */
export function securityHeaders(environment: GatewayConfig['environment']): RequestHandler {
  const secured = environment === 'production';
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        connectSrc: ["'self'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        scriptSrc: ["'self'"],
        // swagger-ui sets style attributes
        styleSrc: ["'self'", "'unsafe-inline'"],
        ...(secured ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secured,
  });
}

/**
 * Keeps answers out of every cache on the way and on the caller's disk (RFC 9111 section 5.2.2.5): they hold patients'
 * data, tokens, or what is true for a moment. Whoever serves what is public and lasts says so itself.
 */
export const neverStored: RequestHandler = (_request, response, next) => {
  response.set('cache-control', 'no-store');
  next();
};
