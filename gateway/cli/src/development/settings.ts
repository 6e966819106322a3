import { type GatewayConfig, gatewayConfigFrom } from '@veinledger/gateway';
import type { Home } from './home.js';

/** What may be said of the gateway of a home. */
export interface DevelopmentSettings {
  /** the folder of X.509 identities; the home's when left out */
  readonly wallet?: string;
  /** as it was typed; VEINLEDGER_PORT, else 8080 when left out */
  readonly port?: string | undefined;
}

const DIGITS = /^\d+$/;

/**
 * The settings of a home's gateway: of the environment development, where tokens are had without passwords. Environment
 * variables stand over what is not given here.
 * @throws SettingsError naming each setting or variable that does not fit
 */
export function developmentConfig(
  home: Home,
  { wallet = home.wallet, port }: DevelopmentSettings = {},
): GatewayConfig {
  const { vault, keystore } = home;
  const environment = {
    ...process.env,
    ...(port === undefined ? {} : { VEINLEDGER_PORT: undefined }),
  };
  return gatewayConfigFrom(
    {
      environment: 'development',
      vault,
      wallet,
      keystore,
      developmentIssuer: true,
      ...portOf(port),
    },
    environment,
  );
}

/** What is no number stays text, which the settings then refuse by name. */
function portOf(port: string | undefined): { readonly port?: number | string } {
  if (port === undefined) return {};
  return { port: DIGITS.test(port) ? Number(port) : port };
}
