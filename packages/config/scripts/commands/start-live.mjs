import { serve } from '../steps/serve.mjs';

/** The product on `MONGODB_URI`, or on the embedded database under `.data/live`; no demonstration data. */
export const run = () => serve('live');
