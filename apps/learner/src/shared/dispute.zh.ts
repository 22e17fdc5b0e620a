export const zh = {
  title: '哪里不对？',
  text: '写一句话，班主任和基地会看到并核对。',
  label: '说明',
  placeholder: '例如：我 13:50 就到了，手机没电没扫上',
  submit: '提出',
  done: '已提出',
} as const;
