import type { DeviceStore } from './device-store.js';

/** A device's storage that can be looked into. */
export function memoryStore(box?: string): DeviceStore & { box: string | undefined } {
  return {
    box,
    read() {
      return Promise.resolve(this.box);
    },
    write(text, seen) {
      const free = this.box === seen;
      if (free) this.box = text;
      return Promise.resolve(free);
    },
    wipe() {
      this.box = undefined;
      return Promise.resolve();
    },
  };
}
