import { packageTests } from './vitest.base.js';

export default packageTests({ testTimeout: 60_000, hookTimeout: 60_000 });
