import type { DatabaseKind } from '@veinledger/ledger/storage';
import { VEINLEDGER_FILES } from '@veinledger/ledger/embedded/veinledger-files';
import type { DeploymentConfig, GatewayConfig } from '../config/config.js';
import { stateFolder } from '../config/places.js';
import type { ProgrammesConfig } from '../config/programmes.js';
import { GATEWAY_STATE } from '../state/state-format.js';

/** A database that says its format, and where it is. */
export interface KeptDatabase {
  readonly kind: DatabaseKind;
  readonly folder: string;
  /** the programme whose it is, where a process serves several */
  readonly programme?: string;
}

/** The databases of a process, those of every programme that it serves. */
export function databasesOf(config: DeploymentConfig | ProgrammesConfig): readonly KeptDatabase[] {
  if (!('programmes' in config)) return ofGateway(config, directoryOf(config));
  return Object.entries(config.programmes).flatMap(([programme, own]) =>
    ofGateway(own, directoryOf(own)).map((each) => ({ ...each, programme })),
  );
}

/** The databases of one gateway, and of an embedded ledger beside it. */
export function ofGateway(
  config: Pick<GatewayConfig, 'state' | 'vault'>,
  ledger: string | undefined,
): readonly KeptDatabase[] {
  const state = { kind: GATEWAY_STATE, folder: stateFolder(config) };
  return ledger === undefined ? [state] : [state, { kind: VEINLEDGER_FILES, folder: ledger }];
}

function directoryOf({ ledger }: DeploymentConfig): string | undefined {
  return ledger.kind === 'embedded' ? ledger.directory : undefined;
}
