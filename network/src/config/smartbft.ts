import { batching } from './fabric-version.js';

/**
 * SmartBFT's options. Batches come from the RequestBatch lines, not from BatchTimeout. SyncOnStart off: an
 * ordering node that starts would accept connections and stall everybody for 9 s.
 */
export function smartBftOptions(fabricVersion: string): object {
  return { ...OPTIONS, ...batching(fabricVersion) };
}

const OPTIONS = {
  RequestBatchMaxCount: 100,
  RequestBatchMaxBytes: 10 * 1024 * 1024,
  IncomingMessageBufferSize: 200,
  // every ordering node has each transaction from the peer that sends it: to forward them early is work twice
  RequestForwardTimeout: '900ms',
  RequestComplainTimeout: '1s',
  RequestAutoRemoveTimeout: '3m',
  ViewChangeResendInterval: '1s',
  ViewChangeTimeout: '5s',
  LeaderHeartbeatTimeout: '5s',
  LeaderHeartbeatCount: 10,
  CollectTimeout: '1s',
  SyncOnStart: false,
  SpeedUpViewChange: true,
} as const;
