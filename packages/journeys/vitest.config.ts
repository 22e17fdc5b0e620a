import { packageTests } from '@cadre/config/vitest';

export default packageTests({ fileParallelism: false });
