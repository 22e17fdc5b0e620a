export const zh = { title: '培训班与排课', empty: '还没有培训班' } as const;
