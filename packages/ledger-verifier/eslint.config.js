import { packageConfig } from '@cadre/config/eslint';

export default packageConfig({ root: import.meta.dirname, kind: 'node' });
