import { randomUUID } from 'node:crypto';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import type { GatewayConfig } from '../config/config.js';
import type { TokenIssuer } from './token-issuer.js';

/** Where the development issuer is found below the gateway's own address. */
export const DEVELOPMENT_ISSUER_PATH = '/dev/issuer';

/** What each of its answers says. */
export const DEVELOPMENT_NOTICE =
  'for development: this issuer asks nobody for a password and must not be trusted by any other gateway';

/** The claim that holds the actor's id, as in {@link GatewayConfig.issuers}. */
const ACTOR_CLAIM = 'veinledger_actor';
const ALGORITHM = 'ES256';
const LIFETIME_SECONDS = 3600;

/** What a token is issued for. */
export interface DevelopmentGrant {
  readonly actor: string;
  /** narrows the actor's roles; all of them when left out */
  readonly roles?: readonly string[] | undefined;
}

/** An issuer of tokens without passwords, whose keys live as long as the gateway's process. */
export interface DevelopmentIssuer extends TokenIssuer {
  readonly keySet: JSONWebKeySet;
  readonly lifetimeSeconds: number;
  issue(grant: DevelopmentGrant): Promise<string>;
}

/**
 * Makes the development issuer.
 * @param gateway the gateway's own audience; the issuer's URL lies below `origin`
 * @throws Error naming the setting outside development
 */
export async function developmentIssuer(
  { environment }: Pick<GatewayConfig, 'environment'>,
  gateway: { readonly audience: () => string; readonly origin: () => string },
): Promise<DevelopmentIssuer> {
  if (environment !== 'development') {
    throw new Error(
      `developmentIssuer: expected environment development, found ${environment}: it asks nobody for a password`,
    );
  }
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const kid = randomUUID();
  const keySet = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: 'sig' }] };
  const url = () => `${gateway.origin()}${DEVELOPMENT_ISSUER_PATH}`;
  return {
    get url() {
      return url();
    },
    get audience() {
      return gateway.audience();
    },
    organisation: undefined,
    actorClaim: ACTOR_CLAIM,
    keyOf: createLocalJWKSet(keySet),
    keySet,
    lifetimeSeconds: LIFETIME_SECONDS,
    issue({ actor, roles }) {
      return new SignJWT({ [ACTOR_CLAIM]: actor, ...(roles === undefined ? {} : { roles }) })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
        .setIssuer(url())
        .setSubject(actor)
        .setAudience(gateway.audience())
        .setIssuedAt()
        .setExpirationTime(`${LIFETIME_SECONDS}s`)
        .setJti(randomUUID())
        .sign(privateKey);
    },
  };
}
