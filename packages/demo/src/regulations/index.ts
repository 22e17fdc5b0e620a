import { regulationSchema, type Regulation } from '@cadre/domain/credit';
import demo from '../../regulations/demo-2026.json';

/** The rules of the demonstration: national targets, presence, online bands (a proposal, not a published rule). */
export const demo2026: Regulation = regulationSchema.parse(demo);
