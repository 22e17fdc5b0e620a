export const zh = { title: '现场', empty: '现在没有进行中的课' } as const;
