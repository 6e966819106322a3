import { closeSync, openSync, writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { writeJob } from './jobs.js';
import { JobSigner } from './job-signer.js';
import { filledTherapy, readings } from './messages.js';
import type { SigningOrder } from './sign.js';

/** Signs its share of a task into a file, one job a line. */
const order = workerData as SigningOrder;
const signer = new JobSigner(order.network, order.people);
const file = openSync(order.file, 'w');
for (let index = order.first; index < order.first + order.count; index += 1) {
  const said =
    order.what === 'therapies'
      ? filledTherapy(order.speakers, index + 1)
      : readings(order.speakers, order.therapies, index);
  writeSync(file, writeJob(await signer.sign(said)));
}
closeSync(file);
