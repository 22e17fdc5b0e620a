export const zh = {
  required: '请填写这一项',
  tooLong: '太长了，请缩短',
  tooSmall: '不能小于 {{minimum}}',
  tooBig: '不能大于 {{maximum}}',
  tooMany: '太多了，请删去一些',
  format: '格式不对',
  order: '结束要晚于开始',
  other: '请检查这一项',
  cancel: '取消',
  kept: '您填写的内容还在。',
} as const;
