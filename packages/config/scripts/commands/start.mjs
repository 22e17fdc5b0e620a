import { serve } from '../steps/serve.mjs';

/** The product on the embedded database under `.data/demo`, filled with demonstration data. */
export const run = () => serve('demo');
