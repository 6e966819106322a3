/**
 * SmartBFT's options. Batches come from the RequestBatch lines, not from BatchTimeout. An interval under
 * 200 ms drops an ordering node of main of 2023-04-05 out of the view under load. SyncOnStart off: an
 * ordering node that starts would accept connections and stall everybody for 9 s.
 */
export const SMARTBFT_OPTIONS = {
  RequestBatchMaxCount: 100,
  RequestBatchMaxBytes: 10 * 1024 * 1024,
  RequestBatchMaxInterval: '200ms',
  IncomingMessageBufferSize: 200,
  RequestPoolSize: 400,
  RequestForwardTimeout: '300ms',
  RequestComplainTimeout: '1500ms',
  RequestAutoRemoveTimeout: '3m',
  ViewChangeResendInterval: '1s',
  ViewChangeTimeout: '5s',
  LeaderHeartbeatTimeout: '5s',
  LeaderHeartbeatCount: 10,
  CollectTimeout: '1s',
  SyncOnStart: false,
  SpeedUpViewChange: true,
} as const;
