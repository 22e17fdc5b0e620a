export const zh = { title: '我的学分', empty: '上完第一次课，学分和依据会出现在这里' } as const;
