import { z } from 'zod';

/**
 * Post levels (职务层次) and grades (职级) in one ordered code table; a higher `order` is a higher rank.
 * The higher of a person's post and grade decides which rule group applies (`decisions.md`, ranks).
 */
export const rankCode = z.object({
  code: z.string(),
  kind: z.enum(['post-level', 'grade']),
  name: z.object({ zh: z.string(), en: z.string() }),
  order: z.number().int(),
});
export type RankCode = z.infer<typeof rankCode>;

const postLevel = (code: string, zh: string, en: string, order: number): RankCode => ({
  code,
  kind: 'post-level',
  name: { zh, en },
  order,
});
const grade = (code: string, zh: string, en: string, order: number): RankCode => ({
  code,
  kind: 'grade',
  name: { zh, en },
  order,
});

/** The table of the Civil Service Law's leading posts and the comprehensive-management grades (公务员职务与职级并行规定, 2019). */
export const RANK_CODES: readonly RankCode[] = [
  postLevel('bureau-head', '厅局级正职', 'Bureau level, head', 90),
  grade('inspector-1', '一级巡视员', 'Inspector, 1st class', 88),
  postLevel('bureau-deputy', '厅局级副职', 'Bureau level, deputy', 80),
  grade('inspector-2', '二级巡视员', 'Inspector, 2nd class', 78),
  postLevel('division-head', '县处级正职', 'County/division level, head', 70),
  grade('researcher-1', '一级调研员', 'Researcher, 1st class', 68),
  grade('researcher-2', '二级调研员', 'Researcher, 2nd class', 66),
  postLevel('division-deputy', '县处级副职', 'County/division level, deputy', 60),
  grade('researcher-3', '三级调研员', 'Researcher, 3rd class', 58),
  grade('researcher-4', '四级调研员', 'Researcher, 4th class', 56),
  postLevel('section-head', '乡科级正职', 'Township/section level, head', 50),
  grade('principal-1', '一级主任科员', 'Principal clerk, 1st class', 48),
  grade('principal-2', '二级主任科员', 'Principal clerk, 2nd class', 46),
  postLevel('section-deputy', '乡科级副职', 'Township/section level, deputy', 40),
  grade('principal-3', '三级主任科员', 'Principal clerk, 3rd class', 38),
  grade('principal-4', '四级主任科员', 'Principal clerk, 4th class', 36),
  grade('clerk-1', '一级科员', 'Clerk, 1st class', 20),
  grade('clerk-2', '二级科员', 'Clerk, 2nd class', 10),
];

export const findRank = (code: string): RankCode | undefined => RANK_CODES.find((rank) => rank.code === code);
