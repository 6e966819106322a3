import type { DeviceStore } from '@veinledger/client/device';

/** A device's storage that lasts as long as the program. */
export function memoryStore(): DeviceStore {
  let kept: string | undefined;
  return {
    read: () => Promise.resolve(kept),
    write: (box) => {
      kept = box;
      return Promise.resolve(true);
    },
    wipe: () => {
      kept = undefined;
      return Promise.resolve();
    },
  };
}
