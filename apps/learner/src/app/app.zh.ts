export const zh = {
  places: { label: '主要页面', home: '首页', courses: '课程', schedule: '日程', credits: '学分', me: '我的' },
  update: { ready: '有新版本', reload: '刷新' },
  clock: {
    title: '演示时钟',
    lead: '往前拨，所有人看到的时间一起走。不能往回。',
    halfHour: '往前 30 分钟',
    twoHours: '往前 2 小时',
    morning: '到下一个早上 8 点',
    pick: '到哪一天',
    time: '几点',
    go: '拨到这个时间',
    moved: '演示时钟已拨到 {{time}}',
  },
} as const;
