/** Where a device keeps the text of its one box of keys. */
export interface DeviceStore {
  read(): Promise<string | undefined>;
  /**
   * Writes the box where what is there is still what the writer saw, so that of two tabs one loses.
   * @param seen the box that it takes the place of; undefined where there was none
   * @returns whether it was written
   */
  write(box: string, seen: string | undefined): Promise<boolean>;
  /** Forgets the keys. */
  wipe(): Promise<void>;
}
