import { handInKeys } from '@veinledger/client/device';
import type { Session } from './session.js';
import { gatewayUrl, programme } from '../address/settings.js';

const keptAs = () => `veinledger.code ${programme()}`;

/** The one-time code of keys that were made here and perhaps not handed in: the line may be lost in between. */
export const pendingCode = {
  keep: (code: string): void => localStorage.setItem(keptAs(), code),
  kept: (): string | undefined => localStorage.getItem(keptAs()) ?? undefined,
  forget: (): void => localStorage.removeItem(keptAs()),
  /**
   * Hands the keys in once more.
   * @throws GatewayProblem, GatewayUnreachable
   */
  send: async ({ possession }: Pick<Session, 'possession'>): Promise<void> => {
    const code = pendingCode.kept();
    if (code === undefined) return;
    await handInKeys(gatewayUrl(), code, await possession());
    pendingCode.forget();
  },
};
