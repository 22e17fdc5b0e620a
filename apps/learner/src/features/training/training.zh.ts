export const zh = {
  title: '日程',
  find: '找一个培训班',
  show: { label: '看哪一段', coming: '接下来', past: '以前' },
  empty: { coming: '报名后，您的课会出现在这里', past: '上过的课会出现在这里' },
  today: '今天',
  tomorrow: '明天',
  addToCalendar: '把「{{title}}」加到日历',
  state: {
    live: '进行中',
    waiting: '候补中',
    cancelled: '已取消',
    teaching: '您授课',
    held: '已结束',
    'not-held': '没有开课',
  },
  notHeld: '没有人开课：不计学时，也不算缺课',
  because: '取消原因：{{reason}}',
} as const;
