import { packageTests } from '@cadre/config/vitest';

// Unpacking the browser on a machine that has never seen it takes a few seconds.
export default packageTests({ testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false });
