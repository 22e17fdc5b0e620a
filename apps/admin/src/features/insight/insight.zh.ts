export const zh = {
  title: '统计',
  lead: '谁会完不成？截至 {{day}}。只给负责的人看，不公开排名。',
  table: '人员进度',
  person: '姓名',
  personNo: '编号',
  unit: '单位',
  flags: '提示',
  and: '；',
  anyUnit: '全部单位',
  unitFilter: '单位',
  none: '没有符合条件的人',
} as const;
