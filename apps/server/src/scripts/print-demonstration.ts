import { DEMO_PASSWORD, DEMO_ROLES } from '@cadre/demo/people';

/** Columns for Chinese text: a wide character takes two. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 255 ? 2 : 1), 0);
const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(1, width - widthOf(text)));

/** The demonstration's accounts, one per role, as lines for the terminal. */
export function demonstrationLines(): string[] {
  return [
    '',
    `演示账号 / demonstration accounts（密码 / password: ${DEMO_PASSWORD}）`,
    ...DEMO_ROLES.map(({ loginName, name, role, app }) => {
      const place = app === 'learner' ? '学员端 /' : '管理端 /admin/';
      return `  ${pad(loginName, 14)}${pad(name, 8)}${pad(`${role.zh} ${role.en}`, 48)}${place}`;
    }),
    '',
  ];
}
