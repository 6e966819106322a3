import { TokenBucket } from 'limiter';
import { LRUCache } from 'lru-cache';

/** How many keys are remembered; whoever was not seen for longest is forgotten, and starts anew with a full bucket. */
const REMEMBERED = 50_000;

/** How much a bucket holds, and how fast it fills again. */
export interface Allowance {
  readonly perMinute: number;
  /** how much may be taken at once */
  readonly burst: number;
}

/** What is left in a bucket. */
export interface Left {
  readonly allowed: boolean;
  /** the most that the bucket holds */
  readonly limit: number;
  readonly remaining: number;
  /** seconds until one may be taken again; 0 when there is one */
  readonly waitSeconds: number;
  /** seconds until the bucket is full again */
  readonly resetSeconds: number;
}

/** One token bucket for each key, in memory. */
export class TokenBuckets {
  readonly #allowance: Allowance;
  readonly #buckets = new LRUCache<string, TokenBucket>({ max: REMEMBERED });

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /** Takes one, where there is one. */
  take(key: string): Left {
    const bucket = this.#bucket(key);
    return this.#left(bucket, bucket.tryRemoveTokens(1));
  }

  /** Looks whether there is one to take. */
  look(key: string): Left {
    const bucket = this.#bucket(key);
    return this.#left(bucket, bucket.getWaitTime(1) === 0);
  }

  #bucket(key: string): TokenBucket {
    const known = this.#buckets.get(key);
    if (known) return known;
    const { perMinute, burst } = this.#allowance;
    const bucket = new TokenBucket({
      bucketSize: burst,
      tokensPerInterval: perMinute,
      interval: 'minute',
    });
    bucket.content = burst;
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #left(bucket: TokenBucket, allowed: boolean): Left {
    const { perMinute, burst: limit } = this.#allowance;
    return {
      allowed,
      limit,
      remaining: Math.max(0, Math.floor(bucket.content)),
      waitSeconds: Math.ceil(bucket.getWaitTime(1) / 1000),
      resetSeconds: Math.ceil(((limit - bucket.content) * 60) / perMinute),
    };
  }
}
