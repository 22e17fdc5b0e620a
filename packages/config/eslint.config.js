import { packageConfig } from './eslint.config.base.js';

export default packageConfig({ root: import.meta.dirname, kind: 'node' });
