export const zh = { title: '联盟网络', empty: '还没有基地' } as const;
