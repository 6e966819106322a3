import { type Part, playPart, type Told } from './part.js';

const part = JSON.parse(process.argv[2] ?? '') as Part;
await playPart(part, (told: Told) => process.send?.(told));
