import express, { type Router } from 'express';
import { z } from 'zod';
import { actorId, expectationOf, violationOf } from '@veinledger/domain';
import type { ActorDirectory } from '../auth/actor-directory.js';
import { DEVELOPMENT_NOTICE, type DevelopmentIssuer } from '../auth/development-issuer.js';

/** The one grant: RFC 6749 section 4.4, with the actor in the client's place and no secret. */
const GRANT = 'client_credentials';

const request = z.strictObject({
  grant_type: z.literal(GRANT),
  client_id: actorId,
  /** roles, separated by spaces (RFC 6749 section 3.3) */
  scope: z.string().max(400).optional(),
});

/** Discovery document, keys and token endpoint of the development issuer. */
export function developmentIssuerRoutes(
  issuer: DevelopmentIssuer,
  directory: ActorDirectory,
): Router {
  const routes = express.Router();
  routes.use((_request, response, next) => {
    response.set('x-veinledger-notice', DEVELOPMENT_NOTICE);
    next();
  });
  routes.get('/.well-known/openid-configuration', (_request, response) => {
    response.json({ ...discoveryOf(issuer.url), notice: DEVELOPMENT_NOTICE });
  });
  routes.get('/jwks', (_request, response) => {
    response.json({ ...issuer.keySet, notice: DEVELOPMENT_NOTICE });
  });
  routes.post(
    '/token',
    express.urlencoded({ extended: false, limit: '4kb' }),
    async (asked, response) => {
      const told = (status: number, body: object) =>
        response.status(status).json({ ...body, notice: DEVELOPMENT_NOTICE });
      const parsed = request.safeParse(asked.body ?? {}, { error: expectationOf });
      if (!parsed.success) {
        told(400, {
          error: 'invalid_request',
          error_description: faultOf(parsed.error, asked.body),
        });
        return;
      }
      const { client_id: actor, scope } = parsed.data;
      const caller = await directory.find(actor);
      if (caller === undefined || caller.revokedAt !== undefined) {
        told(400, { error: 'invalid_client', error_description: 'no such actor is enrolled' });
        return;
      }
      const roles = scope?.split(' ').filter((role) => role !== '');
      told(200, {
        access_token: await issuer.issue({ actor, roles }),
        token_type: 'Bearer',
        expires_in: issuer.lifetimeSeconds,
      });
    },
  );
  return routes;
}

/** OpenID Connect Discovery 1.0, section 3. */
function discoveryOf(url: string): object {
  return {
    issuer: url,
    jwks_uri: `${url}/jwks`,
    token_endpoint: `${url}/token`,
    grant_types_supported: [GRANT],
    response_types_supported: ['none'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    token_endpoint_auth_methods_supported: ['none'],
  };
}

function faultOf(error: z.ZodError, form: unknown): string {
  const { place, expected, found } = violationOf(error, form);
  return `${place.join('.') || 'form'}: expected ${expected}, found ${found}`;
}
