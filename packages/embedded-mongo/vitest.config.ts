import { packageTests } from '@cadre/config/vitest';

export default packageTests({ testTimeout: 30_000, hookTimeout: 60_000 });
