export const zh = { title: '报名与调训', empty: '还没有报名' } as const;
