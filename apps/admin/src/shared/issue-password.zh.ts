export const zh = {
  issue: '重置密码',
  ask: '为 {{name}} 重置密码？',
  effect: '此人在所有设备上退出，用一次性密码登录后须改成自己的密码。审计里留下记录。',
  once: '一次性密码，只显示这一次：',
} as const;
